"""Pictures of every page: `python -m progression.ui.shots`."""
