"""Data that ships with Wasl: code lists, fonts, icons, templates."""
