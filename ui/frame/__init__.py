"""The window around the pages: rail, top bar, foot, covers, lock."""
