"""How Wasl looks: tokens, the style built from them, icons and type."""
