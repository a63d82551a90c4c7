"""Papers on screen and to the printer, drawn from their PDF."""
