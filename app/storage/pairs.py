"""Which records are worth comparing to find those of one person: pairs that share enough to be told from chance.

A pair is a candidate when it shares a phone, a card, a birth date and the sound of a word, or the sounds of two words
of the name. What very many share tells nothing by itself, so large blocks are cut by year of birth or left out: whom
only a common name joins, only a phone or a birth date could prove to be one, and these have blocks of their own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from app.domain.people import Precision
from app.domain.recognition.keys import find_keys, find_skeletons, find_sounds, flatten
from app.domain.recognition.words import Word, make_word
from app.pace import Pace, between, paced, stepped, unpaced
from app.storage import schema
from app.storage.search import tables
from app.storage.search.index import unpack_words

MOST_SAME_SOUND: Final = 30
MOST_NEAR_SOUND: Final = 16
MOST_BORN: Final = 12
MOST_SHARING: Final = 40
_KEY_BITS: Final = 24
_PAIR_BITS: Final = 32
_MOST_WORDS: Final = 5
_TELLING: Final = 3
_PARTS_OF_PAIR: Final = 2
_READING: Final = 0.7

_person = schema.person
_there = sa.and_(~_person.c.deleted, ~_person.c.erased, ~_person.c.hidden)


def count_bearers(
    connection: sa.Connection, words: Iterable[Word] | None = None, pace: Pace = unpaced
) -> dict[str, int]:
    """How many names hold a word, by its spelling class; of all words, or of those that sound like some of these."""
    word, sound = tables.word, tables.sound
    query = sa.select(word.c.text, word.c.uses)
    uses: Counter[str] = Counter()
    if words is not None:
        sounds = {key for one in words for key in find_skeletons(one.text, one.arabic)}
        query = query.where(word.c.id.in_(sa.select(sound.c.word).where(sound.c.sound.in_(sounds))))
    for text, held in stepped(connection.execute(query), pace):
        uses[spelling_class(make_word(text))] += held
    return dict(uses)


def spelling_class(word: Word) -> str:
    """What the spellings of a word have in common in either script: its consonants, where there are enough of them."""
    article = "ال" if word.arabic else "el"
    flat = flatten(word.text.removeprefix(article) or word.text, word.arabic)
    consonants = flat.replace("u", "").replace("i", "")
    return consonants if len(consonants) >= _TELLING else flat


def count_people(connection: sa.Connection) -> tuple[int, int]:
    """How many people there are, and how many names they have."""
    return (
        connection.scalar(sa.select(sa.func.count()).select_from(tables.person)) or 0,
        connection.scalar(sa.select(sa.func.count()).select_from(tables.name)) or 0,
    )


def count_nationalities(connection: sa.Connection) -> dict[str, int]:
    """How many people there are of each nationality."""
    query = sa.select(_person.c.nationality, sa.func.count()).where(_there).group_by(_person.c.nationality)
    return {row[0]: row[1] for row in connection.execute(query) if row[0]}


def count_phones(connection: sa.Connection) -> dict[str, int]:
    """How many people have each phone (E.164)."""
    phones = connection.scalars(sa.select(_person.c.phones).where(_there, _person.c.phones != ""))
    return dict(Counter(phone for lines in phones for phone in lines.split("\n")))


def taken_apart(connection: sa.Connection) -> set[tuple[UUID, UUID]]:
    """Pairs that somebody took apart, or joined and parted again: they were looked at, and are two people."""
    link = schema.same_person
    # joined, and that undone; or taken apart, and that not undone
    query = sa.select(link.c.first_id, link.c.second_id).where(link.c.active == link.c.deleted)
    return {(min(row), max(row)) for row in connection.execute(query)}


def find_pairs(connection: sa.Connection, pace: Pace = unpaced) -> Iterator[tuple[UUID, UUID]]:
    """Pairs of people worth comparing, each once, the smaller id first, in no particular order."""
    known = _read(connection, between(pace, 0, _READING))
    sorting = between(pace, _READING, 1)
    found: set[int] = set()
    for block in stepped((*known.shared.values(), *known.born.values()), sorting):
        _add_block(found, block, MOST_SHARING)
    for born in stepped(known.by_date.values(), sorting):
        _add_block(found, born, MOST_BORN)
    _add_by_sound(found, known.exact, MOST_SAME_SOUND, known.years, sorting)
    _add_by_sound(found, known.near, MOST_NEAR_SOUND, known.years, sorting)
    mask = (1 << _PAIR_BITS) - 1
    for pair in found:
        first, second = known.ids[pair >> _PAIR_BITS], known.ids[pair & mask]
        yield (first, second) if first < second else (second, first)


def _add_block(found: set[int], members: Sequence[int], most: int) -> None:
    if 1 < len(members) <= most:
        found.update(low << _PAIR_BITS | high for low, high in combinations(sorted(set(members)), _PARTS_OF_PAIR))


def _add_by_sound(found: set[int], filed: list[int], most: int, years: Mapping[int, int], pace: Pace) -> None:
    """Add the blocks of what is filed as key and person in one number; those too large by year of birth."""
    filed.sort()
    mask = (1 << _KEY_BITS) - 1
    for _key, entries in stepped(groupby(filed, key=lambda entry: entry >> _KEY_BITS), pace):
        members = sorted({entry & mask for entry in entries})
        if len(members) <= most:
            _add_block(found, members, most)
            continue
        born: dict[int, list[int]] = defaultdict(list)
        for member in members:
            if member in years:
                born[years[member]].append(member)
        for same_year in born.values():
            _add_block(found, same_year, most)


@dataclass(slots=True)
class _Known:
    """What people are filed under, each by a small number of their own."""

    ids: dict[int, UUID] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)
    shared: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_date: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    born: dict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    exact: list[int] = field(default_factory=list)
    near: list[int] = field(default_factory=list)


def _read(connection: sa.Connection, pace: Pace) -> _Known:
    known, dates = _Known(), dict[int, str]()
    person = tables.person
    numbers = {
        UUID(bytes=row.person_id): row.id for row in connection.execute(sa.select(person.c.person_id, person.c.id))
    }
    query = sa.select(
        _person.c.id,
        _person.c.number,
        _person.c.card,
        _person.c.phones,
        _person.c.birth_date,
        _person.c.birth_precision,
    ).where(_there)
    for row in stepped(connection.execute(query), pace):
        number = numbers.get(row.id)
        if number is None:
            continue
        known.ids[number] = row.id
        for phone in filter(None, row.phones.split("\n")):
            known.shared[f"phone {phone}"].append(number)
        for code in {row.card, row.number} - {""}:
            known.shared[f"card {code}"].append(number)
        if row.birth_date:
            known.years[number] = int(row.birth_date[:4])
            if row.birth_precision == Precision.DAY and not row.birth_date.endswith("-01-01"):
                dates[number] = row.birth_date
                known.by_date[row.birth_date].append(number)
    _file_names(connection, known, dates, pace)
    return known


@dataclass(frozen=True, slots=True)
class _Sounds:
    """The sounds of a word: as it is, and with one class of consonants dropped."""

    exact: tuple[int, ...]
    near: tuple[int, ...]


class _Numbering(dict[str, int]):
    """A number for each text, given when it is first asked for."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self)
        return self[text]


