"""Rebuild the tables of ``resources/recognition`` from public name pairs: ``python -m tools.train_recognition``.

A joint model of letter groups is fitted by expectation-maximisation over the pairs, starting from, and held to,
what is known of romanisation (``letters.tsv``, ``latin.tsv``, ``names.tsv``). Costs between two spellings in one
script follow from it: two Latin groups are as close as the Arabic letters are likely that both stand for.
"""

import argparse
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.domain.recognition import model
from app.domain.recognition.folding import is_arabic
from app.domain.recognition.model import END
from app.domain.recognition.words import Word, cut_words
from tools.letter_groups import NOTHING, PRIOR_WEIGHT, Counts, Group, fit, read_letters

HERE = Path(__file__).parent / "recognition"
TARGET = Path(__file__).parent.parent / "resources" / "recognition"
FORWARD = 0.8
DEAREST = 6.0
# One consonant taken for another that is no kin of it.
STRANGERS = 7.0
DOUBLED = 0.3
RARE, RARE_LONG = 0.08, 0.4


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """Read Arabic and Latin spellings of names, one pair a line, the first line a heading."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [(arabic, latin) for arabic, latin in (line.split("\t")[:2] for line in lines if line)]


def _best_starts(arabic: Word, latin: Word) -> tuple[int, int]:
    return min(
        (
            (model.compare_parts(arabic.letters[i:], latin.letters[j:]) + model.particle_cost(kinds, others), i, j)
            for i, kinds in arabic.starts
            for j, others in latin.starts
        ),
    )[1:]


def align_words(pairs: Iterable[tuple[str, str]]) -> Counter[tuple[Word, Word]]:
    """Match the words of each pair of names with the tables as they stand."""
    aligned: Counter[tuple[Word, Word]] = Counter()
    for arabic, latin in pairs:
        ours, theirs = cut_words(arabic), cut_words(latin)
        costs = sorted(
            (model.word_costs(one, [other], known=False)[other.text], i, j)
            for i, one in enumerate(ours)
            for j, other in enumerate(theirs)
        )
        used: set[tuple[str, int]] = set()
        for cost, i, j in costs:
            if ("a", i) in used or ("l", j) in used or cost > min(10.0, 2.0 + 1.1 * len(ours[i].text)):
                continue
            used |= {("a", i), ("l", j)}
            aligned[ours[i], theirs[j]] += 1
    return aligned


def read_names(path: Path) -> list[tuple[str, str]]:
    """Read name words with their common spellings as pairs."""
    rows = [
        line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return [(arabic, latin) for arabic, spellings in rows for latin in dict.fromkeys(spellings.split())]


def _doubt(group: str) -> float:
    """Return what is added to the count of a group: a long one seen once proves little."""
    return 0.5 if len(group.rstrip(END)) <= 1 else 3.0


def _costs(
    counts: Mapping[Group, float], first: Mapping[str, float], second: Mapping[str, float]
) -> dict[Group, float]:
    """Return what it costs to have asked for `one` where `other` is stored, for each pair of groups.

    The likelihood of `one` given `other`, relative to the likeliest origin of its letters, so that costs add up to
    how much better a name could answer; and a share of the likelihood in the other direction, for equals.
    """
    given = {group: count / second[group[1]] for group, count in counts.items() if count > 0}
    best: dict[str, float] = defaultdict(float)
    for (one, _), chance in given.items():
        if len(one.rstrip(END)) <= 1:
            best[one] = max(best[one], chance)
    costs: dict[Group, float] = {}
    for (one, other), chance in given.items():
        most = best[one] if one in best else math.prod(best.get(letter, 1.0) or 1.0 for letter in one)
        backward = counts[one, other] / first[one]
        relative = -math.log(chance / most) if one else -math.log(chance)
        costs[one, other] = max(0.0, FORWARD * relative - (1 - FORWARD) * math.log(backward))
    return costs


def _compose(counts: Mapping[Group, float], side: int, totals: Mapping[str, float]) -> dict[Group, float]:
    """Derive how often two groups of one script stand for the same group of the other."""
    shared: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for group, count in counts.items():
        shared[group[1 - side]].append((group[side], count))
    derived: dict[Group, float] = defaultdict(float)
    for pivot, members in shared.items():
        for (one, many), (other, more) in itertools.product(members, repeat=2):
            derived[one, other] += many * more / totals[pivot]
    return derived


def derive_tables(fitted: Counts, words: Mapping[tuple[str, str], int]) -> dict[str, Counts]:
    """Turn counts into cost tables, by the scripts asked and stored: AL, LA, LL and AA."""
    counts = {group: count for group, count in fitted.items() if count > (RARE if len(group[0]) < 2 else RARE_LONG)}  # noqa: PLR2004
    used_arabic: dict[str, float] = defaultdict(float)
    used_latin: dict[str, float] = defaultdict(float)
    for (one, other), count in counts.items():
        used_arabic[one] += count
        used_latin[other] += count
    slots = sum((1 + math.log(number)) * len(one) for (one, _), number in words.items()) or 1000.0
    counts[NOTHING, NOTHING] = max(1.0, slots - used_arabic[NOTHING])
    firsts = {one: count + _doubt(one) for one, count in used_arabic.items()} | {NOTHING: slots}
    seconds = {other: count + _doubt(other) for other, count in used_latin.items()} | {NOTHING: slots}
    flipped = {(other, one): count for (one, other), count in counts.items()}
    tables = {"AL": _costs(counts, firsts, seconds), "LA": _costs(flipped, seconds, firsts)}
    for name, side, totals, pivots in (("LL", 1, seconds, firsts), ("AA", 0, firsts, seconds)):
        tables[name] = _costs(_compose(counts, side, pivots), totals, totals)
        tables[name] |= {(group, group): 0.0 for group in totals}
    for table in tables.values():
        table.pop((NOTHING, NOTHING), None)
    return tables


def derive_words(aligned: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], float]:
    """Return the costs of whole words seen together: Arabic to Latin, and Latin spellings of one Arabic word."""
    arabic: Counter[str] = Counter()
    latin: Counter[str] = Counter()
    spellings: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (one, other), number in aligned.items():
        arabic[one] += number
        latin[other] += number
        spellings[one].append((other, number))
    seen: Counts = defaultdict(float, aligned)
    seen.update({(other, one): number for (one, other), number in aligned.items()})
    for one, members in spellings.items():
        for (first, many), (second, more) in itertools.permutations(members, 2):
            seen[first, second] += many * more / (arabic[one] + 1)
    totals = arabic + latin
    costs: dict[tuple[str, str], float] = {}
    for (one, other), count in seen.items():
        most = max(count, 0.3 * totals[one])
        forward = -math.log(count / (totals[other] + 1) / (most / (totals[one] + 1)))
        costs[one, other] = max(0.0, FORWARD * forward) - (1 - FORWARD) * math.log(count / (totals[one] + 1))
    return costs


def _merge_latin(table: dict[Group, float], path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        one, other, cost = line.split("\t")
        for group in ((one, other), (other, one)):
            table[group] = min(table.get(group, math.inf), float(cost))


def _complete(table: dict[Group, float], letters: Iterable[Group]) -> None:
    """Give every letter a dear way out, so that any two words can be compared."""
    for group in letters:
        table[group] = min(table.get(group, DEAREST), DEAREST)


def read_kinds(path: Path) -> dict[Group, float]:
    """Read what it costs to take one letter group for another, of either script, by their kinds."""
    kinds: dict[str, list[str]] = {}
    costs: dict[Group, float] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        name, *rest = line.split("\t")
        one, other = name[0], name[-1]
        if "~" not in name:
            kinds[name] = " ".join(rest).split()
            continue
        for first, second in itertools.product(kinds[one], kinds[other]):
            cost = 0.0 if first == second else float(rest[0])
            for group in ((first, second), (second, first)):
                costs[group] = min(cost, costs.get(group, math.inf))
    consonants = [group for kind, groups in kinds.items() if kind != "V" for group in groups]
    for first, second in itertools.product(consonants, repeat=2):
        costs.setdefault((first, second), 0.0 if first == second else STRANGERS)
    return costs


def _soften(table: dict[Group, float], kind: str, kin: Mapping[Group, float]) -> None:
    """Let what no pair shows cost by the kinds of the letters, and doubled consonants as single ones."""
    for (one, other), cost in kin.items():
        if (is_arabic(one), is_arabic(other)) == (kind[0] == "A", kind[1] == "A"):
            table[one, other] = min(cost, table.get((one, other), math.inf))
    for side in (0, 1):
        if kind[side] == "A":
            continue
        for group, cost in list(table.items()):
            for doubled in _double(group[side]):
                wider = (doubled, group[1]) if side == 0 else (group[0], doubled)
                table[wider] = min(cost + DOUBLED, table.get(wider, math.inf))


def _double(group: str) -> tuple[str, ...]:
    if len(group) == 1 and group.isalpha() and group not in "aeiouy":
        return (group * 2,)
    if group in {"ch", "sh", "kh", "gh", "th", "dh", "dj"}:
        return (group * 2, group[0] + group)
    return ()


def train(
    pairs: list[tuple[str, str]], target: Path, iterations: int = 3, names: list[tuple[str, str]] | None = None
) -> None:
    """Fit to the pairs of whole names and of name words (None: those of ``names.tsv``), and write the tables."""
    if names is None:
        names = read_names(HERE / "names.tsv")
    prior, kin = read_letters(HERE / "letters.tsv"), read_kinds(HERE / "sounds.tsv")
    target.mkdir(parents=True, exist_ok=True)
    counts: Counts = {group: weight * PRIOR_WEIGHT for group, weight in prior.items()}
    words: Counter[tuple[str, str]] = Counter()
    common = Counter({(cut_words(arabic)[0], cut_words(latin)[0]): 1 for arabic, latin in names})
    aligned = Counter(common)
    for iteration in range(iterations + 1):
        tables = derive_tables(counts, words)
        _merge_latin(tables["LL"], HERE / "latin.tsv")
        letters = {letter for table in tables.values() for group in table for letter in group[0]} - {END}
        for kind, table in tables.items():
            table[END, END] = min(table.get((END, END), 0.5), 0.5)
            scripts = [{letter for letter in letters if is_arabic(letter) == (script == "A")} for script in kind]
            _complete(table, [(letter, "") for letter in scripts[0]] + [("", letter) for letter in scripts[1]])
            _soften(table, kind, kin)
        tables["LL"][END, END] = tables["AA"][END, END] = 0.0
        seen = derive_words(Counter({(one.text, other.text): number for (one, other), number in aligned.items()}))
        write(tables, seen, target)
        model.use_tables(target)
        if iteration == iterations:
            break
        aligned = align_words(pairs) + common
        words = Counter()
        for (one, other), number in aligned.items():
            i, j = _best_starts(one, other)
            words[one.letters[i:] + END, other.letters[j:] + END] += number
        counts = fit(words, prior)


def write(tables: Mapping[str, Mapping[Group, float]], words: Mapping[tuple[str, str], float], target: Path) -> None:
    """Write units.tsv and words.tsv."""
    lines = ["# asked and stored script, group asked, group stored, cost: written by tools/train_recognition.py"]
    for kind, table in tables.items():
        lines += [
            f"{kind}\t{one}\t{other}\t{cost:.2f}" for (one, other), cost in sorted(table.items()) if cost <= STRANGERS
        ]
    (target / "units.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = ["# word, word, cost: written by tools/train_recognition.py"]
    lines += [f"{one}\t{other}\t{max(0.0, cost):.2f}" for (one, other), cost in sorted(words.items())]
    (target / "words.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Train on all pairs."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--output", type=Path, default=TARGET)
    options = arguments.parse_args()
    train(read_pairs(HERE / "pairs.tsv"), options.output)


if __name__ == "__main__":
    main()
