"""How Wasl looks: tokens, the style built from them, icons and type."""

from pathlib import Path
from typing import Final

RESOURCES: Final = Path(__file__).parents[2] / "resources"
"""Fonts, icons and the style sheet: files, also where the program is built into a folder."""
