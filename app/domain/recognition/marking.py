"""Which characters of a shown name answer what was typed, so that they can be drawn bold.

It runs for each name of a list at each key: what was cut from a name, or worked out for it, is kept for the next key.
"""

from functools import lru_cache

from app.domain.recognition.folding import fold_with_origins
from app.domain.recognition.model import read_length
from app.domain.recognition.names import match_words
from app.domain.recognition.words import Word, locate_words, make_word

MAX_QUERY_CHARACTERS = 120
FEWEST_DIGITS = 3
_Located = tuple[tuple[Word, tuple[int, int]], ...]


@lru_cache(maxsize=4096)
def _locate(text: str) -> _Located:
    return tuple(locate_words(text))


@lru_cache(maxsize=4096)
def _spell(shown: str) -> tuple[Word, list[int]]:
    """Return a shown word as it is compared, and for each of its letters where the character ends that it is from."""
    folded, origins = fold_with_origins(shown)
    ends = [origin + 1 for letter, origin in zip(folded, origins, strict=True) if letter != " "]
    return make_word(folded.replace(" ", "")), ends


@lru_cache(maxsize=1024)
def _read_length(begun: Word, word: Word) -> int:
    # what is spelled as it was typed needs no comparison
    return len(begun.text) if word.text.startswith(begun.text) else read_length(begun, word)


def _merge(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _mark_begun(query: Word, shown: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return the part of a shown word that a begun word covers."""
    word, ends = _spell(shown[span[0] : span[1]])
    length = _read_length(query, word)
    if length <= 0 or length >= min(len(ends), len(word.text)):
        return span
    return span[0], span[0] + ends[length - 1]


def _find_spelled_so(asked: list[Word], words: list[Word]) -> list[tuple[range, range]] | None:
    """Pair each word asked for with one spelled so, the last with one that begins so; None where one has none."""
    free = dict(enumerate(words))
    pairs = []
    for place, word in enumerate(asked):
        last = place + 1 == len(asked)
        same = [at for at, one in free.items() if one.text == word.text or (last and one.text.startswith(word.text))]
        if not same:
            return None
        nearest = min(same, key=lambda at: len(free[at].text))
        del free[nearest]
        pairs.append((range(place, place + 1), range(nearest, nearest + 1)))
    return pairs


@lru_cache(maxsize=1024)
def mark_matches(query: str, shown: str) -> tuple[tuple[int, int], ...]:
    """Return the half-open spans of `shown`, in order, that answer `query`; either may be in either script.

    The last word of the query may be only begun: then the letters it covers are marked, not the whole word.
    """
    name, digits = _part_digits(query[:MAX_QUERY_CHARACTERS])
    asked = [word for word, _ in _locate(name)]
    located = _locate(shown)
    if not located or not any(map(str.isalpha, name)) or (digits and not any(map(str.isalpha, shown))):
        return _mark_digits(digits or query, shown)
    spans = []
    shown_words = [word for word, _ in located]
    pairs = _find_spelled_so(asked, shown_words) or match_words(asked, shown_words, partial=True).pairs
    for words, answers in pairs:
        span = (located[answers.start][1][0], located[answers.stop - 1][1][1])
        last = words.stop == len(asked) and len(words) == 1 and len(answers) == 1
        spans.append(_mark_begun(asked[-1], shown, span) if last else span)
    return _merge(spans) or _mark_digits(digits or query, shown)


@lru_cache(maxsize=1024)
def mark_tail(query: str, shown: str) -> tuple[tuple[int, int], ...]:
    """Return the half-open spans of `shown`, which says the last digits of a phone, that answer digits of `query`.

    More digits may be asked for than are shown: "alaoui 06 12 34 45 12" is answered by "… 4512".
    """
    name, digits = _part_digits(query[:MAX_QUERY_CHARACTERS])
    if any(map(str.isalpha, name)) and not digits:
        return ()
    wanted = _read_digits(digits or query)
    tail = _read_digits(shown)
    if len(wanted) < FEWEST_DIGITS or not tail:
        return ()
    return _mark_digits(tail if wanted.endswith(tail) else wanted, shown)


@lru_cache(maxsize=16)
def _part_digits(query: str) -> tuple[str, str]:
    """Part a query into a name and digits of a phone or number, as the search does."""
    words = query.split()
    numbers = [word for word in words if not any(map(str.isalpha, word)) and _read_digits(word)]
    digits = " ".join(numbers)
    if len(numbers) == len(words) or len(_read_digits(digits)) < FEWEST_DIGITS:
        return query, ""
    return " ".join(word for word in words if word not in numbers), digits


def _read_digits(text: str) -> str:
    return "".join(character for character in fold_with_origins(text)[0] if character.isdigit())


def _mark_digits(query: str, shown: str) -> tuple[tuple[int, int], ...]:
    """Mark a run of typed digits in a shown phone or number, whatever separates its digits."""
    wanted = _read_digits(query)
    folded, origins = fold_with_origins(shown)
    places = [place for place, character in enumerate(folded) if character.isdigit()]
    at = "".join(folded[place] for place in places).rfind(wanted) if wanted else -1
    if at < 0:
        return ()
    return ((origins[places[at]], origins[places[at + len(wanted) - 1]] + 1),)
