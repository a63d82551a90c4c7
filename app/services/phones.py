"""Phone numbers as people say them, kept in E.164 (ITU-T) where they can be understood."""

import unicodedata
from typing import Final

import phonenumbers

from app.domain.people import clean_name

HOME_REGION: Final = "MA"
_LONGEST: Final = 40


def normalise_phone(text: str, nationality: str = "") -> str:
    """E.164 of a number in any national or international form, or the text itself, tidied, when it is none.

    A number that begins with 0 is read as a Moroccan one, then as one of the person's own country; any other the other
    way round, for in Morocco nobody leaves out the 0, and where it does not exist nobody writes it.
    """
    plain = clean_name(text)[:_LONGEST].rstrip()
    regions = (HOME_REGION, nationality.upper() or HOME_REGION)
    begins = next((char for char in plain if char.isdecimal()), "")
    if not begins or unicodedata.decimal(begins) != 0:
        regions = regions[::-1]
    for region in dict.fromkeys(regions):
        try:
            number = phonenumbers.parse(plain, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return plain


def normalise_phones(texts: tuple[str, ...], nationality: str = "") -> tuple[str, ...]:
    """Each number once, in the order given; empty ones are dropped."""
    found = (normalise_phone(text, nationality) for text in texts if text.strip())
    return tuple(dict.fromkeys(phone for phone in found if phone))


def show_phone(phone: str) -> str:
    """A kept number as it is written in Morocco: national form at home, international elsewhere."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    home = number.country_code == phonenumbers.country_code_for_region(HOME_REGION)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, form))
