"""Contrast as WCAG 2.2 measures it: 4.5:1 for text, 3:1 for controls and focus."""

import re
from pathlib import Path

import pytest

from ui.theme.tokens import DARK, LIGHT, Colours

_GROUNDS = ("paper", "surface", "sunken")
_INKS = ("ink", "quiet_ink", "primary", "attention", "danger", "good", "information")


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
class TestContrast:
    """Every pair that the style puts together."""

    def test_text_on_every_ground(self, look: Colours) -> None:
        for ground in _GROUNDS:
            for ink in _INKS:
                measured = contrast(getattr(look, ink), getattr(look, ground))
                assert measured >= 4.5, f"{ink} on {ground}: {measured:.2f}"

    def test_text_on_marked_and_chosen(self, look: Colours) -> None:
        for ground in ("selection", "mark"):
            assert contrast(look.ink, getattr(look, ground)) >= 4.5, ground
        assert contrast(look.quiet_ink, look.selection) >= 4.5
        assert contrast(look.primary, look.selection) >= 4.5

    def test_notices(self, look: Colours) -> None:
        for tone in ("attention", "danger", "good", "information"):
            ground = getattr(look, f"{tone}_ground")
            assert contrast(getattr(look, tone), ground) >= 4.5, tone
            assert contrast(look.ink, ground) >= 4.5, tone
            assert contrast(look.primary, ground) >= 4.5, f"undo on {tone}"

    def test_filled_buttons_and_signs(self, look: Colours) -> None:
        assert contrast(look.on_primary, look.primary) >= 4.5
        assert contrast(look.on_primary, look.primary_hover) >= 4.5
        for sign in look.counters:
            assert contrast(look.on_counter, sign) >= 4.5, sign

    def test_edges_of_controls_and_focus(self, look: Colours) -> None:
        for ground in _GROUNDS:
            assert contrast(look.control, getattr(look, ground)) >= 3, ground
            assert contrast(look.primary, getattr(look, ground)) >= 3, ground
        # the second ring inside a filled button
        assert contrast(look.on_primary, look.primary) >= 3


def test_no_other_file_names_a_colour() -> None:
    root = Path(__file__).parents[2]
    files = [*root.glob("ui/**/*.py"), *root.glob("resources/styles/*")]
    assert len(files) > 20
    named = re.compile(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|rgba?\(|QColor\(\"|GlobalColor\.(?!transparent)")
    found = {
        str(path.relative_to(root)): named.findall(path.read_text(encoding="utf-8"))
        for path in files
        if path.name != "tokens.py"
    }
    assert {name: colours for name, colours in found.items() if colours} == {}
