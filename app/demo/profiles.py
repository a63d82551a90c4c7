"""Who comes to a demo hub: shares of nationalities, ages, situations and counters.

Published figures of the sample that the demo imitates: half of the visitors are Moroccans; of the migrants 59.3 % are
men, 42.5 % are 15 to 29 and 43.7 % are 30 to 44 years old; 16.7 % come from Côte d'Ivoire, 15.9 % from Senegal, 13.2 %
from Guinea, 10.1 % from DR Congo, 8.7 % from Cameroon, 4.9 % from Mali.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Shares = Mapping[str, float]

_NAMED: Final = {"CI": 16.7, "SN": 15.9, "GN": 13.2, "CD": 10.1, "CM": 8.7, "ML": 4.9}
_WEST: Final = {
    "NG": 4.2,
    "BF": 2.4,
    "BJ": 1.9,
    "TG": 1.8,
    "NE": 1.5,
    "GH": 1.5,
    "GM": 1.3,
    "GW": 1.1,
    "SL": 1,
    "LR": 0.8,
}
_OTHERS: Final = {"SL": 1.0, "LR": 0.8, "CG": 3.6, "GA": 2.1, "CF": 2.0, "TD": 1.6}
_ARAB: Final = {"SY": 1.0, "MR": 0.9, "DZ": 0.5, "YE": 0.5, "SD": 0.4, "TN": 0.2, "EG": 0.2}
MIGRANT_NATIONALITIES: Final[Shares] = MappingProxyType(_NAMED | _WEST | _OTHERS | _ARAB)
MIGRANT_MEN: Final = 0.593
MOROCCAN_MEN: Final = 0.48

MIGRANT_AGES: Final = (((15, 29), 42.5), ((30, 44), 43.7), ((45, 62), 13.8))
MOROCCAN_AGES: Final = (((17, 29), 46.0), ((30, 44), 37.0), ((45, 66), 17.0))

LANGUAGES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "MA": ("ar", "fr"),
        "CI": ("fr", "dyu"),
        "SN": ("fr", "wo"),
        "GN": ("fr", "ff"),
        "CD": ("fr", "ln"),
        "CG": ("fr", "ln"),
        "ML": ("fr", "bm"),
        "NG": ("en",),
        "GH": ("en",),
        "GM": ("en",),
        "SL": ("en",),
        "LR": ("en",),
        "GW": ("pt",),
        **dict.fromkeys(("MR", "DZ", "TN", "SY", "YE", "SD", "EG"), ("ar",)),
    }
)
"""Spoken by most; French where a nationality is not named."""

_REGULAR: Final[Shares] = MappingProxyType(
    {"valid_permit": 44, "regularised": 14, "receipt": 12, "refugee": 6, "asylum_seeker": 4, "visa_student": 14}
    | {"not_stated": 6}
)
_MIXED: Final[Shares] = MappingProxyType(
    {"valid_permit": 18, "regularised": 9, "receipt": 11, "refugee": 9, "asylum_seeker": 13, "visa_student": 6}
    | {"irregular": 24, "stateless": 1, "not_stated": 6, "refused": 3}
)
EDUCATION: Final[Shares] = MappingProxyType(
    {"none": 9, "primary": 17, "lower_secondary": 22, "upper_secondary": 24, "higher": 18, "vocational": 10}
)

REASONS: Final[Mapping[str, Shares]] = MappingProxyType(
    {
        "startup": {"startup": 60, "appointment": 22, "information": 14, "training": 4},
        "auto_entrepreneur": {"auto_entrepreneur": 58, "information": 18, "papers": 10, "appointment": 14},
        "associations": {"associations": 62, "appointment": 20, "training": 10, "information": 8},
        "marketing": {"marketing": 40, "employment": 32, "legal_aid": 12, "information": 10, "appointment": 6},
        "orientation": {
            "orientation": 18,
            "health": 24,
            "education": 16,
            "training": 14,
            "employment": 20,
            "papers": 8,
        },
    }
)


@dataclass(frozen=True, slots=True)
class HubProfile:
    """How one hub differs. `desk` is the letter of its installation, `saturdays` whether it opens then."""

    code: str
    manager: str
    counters: Shares
    residence: Shares
    migrants: float = 0.5
    saturdays: bool = False
    visits_a_year: int = 3000
    desk: str = "A"


_FOUR: Final[Shares] = MappingProxyType({"startup": 34, "auto_entrepreneur": 30, "associations": 11, "marketing": 25})
_FIVE: Final[Shares] = MappingProxyType(
    {"startup": 16, "auto_entrepreneur": 21, "associations": 8, "marketing": 17, "orientation": 38}
)
_PROFILES: Final[Mapping[str, HubProfile]] = MappingProxyType(
    {
        "RBT": HubProfile("RBT", "Samira Ouchen", _FOUR, _REGULAR),
        "TNG": HubProfile("TNG", "Nabil Harrak", _FOUR, _REGULAR, saturdays=True, visits_a_year=2900),
        "OUJ": HubProfile("OUJ", "Touria Amghar", _FIVE, _MIXED, visits_a_year=3150),
        "BML": HubProfile("BML", "Fouad Oubella", _FIVE, _MIXED, migrants=0.45, visits_a_year=2850),
    }
)


def profile_of(hub_code: str) -> HubProfile:
    """What a hub is like; one that is not known here is like Rabat."""
    known = _PROFILES.get(hub_code)
    return known or HubProfile(hub_code, "Samira Ouchen", _FOUR, _REGULAR)
