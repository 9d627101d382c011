"""*I dag* and the week: the caseload by what is due, and whom I meet."""
