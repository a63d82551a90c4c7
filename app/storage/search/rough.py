"""Which of many names are worth comparing with care: what each costs if its words are taken by themselves."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from operator import itemgetter

from sqlalchemy import Connection

from app.domain.recognition.names import (
    IN_SHORT,
    JOINED,
    OFTEN_LEFT_OUT,
    TITLE_NOT_ASKED,
    WORD_NOT_ASKED,
    join_words,
    not_found,
)
from app.domain.recognition.words import Word
from app.storage.search.candidates import Candidate, find_filed
from app.storage.search.index import UNPACK

# Letters of each part of a word that may be two.
SHORTEST_PART = 3
_TITLES = sorted(OFTEN_LEFT_OUT)


def rank_roughly(
    connection: Connection,
    typed: Sequence[Word],
    candidates: Sequence[Sequence[Candidate]],
    names: Iterable[tuple[bytes, int]],
    *,
    begun: bool,
) -> list[tuple[float, bytes]]:
    """Return the distinct names (their words, packed), those that may cost least first, with what they may cost."""
    missing = [not_found(word) for word in typed]
    saved = _find_saved(connection, typed, missing, begun=begun)
    for found, without in zip(candidates, missing, strict=True):
        for one in found:
            saved[one.key] = max(saved.get(one.key, 0.0), without - one.cost + WORD_NOT_ASKED)
    nothing, asked = sum(missing), len(typed)
    in_short = max(0.0, nothing / asked - IN_SHORT)
    scores: list[tuple[float, bytes]] = []
    get, zero = saved.get, repeat(0.0)
    for packed in dict.fromkeys(packed for packed, _ in names):
        words = UNPACK[len(packed)](packed)
        cost = nothing + WORD_NOT_ASKED * len(words) - sum(map(get, words, zero))
        if 1 < len(words) < asked and all(map(get, words)):
            cost -= in_short * (asked - len(words))
        scores.append((cost, packed))
    scores.sort(key=itemgetter(0))
    return scores


def _find_saved(
    connection: Connection, typed: Sequence[Word], missing: Sequence[float], *, begun: bool
) -> dict[int, float]:
    """Return stored words that save a name something though they are not the word asked for.

    What is often left out costs less than other words; words written together, or apart, answer as two, or as one.
    """
    worth = dict.fromkeys(_TITLES, WORD_NOT_ASKED - TITLE_NOT_ASKED)
    for place in range(len(typed) - 1):
        joined = join_words(typed, place)
        if joined is not None:
            worth[joined.text] = sum(missing[place : place + 2]) - JOINED + WORD_NOT_ASKED
    parts = [
        (part, (without - JOINED) / 2 + WORD_NOT_ASKED)
        for word, without in list(zip(typed, missing, strict=True))[: len(typed) - begun]
        for part in _part(word.text)
    ]
    filed = find_filed(connection, [*worth, *(text for part, _ in parts for text in part)])
    saved = {filed[text]: value for text, value in worth.items() if text in filed}
    for part, value in parts:
        if filed.keys() >= set(part):
            saved.update((filed[text], max(value, saved.get(filed[text], 0.0))) for text in part)
    return saved


def _part(text: str) -> Iterator[tuple[str, str]]:
    for place in range(SHORTEST_PART, len(text) - SHORTEST_PART + 1):
        yield text[:place], text[place:]
