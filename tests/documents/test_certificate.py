"""Certificates: sound files, the same bytes each time, text in its order, codes that scanners read, room for names."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.documents import certificate
from app.documents.certificate import render, render_batch, render_together
from app.documents.pdf.images import UnreadableImageError
from app.documents.preview import count_pages, rasterise
from app.domain.sheets import CertificateSheet, Logo
from tests.documents.conftest import MARKS_OF_DIRECTION
from tests.documents.samples import AR, BILINGUAL, CERTIFICATES, EN, FR, LARGEST_CODE, LONG_ARABIC, LONG_LATIN

NAMES_TOP, NAMES_BOTTOM = 183, 245
"""Where names stand, in points from the top of the sheet."""


def image_of(pdf: bytes, dpi: float = 72) -> Image.Image:
    raster = rasterise(pdf, dpi=dpi)
    return Image.frombuffer("RGB", (raster.width, raster.height), raster.data, "raw", "RGB", raster.stride, 1)


def plain(text: str) -> str:
    """Letters, digits and brackets: poppler puts a comma that touches a number, and a full stop, on its other side."""
    return "".join(text.translate(MARKS_OF_DIRECTION).translate(dict.fromkeys(map(ord, ".،,"))).split())


@pytest.mark.parametrize("name", CERTIFICATES)
def test_the_file_is_sound_small_and_brings_its_fonts(name: str, run_tool: Callable[..., str]) -> None:
    sheet = CERTIFICATES[name]
    pdf = render(sheet)
    assert len(pdf) < 100_000
    assert count_pages(pdf) == 1
    run_tool("qpdf", "--check", content=pdf)
    fonts = run_tool("pdffonts", content=pdf).splitlines()[2:]
    assert fonts
    assert all(re.search(r"CID TrueType +Identity-H +yes yes yes", line) for line in fonts)
    facts = dict(line.split(":", 1) for line in run_tool("pdfinfo", content=pdf).splitlines())
    assert facts["Title"].strip() == f"{sheet.texts[0].title} {sheet.number}"
    assert facts["Author"].strip() == sheet.texts[0].issuer
    assert "(A4)" in facts["Page size"]
    assert f"/Lang ({sheet.language})".encode() in pdf
    assert sheet.texts[0].title in run_tool("pdfinfo", "-meta", content=pdf)


@pytest.mark.parametrize(("text", "left"), [(FR, 0), (AR, 488)])
def test_each_half_is_copied_out_as_it_went_in(text: object, left: int, run_tool: Callable[..., str]) -> None:
    box = ("-x", str(left), "-y", "100", "-W", "354", "-H", "300")
    read = plain(run_tool("pdftotext", "-layout", *box, content=render(BILINGUAL), last=("-",)))
    expected = FR if text is FR else AR
    holder = BILINGUAL.holder_name if text is FR else BILINGUAL.holder_name_ar
    for part in (expected.title, expected.lead, holder, *expected.body):
        assert plain(part or "") in read


def test_text_is_read_in_order_where_the_whole_page_is_copied(run_tool: Callable[..., str]) -> None:
    read = plain(run_tool("pdftotext", content=render(BILINGUAL), last=("-",)))
    for part in (BILINGUAL.number, FR.title, AR.title, "KONÉ Aïssata", "عيساتا كوني", FR.body[1], AR.body[1]):
        assert plain(part) in read


def test_the_same_sheet_has_the_same_bytes_alone_and_among_others() -> None:
    alone = render(BILINGUAL)
    others = list(render_batch([*CERTIFICATES.values(), BILINGUAL]))
    assert others[-1] == others[0] == alone
    certificate._ground.cache_clear()
    certificate._with_paragraphs.cache_clear()
    assert render(BILINGUAL) == alone


def test_a_batch_is_made_one_by_one() -> None:
    asked = []

    def sheets() -> object:
        for number in range(3):
            asked.append(number)
            yield replace(BILINGUAL, number=f"RBT-AP-2026-A0000{number}-K")

    batch = render_batch(sheets())  # type: ignore[arg-type]
    assert next(batch).startswith(b"%PDF-1.7")
    assert asked == [0]


@pytest.mark.parametrize("texts", [(FR, AR), (FR,), (EN,), (AR,)])
def test_names_of_300_characters_stay_in_their_place(texts: tuple[object, ...]) -> None:
    short = replace(BILINGUAL, texts=texts)  # type: ignore[arg-type]
    long = replace(short, holder_name=LONG_LATIN, holder_name_ar=LONG_ARABIC)
    for box in ((0, 0, 842, NAMES_TOP), (0, NAMES_BOTTOM, 842, 595)):
        one, other = (image_of(render(sheet)).crop(box) for sheet in (short, long))
        assert one.tobytes() == other.tobytes()


@given(st.text(min_size=1, max_size=80), st.text(max_size=80))
@settings(deadline=None, max_examples=25)
def test_any_name_makes_a_paper(name: str, name_ar: str) -> None:
    sheet = replace(BILINGUAL, holder_name=name, holder_name_ar=name_ar, logos=())
    assert render(sheet).endswith(b"%%EOF\n")


@pytest.mark.parametrize("code", [BILINGUAL.qr, LARGEST_CODE])
@pytest.mark.parametrize("name", ["bilingual", "ar"])
def test_a_page_scanned_crooked_in_grey_is_read_back(name: str, code: str, run_tool: Callable[..., str]) -> None:
    """150 dots to the inch, turned by 3°, grey, as an office scanner gives it; read by a decoder of others."""
    page = image_of(render(replace(CERTIFICATES[name], qr=code)), dpi=150).convert("L")
    scanned = page.rotate(3, Image.Resampling.BICUBIC, expand=True, fillcolor=235).point(
        [30 + i * 205 // 255 for i in range(256)]
    )
    stream = BytesIO()
    scanned.save(stream, "PNG")
    assert run_tool("zbarimg", "-q", "--raw", content=stream.getvalue(), suffix=".png").strip() == code


def test_a_duplicate_says_so_and_is_otherwise_the_same(run_tool: Callable[..., str]) -> None:
    marked = render(replace(BILINGUAL, duplicate="DUPLICATA"))
    assert "DUPLICATA" in plain(run_tool("pdftotext", content=marked, last=("-",)))
    one, other = (image_of(pdf).crop((0, 90, 842, 595)).tobytes() for pdf in (render(BILINGUAL), marked))
    assert one == other


def test_long_paragraphs_are_made_smaller_and_never_leave_their_room() -> None:
    long = replace(FR, body=("Une phrase assez longue qui se répète. " * 60,))
    image = image_of(render(replace(BILINGUAL, texts=(long, AR))))
    usual = image_of(render(BILINGUAL))
    below = (0, 398, 842, 595)
    assert image.crop(below).tobytes() == usual.crop(below).tobytes()


@pytest.mark.parametrize("image", [b"", b"no picture", b"\x89PNG\r\n\x1a\n broken", BILINGUAL.logos[0].image[:200]])
def test_a_logo_that_is_no_picture_is_refused(image: bytes) -> None:
    with pytest.raises(UnreadableImageError):
        render(replace(BILINGUAL, logos=(Logo(image),)))


def test_a_photograph_as_logo_keeps_the_paper_small() -> None:
    stream = BytesIO()
    Image.effect_noise((1600, 900), 90).convert("RGB").save(stream, "JPEG", quality=95)
    sheet = replace(BILINGUAL, logos=(Logo(stream.getvalue()),))
    assert len(render(sheet)) < 200_000 < len(stream.getvalue())


def test_two_languages_without_arabic_are_no_sheet() -> None:
    with pytest.raises(ValueError, match="one language"):
        CertificateSheet("RBT-AP-2026-A00123-K", (FR, EN), "KONÉ Aïssata")
    with pytest.raises(ValueError, match="somebody"):
        CertificateSheet("RBT-AP-2026-A00123-K", (FR,), None, "")


def test_a_class_is_printed_as_one_file_that_says_the_same(run_tool: Callable[..., str]) -> None:
    sheets = [replace(BILINGUAL, number=f"RBT-AP-2026-A{number:05d}-K") for number in range(30)]
    sheets[3] = replace(sheets[3], texts=(replace(FR, body=("a suivi 12 heures.",)), AR))
    together = render_together(sheets)
    run_tool("qpdf", "--check", content=together)
    assert count_pages(together) == 30
    assert len(together) < 3 * len(render(sheets[0]))
    for number in (0, 3, 29):
        raster, alone = rasterise(together, number), rasterise(render(sheets[number]))
        assert raster.data == alone.data
    with pytest.raises(ValueError, match="no certificate"):
        render_together([])
