"""What a site sets below `plugins › safepage` in mkdocs.yml (mistakes: site/settings.py)."""

from __future__ import annotations

from mkdocs.config import config_options
from mkdocs.config.base import Config


class SafePageConfig(Config):  # type: ignore[no-untyped-call]
    """`exit`: where the exit leads, by language; `pictograms`: the icon of a sign, by the sign's id."""

    exit = config_options.DictOfItems(config_options.Type(str), default={})
    pictograms = config_options.DictOfItems(config_options.Type(str), default={})
