"""Exchange between hubs without a network: trust, bundle files, and the pure part of merging."""
