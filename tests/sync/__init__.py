"""Exchange between hubs: trust, bundle files, packing, merging."""
