"""Phone, person and card numbers in the forms in which they are typed, scanned or remembered."""

import re
import unicodedata

# What a scanner that believes in a US keyboard types on a French one.
_AZERTY_DIGITS = str.maketrans("&é\"'(-è_çà)°", "1234567890--")
_AZERTY_LETTERS = str.maketrans("aqzwAQZW", "qawzQAWZ")
_SHAPE = re.compile(r"([a-z]*)0*(\d+)")
MAX_CHARACTERS = 40


def read_digits(text: str) -> str:
    """Return the digits of a text as 0-9, whatever script they are in."""
    if text.isascii():
        return "".join(filter(str.isdecimal, text))
    return "".join(str(unicodedata.decimal(character)) for character in text if character.isdecimal())


def phone_forms(phone: str) -> str:
    """Return the digits by which a phone is found: international as stored, and national for Morocco, each ended."""
    digits = read_digits(phone).removeprefix("00")
    forms = [digits]
    if digits.startswith("212"):
        forms.append("0" + digits[3:])
    return " ".join(form + "$" for form in forms if form)


def _plain(text: str) -> str:
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = (
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in folded
        if character.isalnum()
    )
    return "".join(letters)


def code_forms(number: str) -> set[str]:
    """Return the forms under which a person or card number is filed: whole, without zeros, digits alone."""
    plain = _plain(number)
    forms = {plain}
    shape = _SHAPE.fullmatch(plain)
    if shape:
        forms |= {shape[1] + shape[2], shape[2]}
    return forms - {""}


def typed_codes(query: str) -> list[str]:
    """Return the codes that a query may stand for, none if it holds no digit."""
    if len(query) > MAX_CHARACTERS:
        return []
    candidates = [query]
    if not any(character.isdecimal() for character in query):
        # The dash between the parts of a number is also where French keyboards have 6.
        lowered = query.casefold()
        unshifted = [text.translate(_AZERTY_DIGITS) for text in (lowered.replace("-", ""), lowered)]
        candidates = [*unshifted, *(text.translate(_AZERTY_LETTERS) for text in unshifted)]
    codes: dict[str, None] = {}
    for candidate in candidates:
        plain = _plain(candidate)
        shape = re.fullmatch(r"([a-z]*)0*(\d+)", plain)
        if shape:
            codes.update({plain: None, shape[1] + shape[2]: None})
    return list(codes)
