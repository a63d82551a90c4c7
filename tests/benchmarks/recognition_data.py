"""Names to measure recognition on: public pairs, split so that no surname is known, among made-up people."""

import random
import re
import uuid
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from app.domain.recognition import fold_name
from tools.train_recognition import read_pairs

MAGHREB = Path(__file__).parent / "maghreb_names.tsv"
PAIRS = Path(__file__).parents[2] / "tools" / "recognition" / "pairs.tsv"

WEST_AFRICAN_GIVEN, WEST_AFRICAN_SURNAMES = (
    line.split() for line in (Path(__file__).parent / "west_african_names.txt").read_text(encoding="utf-8").splitlines()
)
# The same name in two spellings, as two clerks write it.
WEST_AFRICAN_SPELLINGS = (
    ("Kouadio", "Kuadio"), ("N'Guessan", "Nguessan"), ("Ouédraogo", "Ouedraogo"), ("Ouédraogo", "Wedraogo"),
    ("Diallo", "Djallo"), ("Diallo", "Jallow"), ("Traoré", "Traore"), ("Mbaye", "M'Baye"), ("Ndiaye", "N'Diaye"),
    ("Coulibaly", "Koulibaly"), ("Guèye", "Gaye"), ("Keïta", "Keita"), ("Cissé", "Sissé"), ("Touré", "Toure"),
    ("Sidibé", "Sidibe"), ("Camara", "Kamara"), ("Ouattara", "Watara"), ("Dembélé", "Dembele"), ("Thiam", "Tiam"),
    ("Konaté", "Conaté"), ("Kouyaté", "Kuyate"), ("Sow", "Sou"), ("N'Dour", "Ndour"), ("Diop", "Djop"),
    ("Soumah", "Souma"), ("Barry", "Bari"), ("Koné", "Kone"), ("Kouassi", "Kwassi"), ("Diarra", "Jarra"),
    ("Sissoko", "Cissokho"),
)  # fmt: skip


