"""The window of Wasl (PySide6)."""
