"""*Rapporter*: choose, look, save, print; a caseload to a folder."""
