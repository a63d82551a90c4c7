"""Settings: of this computer, of one's own account, and, for a manager, of the hub."""
