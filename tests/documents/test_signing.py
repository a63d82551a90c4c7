"""Signatures in PDF files, as poppler sees them. Skipped where the `sign` extra is not installed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from app.documents.receipt import Receipt, render_receipt
from app.documents.signing import NotSignableError, Seal, can_sign, make_seal, sign_pdf

needs_library = pytest.mark.skipif(not can_sign(), reason="pyhanko is not installed")


@pytest.fixture(scope="module")
def seal() -> Seal:
    # pyhanko takes the machine's clock: the certificate has to be good today
    return make_seal("Hub Work4Life de Rabat", "Work4Life", made_at=datetime.now(UTC) - timedelta(days=1))


@needs_library
def test_poppler_says_that_a_signed_paper_is_valid(
    seal: Seal, make_receipt: Callable[..., Receipt], run_tool: Callable[..., str]
) -> None:
    pdf = render_receipt(make_receipt("fr"), "fr")
    signed = sign_pdf(pdf, seal, reason="Attestation", place="Rabat")
    assert signed.startswith(pdf)
    said = run_tool("pdfsig", content=signed)
    assert "Signature is Valid." in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    assert "CN=Hub Work4Life de Rabat" in said
    run_tool("qpdf", "--check", content=signed)


@needs_library
def test_poppler_sees_that_a_signed_paper_was_changed(
    seal: Seal, make_receipt: Callable[..., Receipt], run_tool: Callable[..., str]
) -> None:
    signed = sign_pdf(render_receipt(make_receipt("fr"), "fr"), seal)
    spot = signed.index(b"/MediaBox[0 0 5") + 14
    altered = signed[:spot] + b"6" + signed[spot + 1 :]
    said = run_tool("pdfsig", content=altered)
    assert "Signature is Valid." not in said
    assert "Digest Mismatch" in said


@needs_library
def test_what_is_no_pdf_is_not_signed(seal: Seal) -> None:
    with pytest.raises(NotSignableError):
        sign_pdf(b"no paper", seal)


def test_two_seals_are_never_alike() -> None:
    first, second = (make_seal("Hub", "Work4Life", made_at=datetime(2026, 11, 24, tzinfo=UTC)) for _ in range(2))
    assert first.private_key != second.private_key
    assert first.certificate != second.certificate
