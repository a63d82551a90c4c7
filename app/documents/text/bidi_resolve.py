"""UAX #9, rules W1-W7, N0-N2, I1 and I2: what weak and neutral characters become in one isolating run sequence."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

_ISOLATES: Final = frozenset(("LRI", "RLI", "FSI", "PDI"))
_NEUTRAL: Final = frozenset(("B", "S", "WS", "ON")) | _ISOLATES
_AS_STRONG: Final = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
_MAX_OPEN_BRACKETS: Final = 63

_PAIRS: Final = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋\u2329\u232a❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦏⦎⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙⧚⧛⧼⧽"
    "⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜\u3008\u3009《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
"""BidiBrackets.txt: each opening bracket followed by its closing one."""
_CANONICAL: Final = {"\u2329": "\u3008", "\u232a": "\u3009"}
_CLOSING_OF: Final = {
    opening: _CANONICAL.get(closing, closing) for opening, closing in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)
}
_CLOSING: Final = frozenset(_PAIRS[1::2])


def resolve_sequence(
    text: str,
    classes: list[str],
    overridden: list[str],
    levels: list[int],
    sequence: list[int],
    before: int,
    after: int,
) -> None:
    """Set the final `levels` of the characters of one sequence.

    `sequence` holds positions in the text; `before` and `after` are the levels around it (X10). `levels` comes in
    with the explicit levels, `overridden` with the classes after X1-X8; both are changed.
    """
    level = levels[sequence[0]]
    start = _direction(max(level, before))
    end = _direction(max(level, after))
    kinds = [overridden[index] for index in sequence]
    _resolve_weak(kinds, start)
    _resolve_brackets(text, [classes[index] for index in sequence], kinds, sequence, _direction(level), start)
    _resolve_neutral(kinds, _direction(level), start, end)
    for index, kind in zip(sequence, kinds, strict=True):
        overridden[index] = kind
        levels[index] = level + _rise(kind, level)


def _direction(level: int) -> str:
    return "R" if level & 1 else "L"


def _rise(kind: str, level: int) -> int:
    """I1 and I2."""
    if level & 1:
        return 0 if kind == "R" else 1
    return {"L": 0, "R": 1}.get(kind, 2)


def _resolve_weak(kinds: list[str], start: str) -> None:
    previous = start
    for index, kind in enumerate(kinds):  # W1
        if kind == "NSM":
            kinds[index] = "ON" if previous in _ISOLATES else previous
        previous = kinds[index]
    strong = start
    for index, kind in enumerate(kinds):  # W2
        if kind in {"L", "R", "AL"}:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[index] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    _resolve_signs(kinds, start)


def _resolve_signs(kinds: list[str], start: str) -> None:
    for index in range(1, len(kinds) - 1):  # W4
        left, kind, right = kinds[index - 1 : index + 2]
        if left == right and ((kind == "ES" and left == "EN") or (kind == "CS" and left in {"EN", "AN"})):
            kinds[index] = left
    _resolve_terminators(kinds)
    strong = start
    for index, kind in enumerate(kinds):
        if kind in {"ET", "ES", "CS"}:  # W6
            kinds[index] = "ON"
        elif kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":  # W7
            kinds[index] = "L"


def _resolve_terminators(kinds: list[str]) -> None:
    """W5: signs such as % and € beside a European number belong to it."""
    for first, last in _spans(kinds, frozenset(("ET",))):
        beside = (kinds[first - 1] if first else "", kinds[last] if last < len(kinds) else "")
        if "EN" in beside:
            kinds[first:last] = ["EN"] * (last - first)


def _resolve_brackets(
    text: str, classes: list[str], kinds: list[str], sequence: list[int], embedding: str, start: str
) -> None:
    """N0: a pair of brackets takes the direction of what it holds."""
    for opening, closing in _bracket_pairs([text[index] for index in sequence], kinds):
        inside = {_AS_STRONG.get(kind) for kind in kinds[opening + 1 : closing]}
        if embedding in inside:
            direction = embedding
        elif inside - {None}:
            context = (_AS_STRONG[kind] for kind in reversed(kinds[:opening]) if kind in _AS_STRONG)
            direction = next(context, start)
        else:
            continue
        for bracket in (opening, closing):
            kinds[bracket] = direction
            for mark in range(bracket + 1, len(kinds)):
                if classes[mark] != "NSM":
                    break
                kinds[mark] = direction


def _bracket_pairs(characters: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """BD16: the pairs in the order of their opening brackets; none at all beyond 63 open ones."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for index, character in enumerate(characters):
        if kinds[index] != "ON":
            continue
        if character in _CLOSING_OF:
            if len(opened) == _MAX_OPEN_BRACKETS:
                return []
            opened.append((_CLOSING_OF[character], index))
        elif character in _CLOSING:
            closing = _CANONICAL.get(character, character)
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == closing:
                    pairs.append((opened[depth][1], index))
                    del opened[depth:]
                    break
    return sorted(pairs)


def _resolve_neutral(kinds: list[str], embedding: str, start: str, end: str) -> None:
    """N1 and N2: neutral characters between two of one direction take it, others the embedding's."""
    for first, last in _spans(kinds, _NEUTRAL):
        left = _AS_STRONG[kinds[first - 1]] if first else start
        right = _AS_STRONG[kinds[last]] if last < len(kinds) else end
        kinds[first:last] = [left if left == right else embedding] * (last - first)


def _spans(kinds: list[str], wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Start and end of each unbroken series of `wanted` classes."""
    position = 0
    for hit, series in groupby(list(kinds), key=wanted.__contains__):
        length = sum(1 for _ in series)
        if hit:
            yield position, position + length
        position += length
