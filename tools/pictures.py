"""Pictures of the desk for the README: `python -m tools.pictures demo-out` after `make run` without a screen."""

import sys
from pathlib import Path
from typing import Final

from PIL import Image

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURES: Final = {"desk-fr": "desk-fr-light", "desk-en": "desk-en-light", "desk-ar": "desk-ar-dark"}
COLOURS: Final = 256
"""What a PNG with a palette can hold: flat colours and the edges of letters need no more."""


def main(source: Path) -> int:
    """Put the pictures, with few colours so that they are small, where the README looks for them."""
    target = ROOT / "docs" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    for name, taken in PICTURES.items():
        with Image.open(source / f"{taken}.png") as picture:
            small = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            small.save(target / f"{name}.png", optimize=True)
        print(f"{name}.png {(target / f'{name}.png').stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
