"""Which characters of a shown name answer what was typed, so that they can be drawn bold."""

from app.domain.recognition.folding import fold_with_origins
from app.domain.recognition.model import read_length
from app.domain.recognition.names import match_words
from app.domain.recognition.words import Word, cut_words, locate_words

MAX_QUERY_CHARACTERS = 120


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
    folded, origins = fold_with_origins(shown[span[0] : span[1]])
    letters = [place for place, letter in enumerate(folded) if letter != " "]
    word = cut_words(folded.replace(" ", ""))[0]
    length = read_length(query, word)
    if length <= 0 or length >= min(len(letters), len(word.text)):
        return span
    return span[0], span[0] + origins[letters[length - 1]] + 1


def mark_matches(query: str, shown: str) -> tuple[tuple[int, int], ...]:
    """Return the half-open spans of `shown`, in order, that answer `query`; either may be in either script.

    The last word of the query may be only begun: then the letters it covers are marked, not the whole word.
    """
    asked = cut_words(query[:MAX_QUERY_CHARACTERS])
    located = locate_words(shown)
    if not located or not any(character.isalpha() for character in query):
        return _mark_digits(query, shown)
    spans = []
    match = match_words(asked, [word for word, _ in located], partial=True)
    for words, answers in match.pairs:
        span = (located[answers.start][1][0], located[answers.stop - 1][1][1])
        last = words.stop == len(asked) and len(words) == 1 and len(answers) == 1
        spans.append(_mark_begun(asked[-1], shown, span) if last else span)
    return _merge(spans) or _mark_digits(query, shown)


def _mark_digits(query: str, shown: str) -> tuple[tuple[int, int], ...]:
    """Mark a run of typed digits in a shown phone or number, whatever separates its digits."""
    wanted = "".join(character for character in fold_with_origins(query)[0] if character.isdigit())
    folded, origins = fold_with_origins(shown)
    places = [place for place, character in enumerate(folded) if character.isdigit()]
    at = "".join(folded[place] for place in places).rfind(wanted) if wanted else -1
    if at < 0:
        return ()
    return ((origins[places[at]], origins[places[at + len(wanted) - 1]] + 1),)
