"""What stands on a certificate, as plain values: all that its renderer needs and all that is frozen at issue.

Nothing here is looked up again when a paper is drawn: words are in their language, dates are worded, logos are bytes.
The same sheet always gives the same bytes.
"""

from dataclasses import dataclass
from enum import StrEnum


class CertificateKind(StrEnum):
    """The certificates that hubs hand out, by the letters in their numbers."""

    PARTICIPATION = "AP"
    """Attestation de participation · شهادة مشاركة"""
    ACCOMPANIMENT = "AA"
    """Attestation d'accompagnement · شهادة مواكبة"""
    TRAINING = "FO"
    """Certificat de formation · شهادة تكوين; CF are the funding agreements"""


@dataclass(frozen=True, slots=True)
class Logo:
    """A partner's logo: the bytes of a PNG or JPEG file, and whose it is."""

    image: bytes
    name: str = ""


@dataclass(frozen=True, slots=True)
class SheetText:
    """All words of a certificate in one language.

    `lead` stands before the holder's name and `body` after it, a paragraph each; names, titles and numbers put into
    them are isolated (U+2068 … U+2069). `issued` is the line of place and date. `note` is small, under the body: on
    certificates of training it says that this is no diploma of the State. `check` tells how the paper is verified.
    """

    language: str
    issuer: str
    title: str
    lead: str
    body: tuple[str, ...]
    issued: str
    signatory: str
    function: str
    issuer_line: str = ""
    note: str = ""
    number_label: str = ""
    signature_label: str = ""
    stamp_label: str = ""
    check: str = ""
    funded: str = ""
    """"Financé par l'Union européenne": beside the emblem, which is drawn where any language has these words."""


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    """One certificate: a sheet in one language, or bilingual with its French text left and its Arabic text right.

    `texts` holds one SheetText, or two of which one is Arabic. A holder without a confirmed Arabic name has None
    there: the Latin name then stands in both halves. `qr` is the signed code as text; none is drawn without one.
    `duplicate` is the mark of a reprint, such as DUPLICATA.
    """

    number: str
    texts: tuple[SheetText, ...]
    holder_name: str | None
    holder_name_ar: str | None = None
    qr: str = ""
    logos: tuple[Logo, ...] = ()
    duplicate: str = ""

    def __post_init__(self) -> None:
        languages = [text.language for text in self.texts]
        if len(languages) not in {1, 2} or (len(languages) == 2 and languages.count("ar") != 1):  # noqa: PLR2004
            raise ValueError("a certificate has one language, or Arabic and another one")
        if not (self.holder_name or self.holder_name_ar):
            raise ValueError("a certificate is somebody's")

    @property
    def language(self) -> str:
        """The language of the paper as a whole; of a bilingual one, its first text's."""
        return self.texts[0].language

    @property
    def title(self) -> str:
        """What the PDF is called in a list of files."""
        return f"{self.texts[0].title} {self.number}"
