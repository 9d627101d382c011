"""*Indsatser*: what runs, who waits, providers and offers."""
