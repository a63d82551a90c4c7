"""Attached files: pictures are scaled and lose what a camera knows, PDFs pass, nothing else does."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.exchange.picture import JPEG, LONGEST_SIDE, PDF, UnknownFileError, prepare


def photo(width: int, height: int, form: str = "JPEG", mode: str = "RGB", **how: object) -> bytes:
    written = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(mode).save(written, form, **how)
    return written.getvalue()


def read(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("size", "expected"), [((4000, 3000), (2000, 1500)), ((600, 800), (600, 800)), ((10, 9000), (2, 2000))]
)
def test_a_photo_is_scaled_and_never_made_larger(size: tuple[int, int], expected: tuple[int, int]) -> None:
    content, kind = prepare(photo(*size))
    assert (read(content).size, kind, read(content).format) == (expected, JPEG, "JPEG")


@pytest.mark.parametrize(
    ("form", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("WEBP", "RGB"), ("TIFF", "CMYK"), ("GIF", "P"), ("BMP", "1")],
)
def test_every_usual_form_becomes_one(form: str, mode: str) -> None:
    content, kind = prepare(photo(300, 200, form, mode))
    assert (read(content).size, read(content).mode, kind) == ((300, 200), "RGB", JPEG)


def test_where_and_when_it_was_taken_is_left_out() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    exif[0x0112] = 6  # held upright: a quarter turn
    exif.get_ifd(0x8825)[1] = "N"
    before = photo(300, 200, exif=exif, comment=b"at home")
    assert b"Secret camera" in before
    content, _kind = prepare(before)
    after = read(content)
    assert after.size == (200, 300)
    assert not after.getexif()
    assert b"Secret camera" not in content
    assert b"at home" not in content
    assert not {"exif", "comment", "icc_profile", "xmp"} & after.info.keys()


def test_what_is_transparent_is_paper() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(written, "PNG")
    pixel = read(prepare(written.getvalue())[0]).getpixel((10, 10))
    assert pixel == (255, 255, 255)


def test_a_pdf_is_kept_as_it_is() -> None:
    assert prepare(b"%PDF-1.7 whatever") == (b"%PDF-1.7 whatever", PDF)


def test_a_picture_that_unpacks_to_far_too_much_is_refused() -> None:
    written = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(written, "PNG")
    assert len(written.getvalue()) < 200_000
    with pytest.raises(UnknownFileError):
        prepare(written.getvalue())


@given(st.binary(max_size=300))
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(UnknownFileError):
        prepare(b"x" + content)


@given(st.integers(1, 5000))
def test_a_photo_that_was_cut_off_is_refused(length: int) -> None:
    whole = photo(400, 400)
    with pytest.raises(UnknownFileError):
        prepare(whole[: min(length, len(whole) - 20)])


def test_the_longest_side_is_what_is_promised() -> None:
    assert LONGEST_SIDE == 2000
