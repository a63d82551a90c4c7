"""Pages as images for the window."""

from collections.abc import Callable

import pytest

from app.documents.preview import UnreadablePaperError, count_pages, rasterise
from app.documents.receipt import Receipt, render_receipt


def test_a_page_has_the_size_of_the_paper(make_receipt: Callable[..., Receipt]) -> None:
    pdf = render_receipt(make_receipt("fr"), "fr")
    image = rasterise(pdf, dpi=100)
    assert (image.width, image.height) == (827, 585)
    assert len(image.data) == image.stride * image.height
    assert count_pages(pdf) == 1


def test_colours_come_as_red_green_blue_on_white(make_receipt: Callable[..., Receipt]) -> None:
    image = rasterise(render_receipt(make_receipt("fr"), "fr"), dpi=144)
    assert image.data[:3] == b"\xff\xff\xff"
    pixels = {image.data[i : i + 3] for i in range(0, image.stride * 240, 3)}
    assert bytes.fromhex("0b6b63") in pixels


def test_an_absurd_resolution_is_lowered(make_receipt: Callable[..., Receipt]) -> None:
    image = rasterise(render_receipt(make_receipt("fr"), "fr"), dpi=100_000)
    assert 4_990 < image.width <= 5_001


@pytest.mark.parametrize("content", [b"", b"no paper", b"%PDF-1.7\n" * 3])
def test_what_is_no_paper_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadablePaperError):
        rasterise(content)
    with pytest.raises(UnreadablePaperError):
        count_pages(content)


@pytest.mark.parametrize("page", [-1, 1])
def test_a_page_that_is_not_there_is_refused(page: int, make_receipt: Callable[..., Receipt]) -> None:
    with pytest.raises(UnreadablePaperError):
        rasterise(render_receipt(make_receipt("fr"), "fr"), page)
