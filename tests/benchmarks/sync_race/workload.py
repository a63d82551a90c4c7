"""What every peer is given: people on record, two fields of all of them changed, and a hub's year."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final
from uuid import UUID

from tests.benchmarks.sync_race.columns import PERSON
from tests.benchmarks.sync_size_and_speed import make_person

Value = str | int | bytes | None
Cells = Mapping[str, Value]

_RESIDENCE: Final = ("irregular", "regular", "refugee", "asylum_seeker", "in_procedure")
_REASONS: Final = ("health", "school", "work", "papers", "shelter", "language course")
_SYLLABLES: Final = tuple(
    "al ba bi da dou el fa ga ha ji ka kha la lou ma mi na nou qa ra ri sa si ta ti wa ya za".split()  # noqa: SIM905
)
_START: Final = 1_780_000_000_000
_MINUTE: Final = 60_000
_DAY: Final = 24 * 60 * _MINUTE
YEAR_DAYS, VISITS_A_DAY, NEW_A_DAY = 250, 24, 12
YEAR_OPS: Final = YEAR_DAYS * (VISITS_A_DAY * 5 + NEW_A_DAY * 2)


@dataclass(frozen=True, slots=True)
class Write:
    """Cells of one row, written at once; `new` makes the row."""

    table: str
    key: bytes
    cells: Cells
    new: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Ids that the rows of the workload point to: a peer that checks foreign keys brings its own."""

    hub: bytes = bytes.fromhex("0192d3a8000070008000000000000001")
    installation: bytes = bytes.fromhex("0192d3a8000070008000000000000002")
    counter: bytes = bytes.fromhex("0192d3a8000070008000000000000003")


def make_key(moment: int, choice: random.Random) -> bytes:
    """A UUID of version 7."""
    return ((moment << 80) | 0x7000 << 64 | 0x8000 << 48 | choice.getrandbits(48)).to_bytes(16)


@cache
def people(count: int, places: Places, seed: int = 20261123) -> tuple[Write, ...]:
    """People on record: 12 cells, 168 bytes of payload each."""
    choice = random.Random(seed)
    return tuple(_person(choice, number, places) for number in range(count))


def _person(choice: random.Random, number: int, places: Places, moment: int | None = None) -> Write:
    made = _START + number * 61_000 if moment is None else moment
    key = make_key(made, choice)
    row = make_person(choice, number, UUID(bytes=key), UUID(bytes=places.hub))
    cells = {name: row[name].bytes if isinstance(row[name], UUID) else row[name] for name in PERSON}
    # words instead of the repeated number that fills these people up elsewhere, so that nothing compresses too well
    cells["contact"] = _address(choice, len(cells["contact"]))
    return Write("person", key, cells, new=True)


def updates(made: Sequence[Write], seed: int = 7) -> tuple[Write, ...]:
    """Two cells of each of these people: another phone and another situation."""
    choice = random.Random(seed)
    return tuple(_update(choice, write) for write in made)


def _address(choice: random.Random, length: int) -> str:
    words = ["chez"]
    while len(" ".join(words)) < length:
        words.append("".join(choice.choices(_SYLLABLES, k=choice.randint(1, 4))))
        if choice.random() < 0.2:
            words.append(str(choice.randrange(300)))
    return " ".join(words)[:length]


def _update(choice: random.Random, person: Write) -> Write:
    others = [state for state in _RESIDENCE if state != person.cells["residence"]]
    phone = f"+2126{choice.randrange(10**8):08d}"
    return Write("person", person.key, {"phones": phone, "residence": choice.choice(others)})


def year(places: Places, seed: int = 2027) -> Iterator[list[Write]]:
    """A hub's year, day by day: 24 visits of five writes each, 12 new people who are corrected later the same day."""
    choice = random.Random(seed)
    for number in range(YEAR_DAYS):
        opened = _START + 400 * _DAY + number * _DAY
        new = [
            _person(choice, 100_000 + number * NEW_A_DAY + i, places, opened + i * 7 * _MINUTE)
            for i in range(NEW_A_DAY)
        ]
        day: list[Write] = [*new, *(_update(choice, person) for person in new)]
        for index in range(VISITS_A_DAY):
            day += _visit(choice, opened + index * 11 * _MINUTE, number, places)
        yield day


def _visit(choice: random.Random, arrived: int, day: int, places: Places) -> list[Write]:
    visit, place = make_key(arrived, choice), make_key(arrived + 1, choice)
    called = arrived + choice.randrange(40 * _MINUTE)
    left = called + choice.randrange(40 * _MINUTE)
    return [
        Write(
            "visit",
            visit,
            {
                "hub_id": places.hub,
                "installation_id": places.installation,
                "counter_id": places.counter,
                "reason": choice.choice(_REASONS),
                "state": "waiting",
                "day": f"2027-{1 + day * 12 // YEAR_DAYS:02d}-{1 + day % 28:02d}",
                "arrived_at": arrived,
                "left_at": None,
            },
            new=True,
        ),
        Write(
            "place",
            place,
            {
                "visit_id": visit,
                "counter_id": places.counter,
                "queued_at": arrived,
                "called_at": None,
                "ended_at": None,
                "outcome": "",
            },
            new=True,
        ),
        Write("place", place, {"called_at": called}),
        Write("place", place, {"ended_at": left, "outcome": "done"}),
        Write("visit", visit, {"left_at": left, "state": "checked_out"}),
    ]


def apply_all(writes: Sequence[Write], rows: dict[tuple[str, bytes], dict[str, Value]]) -> None:
    """What the rows say after these writes, for comparison with what a peer says."""
    for write in writes:
        rows.setdefault((write.table, write.key), {}).update(write.cells)
