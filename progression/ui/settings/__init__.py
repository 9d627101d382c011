"""*Indstillinger*: a section a module."""