def _file_names(connection: sa.Connection, known: _Known, dates: Mapping[int, str], pace: Pace) -> None:
    numbers = _Numbering()
    texts = {row.id: make_word(row.text) for row in connection.execute(sa.select(tables.word.c.id, tables.word.c.text))}
    sounds = {key: _sounds_of(word, numbers) for key, word in paced(list(texts.items()), pace)}
    name = tables.name
    for row in stepped(connection.execute(sa.select(name.c.person, name.c.words)), pace):
        person = row.person
        if person not in known.ids:
            continue
        words = unpack_words(row.words)[:_MOST_WORDS]
        filed = [sounds[word] for word in words]
        for first, second in combinations(filed, _PARTS_OF_PAIR):
            _file(known.exact, person, first.exact, second.exact)
            _file(known.near, person, first.exact, second.near)
            _file(known.near, person, first.near, second.exact)
        for place in range(len(words) - 1):
            joined = _joined(texts[words[place]], texts[words[place + 1]], numbers)
            for other in (*filed[:place], *filed[place + 2 :]):
                _file(known.exact, person, joined, other.exact)
        if person in dates:
            for key in {key for one in filed for key in one.near}:
                known.born[dates[person], key].append(person)


def _sounds_of(word: Word, numbers: _Numbering) -> _Sounds:
    return _Sounds(
        tuple(sorted(numbers[sound] for sound in find_sounds(word))),
        tuple(sorted(numbers[sound] for sound in find_keys(word))),
    )


def _joined(first: Word, second: Word, numbers: _Numbering) -> tuple[int, ...]:
    """The sound of two words written as one, as "Fatima Zahra" and "Fatimazahra" are."""
    if first.arabic != second.arabic:
        return ()
    start = second.starts[-1][0]
    together = make_word(first.text.removesuffix("ه") + second.text[start:])
    return tuple(numbers[sound] for sound in find_skeletons(together.text, together.arabic))


def _file(under: list[int], person: int, first: Iterable[int], second: Sequence[int]) -> None:
    for one in first:
        for other in second:
            low, high = (one, other) if one <= other else (other, one)
            under.append((low << _KEY_BITS | high) << _KEY_BITS | person)
