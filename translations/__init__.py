"""Message catalogues, one folder for each language."""
