"""Exchange with other hubs by bundle files."""
