"""Other ways to find a name, to stand beside Wasl in one table: plain rapidfuzz, and published matchers if installed.

The published ones (the ``bench`` extra) know no Arabic: their queries are romanised first, letter by letter, or by the
one package that romanises Arabic names. The dictionary of that package is made from Wikidata, as the pairs are: it has
seen the names that are held out from everyone else here.
"""

import contextlib
import importlib
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from app.domain.recognition import fold_name

_NAIVE = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "ch", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "k", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "a", "و": "ou", "ي": "i",
}  # fmt: skip

Romanise = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Peer:
    """A named way to search: given a query, the best stored names."""

    name: str
    search: Callable[[str], list[str]]


def romanise_naively(text: str) -> str:
    """Fold a name and put one Latin letter group for each Arabic letter."""
    return "".join(_NAIVE.get(letter, letter) for letter in fold_name(text))


def _fuzzy(names: list[str], scorer: Callable[..., float], romanise: Romanise) -> Callable[[str], list[str]]:
    folded = [fold_name(name) for name in names]

    def search(query: str) -> list[str]:
        found = process.extract(romanise(query), folded, scorer=scorer, limit=5)
        return [names[index] for _, _, index in found]

    return search


def _sorted_words(text: str) -> str:
    return " ".join(sorted(text.split()))


def _string_distance(
    names: list[str], compare: Callable[[str, str], float], romanise: Romanise
) -> Callable[[str], list[str]]:
    ordered = [_sorted_words(fold_name(name)) for name in names]

    def search(query: str) -> list[str]:
        wanted = _sorted_words(romanise(query))
        scores = [compare(wanted, name) for name in ordered]
        return [names[index] for index in sorted(range(len(names)), key=scores.__getitem__, reverse=True)[:5]]

    return search


class _Codes:
    """Codes of words, each worked out once."""

    def __init__(self, encode: Callable[[str], Iterable[str]]) -> None:
        self._encode = encode
        self._known: dict[str, list[str]] = {}

    def of(self, word: str) -> list[str]:
        if word not in self._known:
            try:
                self._known[word] = [code for code in self._encode(word) if code]
            except (ValueError, IndexError, KeyError):  # some encoders refuse what is not English
                self._known[word] = [word]
        return self._known[word]


def _phonetic(
    names: list[str], encode: Callable[[str], Iterable[str]], romanise: Romanise
) -> Callable[[str], list[str]]:
    """Rank names by the rarity of the codes they share with the query, equals by how alike they are written."""
    codes = _Codes(encode)
    index: dict[str, set[int]] = defaultdict(set)
    folded = [fold_name(name) for name in names]
    for place, name in enumerate(folded):
        for word in name.split():
            for code in codes.of(word):
                index[code].add(place)

    def search(query: str) -> list[str]:
        wanted = romanise(query)
        scores: dict[int, float] = defaultdict(float)
        for word in wanted.split():
            for place, rarity in _rarities(codes.of(word), index, len(names)).items():
                scores[place] += rarity
        top = sorted(scores, key=scores.__getitem__, reverse=True)[:200]
        top.sort(key=lambda place: (-scores[place], -fuzz.token_sort_ratio(wanted, folded[place])))
        return [names[place] for place in top[:5]]

    return search


def _rarities(codes: list[str], index: dict[str, set[int]], total: int) -> dict[int, float]:
    best: dict[int, float] = {}
    for code in codes:
        places = index.get(code, set())
        rarity = math.log(total / (1 + len(places)))
        for place in places:
            best[place] = max(best.get(place, 0.0), rarity)
    return best


def _first_code(encode: Callable[[str], str]) -> Callable[[str], list[str]]:
    return lambda word: [encode(word)]


def _load(module: str) -> Any | None:  # noqa: ANN401 - optional packages without type information
    with contextlib.suppress(ImportError):
        return importlib.import_module(module)
    return None


def plain_peers(names: list[str]) -> Iterator[Peer]:
    """Yield what rapidfuzz does over naive romanisation."""
    yield Peer("rapidfuzz WRatio, naive letters", _fuzzy(names, fuzz.WRatio, romanise_naively))
    yield Peer("rapidfuzz token_sort_ratio, naive letters", _fuzzy(names, fuzz.token_sort_ratio, romanise_naively))


def published_peers(names: list[str]) -> Iterator[Peer]:
    """Yield the published matchers that are installed."""
    jellyfish = _load("jellyfish")
    if jellyfish:
        yield Peer(
            "jellyfish Jaro-Winkler", _string_distance(names, jellyfish.jaro_winkler_similarity, romanise_naively)
        )
        for kind in ("metaphone", "soundex", "nysiis"):
            encode = getattr(jellyfish, kind)
            yield Peer(f"jellyfish {kind}", _phonetic(names, _first_code(encode), romanise_naively))
    pyphonetics = _load("pyphonetics")
    if pyphonetics:
        refined = pyphonetics.RefinedSoundex()
        yield Peer(
            "pyphonetics refined Soundex", _phonetic(names, lambda word: [refined.phonetics(word)], romanise_naively)
        )
    abydos = _load("abydos.phonetic")
    if abydos:
        double = abydos.DoubleMetaphone()
        yield Peer("abydos double Metaphone", _phonetic(names, double.encode, romanise_naively))
    arcoder = _load("arcoder")
    if arcoder:
        for kind in ("ARCoder", "Holmes"):
            encoder = getattr(arcoder, kind)()
            yield Peer(f"arcoder {kind}", _phonetic(names, encoder.encode, romanise_naively))
    romanizer = _load("arabic_name_romanizer")
    if romanizer:
        romanise = _package_romanisation(romanizer)
        yield Peer("arabic-name-romanizer (*) + rapidfuzz", _fuzzy(names, fuzz.token_sort_ratio, romanise))


def _package_romanisation(romanizer: Any) -> Romanise:  # noqa: ANN401
    def romanise(query: str) -> str:
        if any("\u0600" <= letter <= "\u06ff" for letter in query):
            return fold_name(str(romanizer.transliterate(query)))
        return fold_name(query)

    return romanise
