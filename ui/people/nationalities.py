"""The countries somebody may be a national of, found by what people call them."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from babel import Locale

from app.i18n import LOCALES, current_language

_STATES: Final = """
AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU
CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ
IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU
MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM
SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS XK YE ZA ZM ZW
"""
_FREQUENT: Final = "MA CI SN GN CM ML CD NG CG GA BF TG BJ SY YE MR GM NE TD CF SL LR GH DZ TN EG SD"

STATES: Final = tuple(_STATES.split())
"""ISO 3166 alpha-2 of the members and observers of the United Nations, TW and XK: a territory has no nationals."""

FREQUENT: Final = tuple(_FREQUENT.split())
"""Whom the hubs see most, offered before the others where several begin alike."""

_ALSO_CALLED: Final = {
    "BF": "burkinabe haute-volta",
    "BJ": "beninois beninoise",
    "CD": "rdc drc congolais congolaise zaire kinshasa democratique democratic الديمقراطية الكونغولي",
    "CF": "centrafricain centrafricaine rca",
    "CG": "congolais congolaise brazzaville",
    "CI": "ivoirien ivoirienne ivory coast ivoire rci الايفوري كوت ديفوار",
    "CM": "camerounais camerounaise",
    "DZ": "algerien algerienne",
    "EG": "egyptien egyptienne",
    "ES": "espagnol espagnole",
    "FR": "francais francaise",
    "GA": "gabonais gabonaise",
    "GB": "uk britannique anglais anglaise",
    "GH": "ghaneen ghaneenne",
    "GM": "gambien gambienne",
    "GN": "guineen guineenne conakry",
    "GQ": "malabo",
    "GW": "bissau",
    "IT": "italien italienne",
    "LR": "liberien liberienne",
    "LY": "libyen libyenne",
    "MA": "marocain marocaine moroccan maghrib",
    "ML": "malien malienne",
    "MR": "mauritanien mauritanienne",
    "NE": "nigerien nigerienne",
    "NG": "nigerian nigeriane nigerians",
    "SD": "soudanais soudanaise",
    "SL": "sierra-leonais sierra-leonaise",
    "SN": "senegalais senegalaise",
    "SY": "syrien syrienne",
    "TD": "tchadien tchadienne chad",
    "TG": "togolais togolaise",
    "TN": "tunisien tunisienne",
    "US": "usa americain americaine",
    "YE": "yemenite",
}
"""What people say for themselves or for their country, besides the names of CLDR."""

_FOLDED: Final = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "’": "'", "-": " "}
)


@dataclass(frozen=True, slots=True)
class Country:
    """A country to choose: its code, its name in the language of the window, and the words it is found by."""

    code: str
    name: str
    words: tuple[str, ...]


def fold(text: str) -> str:
    """Small letters without accents; the forms of alif and the like as one."""
    spread = unicodedata.normalize("NFD", text.casefold().translate(_FOLDED))
    return " ".join("".join(char for char in spread if not unicodedata.combining(char)).split())


@cache
def countries(language: str) -> tuple[Country, ...]:
    """All countries in a language, the frequent ones first."""
    names = {key: Locale.parse(locale).territories for key, locale in LOCALES.items()}
    order = {code: place for place, code in enumerate(FREQUENT)}
    found = []
    for code in STATES:
        called = [fold(str(names[key][code])) for key in (language, *(other for other in LOCALES if other != language))]
        words = [
            *called,
            *(word for name in called for word in name.split()),
            *fold(_ALSO_CALLED.get(code, "")).split(),
        ]
        found.append(Country(code, str(names[language][code]), tuple(dict.fromkeys([*words, code.casefold()]))))
    return tuple(sorted(found, key=lambda country: (order.get(country.code, len(order)), fold(country.name))))


def suggest_countries(typed: str, limit: int = 6) -> tuple[Country, ...]:
    """Countries for what was typed: those whose name begins so, then those with a word or another name that does."""
    start = fold(typed)
    if not start:
        return countries(current_language())[:limit]
    ranked: list[tuple[int, int, Country]] = []
    for place, country in enumerate(countries(current_language())):
        if start in (country.words[0], country.code.casefold()):
            ranked.append((0, place, country))
        elif country.words[0].startswith(start):
            ranked.append((1, place, country))
        elif any(word.startswith(start) for word in country.words):
            ranked.append((2, place, country))
    ranked.sort(key=lambda entry: entry[:2])
    return tuple(country for _rank, _place, country in ranked[:limit])


def find_country(typed: str) -> Country | None:
    """The country that is meant, None when nothing is called so."""
    return next(iter(suggest_countries(typed, 1)), None) if typed.strip() else None