def split_pairs(
    pairs: list[tuple[str, str]], share: float, seed: int
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Split pairs into kept and held out: no last Arabic word of a held-out name ends a kept one."""
    families: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in pairs:
        families[_surname(pair[0])].append(pair)
    names = sorted(families)
    random.Random(seed).shuffle(names)
    held: list[tuple[str, str]] = []
    while names and len(held) < share * len(pairs):
        held += families[names.pop()]
    out = set(held)
    return [pair for pair in pairs if pair not in out], held


@dataclass(frozen=True, slots=True)
class Trial:
    """One query and the stored names that answer it."""

    query: str
    wanted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Register:
    """Stored names (one person each) and the trials by kind."""

    names: list[str]
    trials: dict[str, list[Trial]]


def read_maghreb() -> list[tuple[str, str]]:
    """Return the names of public figures of Algeria, Tunisia and Mauritania as pairs; nothing is learned from them."""
    rows = [line.split("\t") for line in MAGHREB.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(fold_name(arabic), latin) for _, arabic, latins in rows for latin in latins.split("|")]


def without_surnames(pairs: list[tuple[str, str]], held: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs that do not end in the last Arabic word of a held-out name."""
    surnames = {_surname(arabic) for arabic, _ in held}
    return [pair for pair in pairs if _surname(pair[0]) not in surnames]


def _surname(arabic: str) -> str:
    return fold_name(arabic).split()[-1].removeprefix("ال")


def hold_out(share: float = 0.3, seed: int = 1) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the pairs to learn from and the ones to measure on."""
    return split_pairs(read_pairs(PAIRS), share, seed)


_MISSPELLINGS = (
    ("ou", "u"), ("u", "ou"), ("ss", "s"), ("el ", "al "), ("El ", "El-"), ("El ", ""), (" ", " El "), ("mm", "m"),
    ("ch", "sh"), ("i", "y"), ("a", "aa"), ("e", "a"), ("é", "e"), ("n", "ne"), ("dj", "j"), ("k", "q"),
)  # fmt: skip


def _misspell(name: str, chance: random.Random) -> str:
    old, new = chance.choice(_MISSPELLINGS)
    return name.replace(old, new, 1)


def make_people(pairs: list[tuple[str, str]], number: int, seed: int = 7) -> list[str]:
    """Make up distinct names: those of the pairs and of West Africa put together anew, some of them misspelled."""
    chance = random.Random(seed)
    split = [latin.split(" ", 1) for _, latin in pairs if " " in latin]
    given, surnames = [one for one, _ in split], [rest for _, rest in split]
    taken = {latin for _, latin in pairs}
    made: dict[str, None] = {}
    while len(made) < number:
        if chance.random() < 0.25:
            name = f"{chance.choice(WEST_AFRICAN_GIVEN)} {chance.choice(WEST_AFRICAN_SURNAMES)}"
            if len(made) > number // 2 or name in made:
                name = f"{chance.choice(WEST_AFRICAN_GIVEN)} {name}"
        else:
            first = chance.choice(given)
            if chance.random() < 0.15:
                first += " " + chance.choice(given)
            name = f"{first} {chance.choice(surnames)}"
        if chance.random() < 0.15:
            name = _misspell(name, chance)
        if chance.random() < 0.1:
            words = name.split()
            name = " ".join([*words[1:], words[0]])
        if name not in taken:
            made[name] = None
    return list(made)


def make_register(held: list[tuple[str, str]], everything: list[tuple[str, str]], number: int) -> Register:
    """Store every held-out Latin name among made-up people, and ask for each by all its spellings."""
    spellings: dict[str, dict[str, None]] = {}
    for arabic, latin in held:
        spellings.setdefault(arabic, {})[latin] = None
    stored = dict.fromkeys(latin for _, latin in held)
    arabic_trials = [Trial(arabic, frozenset(latins)) for arabic, latins in spellings.items()]
    by_pair = [Trial(arabic, frozenset({latin})) for arabic, latin in held]
    others = [
        Trial(one, frozenset({other}))
        for latins in spellings.values()
        for one in latins
        for other in latins
        if one != other
    ]
    swapped = [Trial(" ".join([*latin.split()[1:], latin.split()[0]]), frozenset({latin})) for latin in stored]
    chance = random.Random(11)
    west = []
    for one, other in WEST_AFRICAN_SPELLINGS:
        for asked, kept in ((one, other), (other, one)):
            given = chance.choice(WEST_AFRICAN_GIVEN)
            name = f"{given} {kept}"
            stored[name] = None
            west.append(Trial(f"{asked} {given}", frozenset({name})))
    people = make_people(everything, max(0, number - len(stored)))
    names = list(dict.fromkeys([*stored, *people]))[:number]
    chance.shuffle(names)
    trials = {"Arabic": arabic_trials, "Arabic, each pair": by_pair, "other Latin": others, "swapped Latin": swapped,
              "West African, swapped": west}  # fmt: skip
    return Register(names, trials)


_PARTICLE = re.compile(r"\b(?:el|al|ben|bin|ould|mint|ait|bou|abou)[ -](?=\S)", re.IGNORECASE)


def make_plain_register(held: list[tuple[str, str]], everything: list[tuple[str, str]], number: int) -> Register:
    """Store one Latin name for each held-out one among made-up people, and ask for it by the spellings not stored."""
    stored = dict(reversed(held))
    others = [Trial(latin, frozenset({stored[arabic]})) for arabic, latin in held if latin != stored[arabic]]
    people = make_people(everything, max(0, number - len(stored)))
    names = list(dict.fromkeys([*stored.values(), *people]))[:number]
    random.Random(11).shuffle(names)
    return Register(names, {"Latin, not stored": others})


def odd_trials(held: list[tuple[str, str]], names: list[str], seed: int = 13) -> dict[str, list[Trial]]:
    """Ask for the held-out names by less than their spellings: one word, no particle, a slip, digits of a phone."""
    chance = random.Random(seed)
    bearers: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for word in fold_name(name).split():
            bearers[word].add(name)
    places = {name: place for place, name in enumerate(names)}
    trials: dict[str, list[Trial]] = {
        kind: [] for kind in ("one Arabic word", "no particle", "a slip", "name, 4 digits")
    }
    for arabic, latin in held:
        if latin not in places:
            continue
        words = latin.split()
        if len(words) == len(arabic.split()) == 2:
            wanted = frozenset(bearers[fold_name(words[1])])
            trials["one Arabic word"].append(Trial(arabic.split()[1], wanted))
        bare = _PARTICLE.sub("", latin)
        if bare != latin and len(bare.split()) > 1:
            trials["no particle"].append(Trial(bare, frozenset({latin})))
        trials["a slip"].append(Trial(_slip(latin, chance), frozenset({latin})))
        trials["name, 4 digits"].append(Trial(f"{words[-1]} {phone_of(places[latin])[-4:]}", frozenset({latin})))
    return trials


def _slip(name: str, chance: random.Random) -> str:
    """Leave out, double, exchange or replace one letter of the longest word, not its first."""
    word = max(name.split(), key=len)
    place = chance.randrange(1, len(word) - 1) if len(word) > 2 else 0
    slipped = chance.choice((
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
        word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :],
        word[:place] + chance.choice("abdefghiklmnorstuy") + word[place + 1 :],
    ))  # fmt: skip
    return name.replace(word, slipped, 1)


def phone_of(place: int) -> str:
    """Give the person at a place of a register a phone."""
    return f"+2126{place * 7_654_321 % 100_000_000:08d}"


def person_ids(names: list[str]) -> dict[str, uuid.UUID]:
    """Give each stored name an id."""
    return {name: uuid.uuid5(uuid.NAMESPACE_OID, name) for name in names}
