"""The command `begin`: writes a site for an organisation, with the texts that hold in every country."""
