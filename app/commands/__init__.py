"""The commands of `waslctl`, one module for each group; none does anything that the services do not."""
