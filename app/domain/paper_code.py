"""The code on a paper: what is claimed, and a signature over it, as text that a QR code, a scanner or a mail carries.

`WASL1:` and then base32 (RFC 4648, no padding): 5 bits a character where QR's alphanumeric mode takes 5½. Base45
(RFC 9285) would save 7 % of the length, but has a space, which wrapping and trimming destroy, and signs that other
keyboards have elsewhere; letters and six digits come through all of that. What is claimed is laid out byte by byte:
key id (4), day (2, counted from 2000-01-01), number without dashes and check character, name, name in Arabic; the
last three in UTF-8, each after its length in a byte. 64 bytes of signature follow.
"""

import re
import unicodedata
from base64 import b32decode, b32encode
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain.keyboards import readings
from app.domain.numbers import PaperNumber

PREFIX: Final = "WASL1:"
CONTEXT: Final = b"wasl paper 1\n"
"""Stands before what is signed, so that no signature made for anything else fits."""
SIGNATURE: Final = 64
KEY_ID: Final = 4
NAME_BYTES: Final = 56
"""Of a name in the code, in UTF-8; a longer one is cut, so that the code stays under 330 characters and its dots over
half a millimetre, which a cheap scanner reads."""

_FIRST_DAY: Final = date(2000, 1, 1)
_LAST_DAY: Final = 0xFFFF
_START = re.compile(r"W\s*A\s*S\s*L\s*1\s*:", re.I)
_CHARACTER = re.compile(r"[A-Z2-7]", re.I)
# a code may be wrapped, indented, and quoted in an answer to a mail
_BETWEEN = re.compile(r"[\s>]")
_BITS: Final = 5
_NUMBER = re.compile(r"([A-Z]{3})([A-Z]{2})(\d{4})([A-Z])(\d{5,7})")


class NoCodeError(ValueError):
    """The text holds no code of a paper."""


class DamagedCodeError(ValueError):
    """The text holds what looks like a code and can't be one: characters are missing, too many or wrong."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a paper's code claims. `key_id` says with which key it is signed; `name_ar` is empty where none stands."""

    number: PaperNumber
    name: str
    name_ar: str
    issued_on: date
    key_id: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """A claim as it was read, the bytes that its signature must be for, and the signature. Nothing is checked yet."""

    claim: Claim
    message: bytes
    signature: bytes


def code_name(name: str) -> str:
    """A name as the code carries it: NFC, without marks of direction, cut where it is very long."""
    plain = " ".join(
        "".join(char for char in unicodedata.normalize("NFC", name) if unicodedata.category(char) != "Cf").split()
    )
    if len(plain.encode()) <= NAME_BYTES:
        return plain
    kept = plain.encode()[: NAME_BYTES - len("…".encode())].decode("utf-8", "ignore")
    return f"{kept.rstrip()}…"


def message_of(claim: Claim) -> bytes:
    """What is to be signed for a claim. Raises ValueError for one that no code can carry."""
    day = (claim.issued_on - _FIRST_DAY).days
    if not 0 <= day <= _LAST_DAY or len(claim.key_id) != KEY_ID:
        raise ValueError("no code can carry this day, or such a key")
    number = claim.number
    parts = (f"{number.hub}{number.kind}{number.year:04d}{number.desk}{number.sequence:05d}", claim.name, claim.name_ar)
    for part in parts[1:]:
        if part != code_name(part):
            raise ValueError("this name is not as a code carries it")
    return CONTEXT + claim.key_id + day.to_bytes(2) + b"".join(_part(part) for part in parts)


def write_code(message: bytes, signature: bytes) -> str:
    """The text of a code: what was signed, and its signature."""
    if not message.startswith(CONTEXT) or len(signature) != SIGNATURE:
        raise ValueError("not what a paper's code is made of")
    return PREFIX + b32encode(message[len(CONTEXT) :] + signature).decode().rstrip("=")


def read_code(text: str) -> Signed:
    """The first code in a text that was scanned, typed by a scanner on any keyboard, or pasted with words around it.

    Raises NoCodeError, or DamagedCodeError where a code begins and is none.
    """
    for reading in readings(text):
        starts = [start.end() for start in _START.finditer(reading)]
        for start in starts:
            try:
                return _read(_decode(reading, start))
            except DamagedCodeError:
                continue
        # every other keyboard would have changed the beginning too
        if starts:
            raise DamagedCodeError
    raise NoCodeError


def _decode(text: str, start: int) -> bytes:
    """The bytes of the code that begins at `start`; it says itself how long it is, words may follow after a space."""
    characters: list[str] = []
    raw, needed, place = b"", 1, start
    while len(raw) < needed:
        while place < len(text) and _BETWEEN.match(text[place]):
            place += 1
        if place >= len(text) or not _CHARACTER.match(text[place]):
            raise DamagedCodeError
        characters.append(text[place].upper())
        place += 1
        if len(characters) * _BITS // 8 > len(raw):
            raw = _whole_bytes("".join(characters))
            needed = _length(raw)
    if place < len(text) and text[place].isalnum():
        raise DamagedCodeError
    written = b32encode(raw).decode().rstrip("=")
    if written != "".join(characters):
        raise DamagedCodeError
    return raw


def _whole_bytes(characters: str) -> bytes:
    filled = characters + "A" * (-len(characters) % 8)
    return b32decode(filled)[: len(characters) * _BITS // 8]


def _length(raw: bytes) -> int:
    """How many bytes the code has; one more than there are, as long as they do not tell."""
    place = KEY_ID + 2
    for _part in range(3):
        if place >= len(raw):
            return len(raw) + 1
        place += 1 + raw[place]
    return place + SIGNATURE


def _read(raw: bytes) -> Signed:
    body, signature = raw[:-SIGNATURE], raw[-SIGNATURE:]
    day = _FIRST_DAY + timedelta(days=int.from_bytes(body[KEY_ID : KEY_ID + 2]))
    place, parts = KEY_ID + 2, []
    try:
        for _part in range(3):
            end = place + 1 + body[place]
            parts.append(body[place + 1 : end].decode())
            place = end
        number = _NUMBER.fullmatch(parts[0])
        if number is None:
            raise DamagedCodeError
        paper = PaperNumber(number[1], number[2], int(number[3]), number[4], int(number[5]))
        claim = Claim(paper, parts[1], parts[2], day, body[:KEY_ID])
        message = message_of(claim)
    except ValueError as error:
        raise DamagedCodeError from error
    # there is one way only to write a claim
    if message != CONTEXT + body:
        raise DamagedCodeError
    return Signed(claim, message, signature)


def _part(text: str) -> bytes:
    encoded = text.encode()
    return bytes([len(encoded)]) + encoded
