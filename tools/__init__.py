"""What makes, measures and checks Wasl; no part of the program."""
