"""Ventures: the board of the path, a venture, calls and selection."""
