"""A name cut into the words that are compared: particles belong to the word they introduce.

"El Alaoui", "Elalaoui" and "Alaoui", «عبد القادر» and "Abdelkader", "Ben Aïssa" and "Benaissa" are written apart or
together by taste. Each is one word here, which knows at which of its letters a comparison may start.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.domain.recognition.folding import fold_with_origins, is_arabic

MAX_WORDS = 12
MAX_WORD_LETTERS = 40

# One letter for each particle that a comparison may skip: article, son of, daughter or mother of,
# servant of, father of, tribe; and the vowel that supports two consonants at the beginning (Embarek, Mbarek).
ARTICLE, SON, DAUGHTER, SERVANT, FATHER, TRIBE, SUPPORT = "asdvftp"

_ARTICLES = frozenset({"el", "al", "ul", "il", "l", "ال"})
_LATIN_SUN_ARTICLE = re.compile(r"[aeiu](s|r|n|z|d|t|ch|sh)")
_LATIN_HEADS = frozenset({
    "abd", "abdel", "abdal", "abdul", "abdoul", "abdil", "abder", "abdur", "abdour", "abdar", "abdes", "abdus",
    "abdous", "abdas", "abden", "abdun", "abdan", "abdez", "abdaz", "abdet", "abdech", "abdesh", "ben", "bin", "bel",
    "ibn", "bint", "bent", "mint", "ment", "ould", "wuld", "uld", "weld", "wald", "oulad", "ouled", "awlad", "ait",
    "ayt", "bou", "bu", "abou", "abu", "abi", "aba", "oum", "um", "umm",
})  # fmt: skip
# Between two words of a name these say nothing: "Amina du Maroc", "Amina of Morocco".
_LINKS = frozenset({"de", "du", "des", "of"})
_LATIN_TAILS = re.compile(r"(?:[aeiou]{0,2}d)?[aeiou]{0,2}l?d{1,2}(?:ine|in|een|yn|ene)|[aeou]{0,2}l?lah")
_LATIN_FAITH = re.compile(r"(?<=..)(?:[aeiou]{1,2}(?:d|l)|e|ie)d(?:ine|in|een|yn|ene)$")
_ARABIC_HEADS = frozenset({
    "عبد", "بن", "ابن", "بل", "بنت", "منت", "ولد", "اولاد", "ايت", "ابو", "ابا", "ابي", "بو", "ام",
})  # fmt: skip
_ARABIC_TAILS = frozenset({"الدين", "الله"})

_LATIN_PARTICLES = (
    (SON, re.compile(r"(?:bel(?=...)|ben|bin|ibn|ould|wuld|weld|wald|uld|ouled|oulad|awlad)(?=..)")),
    (DAUGHTER, re.compile(r"(?:mint|bint|bent|ment|oum|umm?)(?=...)")),
    (SERVANT, re.compile(r"abd(?:[aeiu]|ou)?(?:l(?=..)|(?:[rsndzt]|ch|sh)(?=[rsndztc]))?(?=..)")),
    (FATHER, re.compile(r"(?:abou|abu|bou|bu|aba|abi)(?=....)")),
    (TRIBE, re.compile(r"(?:ait|ayt)(?=...)")),
    (
        ARTICLE,
        re.compile(
            r"(?:[eau]l|[eaiu]([rsndzt])(?=\1)|[ea](?:ch|sh)(?=ch|sh))(?=...)|l(?=[^eiou]...|ou..)|le(?=[bcdfghjkmnpqrstvwxz]...)"
        ),
    ),
    (SUPPORT, re.compile(r"[eia](?=[bcdfgjkmnpqrstz][bcdfghjkmnpqrstz].)")),
)
_ARABIC_PARTICLES = (
    (SON, re.compile("(?:بل(?=...)|ابن|بن|ولد|اولاد)(?=..)")),
    (DAUGHTER, re.compile("(?:بنت|منت|ام)(?=...)")),
    (SERVANT, re.compile("عبد(?:ال)?(?=..)")),
    (FATHER, re.compile("(?:ابو|ابا|ابي|بو)(?=..)")),
    (TRIBE, re.compile("ايت(?=..)")),
    (ARTICLE, re.compile("ال(?=..)|ل(?=...)")),
    (SUPPORT, re.compile("ا(?=[^اويعهل][^اويعه].)")),
)


# Letters that stand for more at the beginning of a word than within; the forms are such as no folded word holds.
_SOFT = re.compile(r"[cg](?=[eiy])")
INITIAL = {"ا": "أ", "ع": "ء", "و": "ؤ", "ي": "ئ"}


@dataclass(frozen=True, slots=True)
class Word:
    """One comparable word: its folded letters, its script, and the places where a comparison may start.

    `starts` pairs a position with the particles skipped before it, the whole word (position 0) first. `letters` are
    those of the text, some told apart by where they stand: «أ» begins "Ahmed", "Omar" and "Idriss", «ا» within is
    an a; "ç" and "ğ" are c and g before e, i and y.
    """

    text: str
    arabic: bool
    starts: tuple[tuple[int, str], ...]
    letters: str

    def __hash__(self) -> int:
        """Hash the letters, which say all: words are looked up thousands of times for each key typed."""
        return hash(self.text)


def _find_starts(text: str, arabic: bool) -> tuple[tuple[int, str], ...]:
    found: dict[int, str] = {0: ""}
    waiting = [0]
    while waiting:
        position = waiting.pop()
        for kind, pattern in _ARABIC_PARTICLES if arabic else _LATIN_PARTICLES:
            if kind in found[position]:
                continue
            match = pattern.match(text, position)
            if match and match.end() not in found:
                found[match.end()] = found[position] + kind
                waiting.append(match.end())
    return tuple(sorted(found.items()))


@lru_cache(maxsize=16384)
def make_word(text: str) -> Word:
    """Make a word of folded letters that contain no space."""
    arabic = is_arabic(text)
    # The faith in "Noureddine" is spelled in a dozen ways and set apart in as many: one form for all.
    if arabic:
        text = text[:-5] + "دين" if text.endswith("الدين") and len(text) > 6 else text  # noqa: PLR2004
    else:
        while (shorter := _LATIN_FAITH.sub("din", text)) != text:
            text = shorter
    text = text[:MAX_WORD_LETTERS]
    starts = _find_starts(text, arabic)
    return Word(text, arabic, starts, _mark_letters(text, starts, arabic))


def _mark_letters(text: str, starts: Iterable[tuple[int, str]], arabic: bool) -> str:
    if not arabic:
        return _SOFT.sub(lambda found: {"c": "ç", "g": "ğ"}[found[0]], text)
    letters = list(text)
    for start, _ in starts:
        # what leaves less than three letters is hardly a particle: «بنيس» is one word
        if start == 0 or start < len(letters) - 2:
            letters[start] = INITIAL.get(letters[start], letters[start])
    return "".join(letters)


def _introduces(token: str, following: str) -> bool:
    """Tell whether `token` is a particle that belongs to the word after it."""
    if token in _ARABIC_HEADS or token in _LATIN_HEADS or _is_article(token, following):
        return True
    return token in {"m", "n"} and following[0] not in "aeiouy"


def _is_article(token: str, following: str) -> bool:
    if token in _ARTICLES:
        return True
    sun = _LATIN_SUN_ARTICLE.fullmatch(token)
    return sun is not None and following.startswith(sun[1])


def _completes(token: str) -> bool:
    return token in _ARABIC_TAILS or _LATIN_TAILS.fullmatch(token) is not None


def _group_tokens(tokens: list[str]) -> list[list[int]]:
    """Group the indices of tokens that make one word together."""
    groups: list[list[int]] = []
    open_group = False
    for index, token in enumerate(tokens):
        same_script = index > 0 and is_arabic(token) == is_arabic(tokens[index - 1])
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        opens = following != "" and _introduces(token, following)
        completes = _completes(token) or (opens and _is_article(token, following) and _completes(following))
        if same_script and (open_group or completes):
            groups[-1].append(index)
        else:
            groups.append([index])
        open_group = opens
    return groups


def cut_words(text: str) -> list[Word]:
    """Cut a name, as typed or stored, into its comparable words, at most `MAX_WORDS`."""
    return [word for word, _ in locate_words(text)]


def locate_words(text: str) -> list[tuple[Word, tuple[int, int]]]:
    """Cut a name into words, each with the span of characters of `text` that it covers."""
    folded, origins = fold_with_origins(text)
    if not folded:
        return []
    tokens: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"[^ ]+", folded):
        if match[0] in _LINKS and match.start() > 0 and match.end() < len(folded):
            continue
        tokens.append(match[0])
        spans.append((origins[match.start()], origins[match.end() - 1] + 1))
    words = []
    for group in _group_tokens(tokens)[:MAX_WORDS]:
        word = make_word("".join(tokens[index] for index in group))
        words.append((word, (spans[group[0]][0], spans[group[-1]][1])))
    return words
