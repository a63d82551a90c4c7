"""Phone numbers as people say them, kept in E.164 (ITU-T) where they can be understood."""

import phonenumbers

HOME_REGION = "MA"


def normalise_phone(text: str, nationality: str = "") -> str:
    """E.164 of a number in any national or international form, or the text itself, tidied, when it is none.

    A number without a country code is read as a Moroccan one, then as one of the person's own country.
    """
    plain = " ".join(text.split())[:40]
    for region in dict.fromkeys((HOME_REGION, nationality.upper() or HOME_REGION)):
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
