"""A signature inside a PDF (PAdES, ETSI EN 319 142-1), so that readers of PDF say that nothing was changed.

It is besides the code on the paper, which needs no library and works on paper too. The certificate is the hub's own,
signed by itself: a reader says that the signature is valid and that it does not know the signer, as long as nobody
has told it to trust the hub. The key is ECDSA on P-256; the hub's Ed25519 key would do, but few readers know it yet.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Final

from app.errors import EnvironmentProblem
from app.i18n import _

_YEARS: Final = 10
_FIELD: Final = "Wasl"
_ROOM: Final = 4096
"""Bytes kept for the signature: a self-signed P-256 one takes a third."""


class SigningUnavailableError(EnvironmentProblem):
    """The library that signs PDFs is not installed."""


class NotSignableError(ValueError):
    """The bytes are no PDF that can be signed."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a hub signs its PDFs with: a certificate (X.509, DER) and its secret key (PKCS #8, DER)."""

    certificate: bytes
    private_key: bytes


def make_seal(hub: str, organisation: str, *, made_at: datetime) -> Seal:
    """A new key and its self-signed certificate, good for ten years from `made_at` (an hour with a time zone)."""
    from cryptography import x509  # noqa: PLC0415 - most starts never sign
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    # X.520 bounds both names to 64 characters
    name = x509.Name(
        (
            x509.NameAttribute(x509.NameOID.COMMON_NAME, hub[:64] or "Wasl"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, organisation[:64] or "Wasl"),
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "MA"),
        )
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(made_at - timedelta(minutes=5))
        .not_valid_after(made_at + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(x509), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Seal(
        certificate.public_bytes(serialization.Encoding.DER),
        key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )


def can_sign() -> bool:
    """Whether the library that signs is installed."""
    from importlib.util import find_spec  # noqa: PLC0415 - seldom asked

    return find_spec("pyhanko") is not None


def sign_pdf(pdf: bytes, seal: Seal, *, reason: str = "", place: str = "") -> bytes:
    """The PDF with an invisible signature appended; what was there stays byte for byte.

    Raises SigningUnavailableError without the `sign` extra, NotSignableError for what is no PDF.
    """
    if not can_sign():
        raise SigningUnavailableError(
            _("This installation cannot sign PDF files: the signing library is missing. The paper itself is unchanged.")
        )
    from asn1crypto import keys, x509  # noqa: PLC0415 - takes half a second
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.sign import fields, signers  # noqa: PLC0415
    from pyhanko_certvalidator import registry  # noqa: PLC0415

    no_others: Any = registry.SimpleCertificateStore
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(seal.certificate),
        signing_key=keys.PrivateKeyInfo.load(seal.private_key),
        cert_registry=no_others(),
    )
    facts = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        reason=reason or None,
        location=place or None,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    try:
        stream = signers.PdfSigner(facts, signer).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=2 * _ROOM
        )
    except (PdfError, ValueError) as error:
        raise NotSignableError("no PDF that can be signed") from error
    return bytes(stream.getvalue())


def _usage(x509: Any) -> Any:  # noqa: ANN401 - the module, imported late
    """For signatures that nobody can deny (RFC 5280, 4.2.1.3), and nothing else."""
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
