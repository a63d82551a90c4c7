"""Our codes are those of the standard: module for module what another encoder makes, and read by a reader."""

import string
from collections.abc import Callable
from io import BytesIO

import pytest
import segno
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image

from app.documents.qr_code import TooLongError, _bits, encode

ALPHANUMERIC = string.digits + string.ascii_uppercase + " $%*+-./:"


def others(content: str) -> tuple[bytes, ...]:
    code = segno.make(content, error="m", micro=False, boost_error=False, mask=4, mode="alphanumeric")
    return tuple(bytes(row) for row in code.matrix)


@pytest.mark.parametrize("length", [1, 2, 20, 21, 90, 154, 225, 311, 452, 600, 991, 1500, 2100, 2700, 3391])
def test_codes_of_all_sizes_are_as_another_encoder_makes_them(length: int) -> None:
    content = "".join(ALPHANUMERIC[index * index * length % 45] for index in range(length))
    assert encode(content) == others(content)


@given(st.text(alphabet=ALPHANUMERIC, min_size=1, max_size=300))
@settings(deadline=None, max_examples=40)
def test_any_text_is_as_another_encoder_makes_it(content: str) -> None:
    # the other encoder puts a byte of zeros after a text that ends with its byte, which readers overlook
    assume((len(_bits(content, 1)) + 4) % 8)
    assert encode(content) == others(content)


@pytest.mark.parametrize("content", ["a", "wasl:// small letters, d’accents é", "A" * 21, "A" * 500, "شهادة"])
def test_a_reader_reads_them(content: str, run_tool: Callable[..., str]) -> None:
    rows = encode(content)
    image = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows)).point([255, *[0] * 255])
    framed = Image.new("L", (len(rows) + 8, len(rows) + 8), 255)
    framed.paste(image, (4, 4))
    stream = BytesIO()
    framed.resize((6 * framed.width, 6 * framed.height), Image.Resampling.NEAREST).save(stream, "PNG")
    read = run_tool("zbarimg", "-q", "--raw", "-Sbinary", content=stream.getvalue(), suffix=".png")
    assert read.rstrip("\n") == content


def test_a_text_that_no_code_holds_is_refused() -> None:
    with pytest.raises(TooLongError):
        encode("A" * 3392)
