"""*Borger*: one citizen's course, and what stands beside it."""
