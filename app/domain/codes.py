"""Code lists: data in `resources/codes/<list>.json`, each code with its label in three languages.

A code, once given out, keeps its meaning for ever: hubs may hide one, nobody reuses it.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TypeVar

Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a list. `code` is what is stored."""

    code: str
    fr: str
    en: str
    ar: str

    def label(self, language: str) -> str:
        """The label in French, Arabic or (any other language) English."""
        return {"fr": self.fr, "ar": self.ar}.get(language, self.en)


@cache
def code_list(name: str) -> tuple[Code, ...]:
    """The codes of a list in their order. Raises FileNotFoundError for a list that is not shipped."""
    text = (files("resources") / "codes" / f"{name}.json").read_text(encoding="utf-8")
    return tuple(Code(**entry) for entry in json.loads(text))


@cache
def _by_code(name: str) -> dict[str, Code]:
    return {entry.code: entry for entry in code_list(name)}


def is_code(name: str, code: str) -> bool:
    """Whether the list has the code."""
    return code in _by_code(name)


def code_label(name: str, code: str, language: str) -> str:
    """The label of a stored code; a code that this version does not know is shown as it is."""
    entry = _by_code(name).get(code)
    return entry.label(language) if entry else code


def read_code(kind: type[Kind], code: str) -> Kind:
    """The member that a stored code means; one that only a newer version knows stands for itself and is no member."""
    try:
        return kind(code)
    except ValueError:
        unknown = str.__new__(kind, code)
        unknown._name_, unknown._value_ = code, code
        return unknown
