"""Phonetic keys: what two spellings of one name have in common, in either script.

A skeleton keeps the consonants that romanisations agree on, as classes, and drops vowels, long or short, and the
breathings (h, ح, ه, ع) that are left out as often as they are written. Two words are worth comparing when their
skeletons are equal after at most one class is dropped from each.
"""

import re
from functools import lru_cache

from app.domain.recognition.words import Word, make_word

_LATIN_UNITS = re.compile(r"tch|sch|ch|sh|kh|gh|th|dh|dj|ph|gu(?=[ei])|c(?=[eiy])|(.)")
_LATIN_CLASSES = {
    "tch": "X", "sch": "X", "ch": "X", "sh": "X", "kh": "K", "gh": "K", "th": "T", "dh": "D", "dj": "J", "ph": "F",
    "gu": "K", "b": "B", "p": "B", "f": "F", "v": "F", "m": "M", "n": "N", "l": "L", "r": "R", "k": "K", "q": "K",
    "g": "K", "x": "K", "j": "J", "s": "S", "z": "S", "t": "T", "d": "D",
}  # fmt: skip
_ARABIC_CLASSES = {
    "ب": "B", "ف": "F", "م": "M", "ن": "N", "ل": "L", "ر": "R", "ك": "K", "ق": "K", "خ": "K", "غ": "K", "ج": "J",
    "ش": "X", "س": "S", "ص": "S", "ز": "S", "ت": "T", "ط": "T", "ث": "T", "د": "D", "ض": "D", "ذ": "D", "ظ": "D",
}  # fmt: skip
_FLAT_ARABIC = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "k", "د": "d", "ذ": "d", "ر": "r", "ز": "z",
    "س": "s", "ش": "x", "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "ع": "a", "غ": "g", "ف": "f", "ق": "k", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "u", "ي": "i",
}  # fmt: skip
_FLAT_LATIN_UNITS = re.compile(r"tch|sch|ch|sh|kh|gh|th|dh|dj|ph|ou|oo|ck|(.)\1*")
_FLAT_LATIN = {
    "tch": "x", "sch": "x", "ch": "x", "sh": "x", "kh": "k", "gh": "g", "th": "t", "dh": "d", "dj": "j", "ph": "f",
    "ou": "u", "oo": "u", "ck": "k", "o": "u", "w": "u", "y": "i", "e": "a", "q": "k", "c": "k", "v": "f", "p": "b",
}  # fmt: skip
# For each letter its kind, then what it is among its kind: letters of one kind differ in half of what they are.
_COARSE_ARABIC = {
    "ب": "bb", "ت": "tt", "ث": "tθ", "ج": "jj", "ح": "h", "خ": "qx", "د": "dd", "ذ": "dδ", "ر": "rr", "ز": "zz",
    "س": "ss", "ش": "cc", "ص": "ss", "ض": "dd", "ط": "tt", "ظ": "dδ", "ع": "", "غ": "qg", "ف": "ff", "ق": "kk",
    "ك": "kk", "ل": "ll", "ا": "a", "م": "mm", "ن": "nn", "ه": "h", "و": "u", "ي": "i",
}  # fmt: skip
_COARSE_LATIN_UNITS = re.compile(r"tch|sch|ch|sh|kh|gh|rh|th|dh|dj|ph|gu(?=[ei])|ou|oo|ck|c(?=[eiy])|(.)")
_COARSE_LATIN = {
    "tch": "cc", "sch": "cc", "ch": "cc", "sh": "cc", "kh": "qx", "gh": "qg", "rh": "qg", "th": "tθ", "dh": "dδ",
    "dj": "jj", "ph": "ff", "gu": "kg", "ou": "u", "oo": "u", "ck": "kk", "o": "u", "u": "u", "w": "u", "y": "i",
    "i": "i", "e": "", "a": "a", "q": "kk", "k": "kk", "c": "kk", "g": "kg", "v": "ff", "p": "bb", "x": "qx",
    "h": "h", "'": "", "j": "jj", "f": "ff",
}  # fmt: skip


