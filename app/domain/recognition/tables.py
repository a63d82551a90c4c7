"""The learned tables, shipped as text in ``resources/recognition`` and written by ``tools/train_recognition.py``.

For each pair of letter groups (ش / ch, و / ou, h / nothing …), and for whole words seen together in the name pairs, the
cost of having asked for the one where the other is stored: natural logarithms, 0 is "as likely as can be", 3 is "twenty
times less".
"""

from functools import cache
from importlib import resources
from pathlib import Path

Units = dict[str, dict[str, float]]

# Another folder of tables, for training and for measuring on names held out.
_folder: Path | None = None


def choose_folder(folder: Path | None) -> None:
    """Read the tables from another folder from now on (None: the ones shipped)."""
    global _folder  # noqa: PLW0603
    _folder = folder
    load_units.cache_clear()
    load_words.cache_clear()
    stored_groups.cache_clear()


def _read_lines(name: str) -> list[list[str]]:
    folder = _folder or resources.files("resources").joinpath("recognition")
    text = folder.joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def load_units() -> dict[tuple[bool, bool], Units]:
    """Return the costs of letter groups by script (Arabic or not) asked and stored: group asked, group stored, cost."""
    costs: dict[tuple[bool, bool], Units] = {(asked, stored): {} for asked in (False, True) for stored in (False, True)}
    for kind, asked, stored, cost in _read_lines("units.tsv"):
        costs[kind[0] == "A", kind[1] == "A"].setdefault(asked, {})[stored] = float(cost)
    return costs


@cache
def stored_groups(asked: bool, stored: bool) -> frozenset[str]:
    """Return the groups of stored letters that answer anything, by script (Arabic or not) asked and stored."""
    return frozenset().union(*load_units()[asked, stored].values())


@cache
def load_words() -> dict[str, dict[str, float]]:
    """Return the costs of whole words seen together: word asked, word stored, cost."""
    words: dict[str, dict[str, float]] = {}
    for asked, stored, cost in _read_lines("words.tsv"):
        words.setdefault(asked, {})[stored] = float(cost)
    return words


def known_spellings(word: str) -> list[str]:
    """Return the words, of either script, that were seen for a word in the pairs."""
    return list(load_words().get(word, ()))
