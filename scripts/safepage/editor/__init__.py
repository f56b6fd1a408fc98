"""An editor in the browser for a project on this computer: plain forms, and the smallest change."""
