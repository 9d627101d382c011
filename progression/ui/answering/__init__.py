"""*Borgerens side*: one question at a time, and the code that leads back."""
