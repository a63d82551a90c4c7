"""One comparable form for a name in its own script, with the way back to the characters it came from."""

import unicodedata
from functools import lru_cache

_SEPARATOR = " "
_MARKS_OF_ELISION = frozenset("'’‘ʼʻ`´′ʿʾ\u02b9\u02bd＇")
# Letters that clerks and keyboards exchange freely. Hamza is written or left out by taste, so it goes altogether.
_ONE_FORM = {
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ٲ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ئ": "ي",
    "ؤ": "و",
    "ة": "ه",
    "ۀ": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ە": "ه",
    "ء": "",
    "ـ": "",
    "ک": "ك",
    "گ": "ك",
    "ڭ": "ك",
    "ݣ": "ك",
    "ڨ": "ق",
    "پ": "ب",
    "ڤ": "ف",
    "ڥ": "ف",
    "ڢ": "ف",
    "چ": "ج",
    "ژ": "ج",
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ŋ": "ng",
    "ɲ": "ny",
    "ɓ": "b",
    "ɗ": "d",
    "ƴ": "y",
    "ƙ": "k",
    "ɛ": "e",
    "ɔ": "o",
    "ə": "e",
}


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """Return what one character contributes: letters, a separator, or nothing."""
    if character in _MARKS_OF_ELISION:
        return ""
    folded = []
    # NFKC first: presentation forms, full-width letters, and case folding may each yield several characters.
    for part in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character).casefold()):
        category = unicodedata.category(part)
        if category[0] == "M" or category in {"Cf", "Cs", "Co", "Cn"} or part == "\0":
            continue
        if part in _ONE_FORM:
            folded.append(_ONE_FORM[part])
        elif category == "Nd":
            folded.append(str(unicodedata.decimal(part)))
        elif category[0] in "LN":
            folded.append(part)
        else:
            folded.append(_SEPARATOR)
    return "".join(folded)


def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """Fold `text` and say for each character of the result which character of `text` it came from.

    Separators are single spaces, none at either end.
    """
    pieces = [_fold_character(character) for character in text]
    folded = "".join(pieces)
    if len(folded) == len(text) and "" not in pieces and "  " not in folded and folded == folded.strip(_SEPARATOR):
        # a letter for each character, as in most names: a quarter of the time
        return folded, list(range(len(folded)))
    letters: list[str] = []
    origins: list[int] = []
    for index, piece in enumerate(pieces):
        for letter in piece:
            if letter == _SEPARATOR and (not letters or letters[-1] == _SEPARATOR):
                continue
            letters.append(letter)
            origins.append(index)
    if letters and letters[-1] == _SEPARATOR:
        letters.pop()
        origins.pop()
    return "".join(letters), origins


def fold_name(text: str) -> str:
    """Give a name its canonical comparable form in its own script.

    Compatibility forms, case, diacritics, harakat, tatweel, direction marks, emoji and control characters are gone;
    the forms of alef, ya, ta marbuta and hamza are one; digits are 0-9; words are separated by one space.
    """
    return fold_with_origins(text)[0]


def is_arabic(text: str) -> bool:
    """Tell whether a folded word is written in Arabic script (by its first letter)."""
    return bool(text) and "\u0600" <= text[0] <= "\u08ff"