_SECOND_READINGS = (
    (re.compile(r"d[iy](?=[aeou])"), "dj"),
    (re.compile(r"th?[iy](?=[aeou])"), "ch"),
    (re.compile(r"gu?(?=[eiy])"), "j"),
    (re.compile(r"v"), "w"),
    (re.compile(r"rh"), "gh"),
    (re.compile(r"sh(?=[aeiou])"), "s"),
    (re.compile(r"kh(?=[aeiou])"), "k'h"),
)


@lru_cache(maxsize=16384)
def find_skeleton(text: str, arabic: bool) -> str:
    """Return the consonant classes of folded letters."""
    if arabic:
        return "".join(_ARABIC_CLASSES.get(letter, "") for letter in re.sub(r"(.)\1+", r"\1", text))
    classes = []
    for match in _LATIN_UNITS.finditer(re.sub(r"(.)\1+", r"\1", text)):
        unit = match[0]
        classes.append(
            "S" if unit == "c" and match[1] is None else _LATIN_CLASSES.get(unit, "K" if unit == "c" else "")
        )
    return "".join(classes)


@lru_cache(maxsize=16384)
def flatten(text: str, arabic: bool) -> str:
    """Romanise coarsely, without the vowels that Arabic leaves out, so that words of both scripts compare."""
    if arabic:
        flat = "".join(_FLAT_ARABIC.get(letter, letter) for letter in text)
    else:
        flat = "".join(_FLAT_LATIN.get(match[0], match[0][0]) for match in _FLAT_LATIN_UNITS.finditer(text))
    return flat[:1] + flat[1:].replace("a", "")


def _spell(text: str, arabic: bool) -> str:
    text = re.sub(r"(.)\1+", r"\1", text)
    if arabic:
        return "".join(_COARSE_ARABIC.get(letter, letter) for letter in text)
    parts = []
    for match in _COARSE_LATIN_UNITS.finditer(text):
        unit = match[0]
        parts.append("ss" if unit == "c" and match[1] is None else _COARSE_LATIN.get(unit, unit * 2))
    return "".join(parts)


@lru_cache(maxsize=32768)
def spell_coarsely(text: str) -> tuple[str, ...]:
    """Spell a word of either script coarsely in one, in each of its readings, whole and without its particles.

    Such spellings compare at the speed of plain strings, to find the words that are worth more.
    """
    word = make_word(text)
    parts = {text, text[word.starts[-1][0] :]}
    return tuple({_spell(reading, word.arabic) for part in parts for reading in _readings(part, word.arabic)})


def _readings(text: str, arabic: bool) -> set[str]:
    """Return the letters, and what they may be read as: Dia and Dja, Thia and Tia and Cha, Gi and Ji, Rha and Gha."""
    readings = {text}
    if not arabic:
        readings.update(pattern.sub(reading, text) for pattern, reading in _SECOND_READINGS)
    return readings


def find_skeletons(text: str, arabic: bool) -> set[str]:
    """Return the skeletons of letters that may be read in several ways."""
    return {find_skeleton(reading, arabic) for reading in _readings(text, arabic)}


def _shorten(skeleton: str) -> set[str]:
    """Return the skeleton, and each form of it with one class dropped where enough is left to mean something."""
    keys = {skeleton}
    if len(skeleton) > 2:  # noqa: PLR2004
        keys.update(skeleton[:place] + skeleton[place + 1 :] for place in range(len(skeleton)))
    return keys


@lru_cache(maxsize=16384)
def find_sounds(word: Word) -> frozenset[str]:
    """Return the skeletons of a word, for each place where its comparison may start."""
    return frozenset().union(*(find_skeletons(word.text[position:], word.arabic) for position, _ in word.starts))


def find_keys(word: Word) -> set[str]:
    """Return the keys under which a word is filed: its skeletons, and those with one class dropped."""
    return set().union(*map(_shorten, find_sounds(word)))
