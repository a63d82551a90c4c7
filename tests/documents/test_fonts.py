"""Every character that the project writes, and the letters of the region's names, have a glyph in both places."""

import json
import unicodedata
from collections.abc import Iterator
from importlib.resources import files

import pytest
import uharfbuzz
from babel.messages.pofile import read_po

from app.documents.fonts import CODE, FALLBACKS, SANS, SANS_BOLD, SERIF, SERIF_BOLD, font_chain, register_paper_fonts
from app.documents.text.characters import INVISIBLE, printable
from resources.fonts import PAPER_FONT_FILES, UI_FONT_FILES

ASCII = "".join(map(chr, range(0x21, 0x7F)))
LATIN = "".join(map(chr, range(0xC0, 0x180))) + "ɛɔŋɓɗƁƊƐƆŊƙƘɣƔɩƖʋƲƴƳǝƎẹọṣẸỌṢșțȘȚɲƝ" + "«»“”‘’–—…·•°€ªº"
ARABIC = "".join(map(chr, (*range(0x621, 0x63B), *range(0x640, 0x653)))) + "پچگڤڭڨژٱکیہے،؛؟٪٫٬٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
TIFINAGH = "".join(map(chr, range(0x2D30, 0x2D68)))
REPERTOIRE = ASCII + LATIN + ARABIC + TIFINAGH


def project_texts() -> Iterator[str]:
    for entry in (files("resources") / "codes").iterdir():
        if entry.name.endswith(".json"):
            yield json.dumps(json.loads(entry.read_text(encoding="utf-8")), ensure_ascii=False)
    for folder in files("translations").iterdir():
        catalogue = folder / "LC_MESSAGES" / "wasl.po"
        if catalogue.is_file():
            with catalogue.open("rb") as stream:
                for message in read_po(stream):
                    for string in message.string if isinstance(message.string, tuple | list) else (message.string,):
                        yield str(string)


def visible(text: str) -> set[str]:
    kept = {character for character in text if character not in INVISIBLE}
    return {character for character in kept if unicodedata.category(character)[0] not in "CZ"}


@pytest.mark.parametrize("font", [SERIF, SERIF_BOLD, SANS, SANS_BOLD, CODE])
def test_papers_have_every_letter(font: str) -> None:
    wanted = visible(REPERTOIRE + "".join(project_texts()))
    missing = {each for each in wanted if not any(candidate.has(each) for candidate in font_chain(font))}
    # arrows and signs of the window never stand on a paper; letters and punctuation do
    assert not {each for each in missing if unicodedata.category(each)[0] in "LMNP"}
    for character in wanted - missing:
        assert unicodedata.normalize("NFC", printable("a" + character, font)) == unicodedata.normalize(
            "NFC", "a" + character
        )


def test_the_window_has_every_letter() -> None:
    fonts = [
        uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob((files("resources.fonts") / name).read_bytes())))
        for name in UI_FONT_FILES
    ]
    missing = {
        each
        for each in visible(REPERTOIRE + "".join(project_texts()))
        if not any(font.get_nominal_glyph(ord(each)) for font in fonts)
    }
    assert not missing


def test_digits_of_every_font_have_one_width() -> None:
    """So that times and numbers stand below one another in tables."""
    register_paper_fonts()
    for name in FALLBACKS:
        font = font_chain(name)[0]
        assert len({font.advance_of(font.glyph(digit)) for digit in "0123456789"}) == 1


def test_each_font_ships_with_its_licence() -> None:
    folder = files("resources.fonts")
    shipped = {entry.name for entry in folder.iterdir() if entry.name.endswith(".ttf")}
    assert shipped == set(UI_FONT_FILES) | set(PAPER_FONT_FILES.values())
    licences = {
        prefix: (folder / f"OFL-{name}.txt").read_text(encoding="utf-8")
        for prefix, name in (("Amiri", "Amiri"), ("IBMPlex", "IBM-Plex"), ("Noto", "Noto"))
    }
    assert all(name.startswith(tuple(licences)) for name in shipped)
    assert all("SIL Open Font License, Version 1.1" in text for text in licences.values())


def test_icons_are_drawn_in_one_hand_and_ship_with_their_licence() -> None:
    folder = files("resources.icons")
    icons = [entry for entry in folder.iterdir() if entry.name.endswith(".svg") and entry.name != "wasl.svg"]
    assert len(icons) >= 35
    for icon in icons:
        drawing = icon.read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in drawing
        assert 'stroke="currentColor" stroke-width="1.75"' in drawing
    assert "ISC License" in (folder / "LICENSE-lucide.txt").read_text(encoding="utf-8")
