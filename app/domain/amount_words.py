"""Amounts in words, as agreements and receipts have them, in French, English and Arabic.

French by the rules taught in Morocco (Grevisse § 599-602): soixante-dix, quatre-vingts, hyphens below a hundred only,
cent and vingt with an s at the end, « de » before the currency after a round million. Arabic in modern standard
grammar: from 3 to 10 the number takes the other gender and the counted noun stands in the genitive plural; from 11
to 99 it stands in the accusative singular; after hundreds and thousands in the genitive singular; one and two are
said by the noun itself. Numbers of money stand after a verb (مبلغ قدره), thus in the nominative: ألفان, عشرون.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Final, NamedTuple

from app.domain.money import Currency, Money, to_centime

_LARGEST: Final = 10**12

_FR_UNITS: Final = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_FR_TENS: Final = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt",
                   "quatre-vingt")  # fmt: skip
_EN_UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_EN_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_AR_MASCULINE: Final = ("", "واحد", "اثنان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع", "عشر")
"""The short forms, which stand before a feminine noun."""
_AR_FEMININE: Final = ("", "واحدة", "اثنتان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة")
"""The forms with ة, which stand before a masculine noun."""
_AR_TENS: Final = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
_AR_HUNDREDS: Final = ("", "مائة", "مائتان", "ثلاثمائة", "أربعمائة", "خمسمائة", "ستمائة", "سبعمائة", "ثمانمائة",
                       "تسعمائة")  # fmt: skip


class Noun(NamedTuple):
    """What is counted in Arabic: one, two, a few (3-10), many (11-99), and after a hundred."""

    one: str
    two: str
    few: str
    many: str
    hundred: str
    feminine: bool = False


_THOUSAND: Final = Noun("ألف", "ألفان", "آلاف", "ألفا", "ألف")
_MILLION: Final = Noun("مليون", "مليونان", "ملايين", "مليونا", "مليون")
_MILLIARD: Final = Noun("مليار", "ملياران", "ملايير", "مليارا", "مليار")
_AR_NOUNS: Final = {
    Currency.MAD: (Noun("درهم واحد", "درهمان", "دراهم", "درهما", "درهم"),
                   Noun("سنتيم واحد", "سنتيمان", "سنتيمات", "سنتيما", "سنتيم")),
    Currency.EUR: (Noun("أورو واحد", "أوروان", "أورو", "أورو", "أورو"),
                   Noun("سنتيم واحد", "سنتيمان", "سنتيمات", "سنتيما", "سنتيم")),
}  # fmt: skip
_AR_BEFORE_NOUN: Final = {"مائتان": "مائتا", "ألفان": "ألفا", "مليونان": "مليونا", "ملياران": "مليارا"}
"""A dual loses its nun before the noun that it counts."""
_NAMES: Final = {
    "fr": {Currency.MAD: ("dirham", "dirhams", "centime", "centimes"),
           Currency.EUR: ("euro", "euros", "centime", "centimes")},
    "en": {Currency.MAD: ("dirham", "dirhams", "centime", "centimes"),
           Currency.EUR: ("euro", "euros", "cent", "cents")},
}  # fmt: skip


def in_words(money: Money, language: str) -> str:
    """An amount in words in fr, en or ar, exact to the centime: « deux mille cinq cents dirhams et dix centimes ».

    Raises ValueError for amounts below nothing, from 10^12 on, or finer than a centime.
    """
    amount = money.amount
    if amount != to_centime(amount) or not 0 <= amount < _LARGEST:
        raise ValueError(f"no amount to be put in words: {amount}")
    whole = int(amount)
    cents = int((amount - whole) * Decimal(100))
    if language == "ar":
        return _join_arabic(whole, cents, money.currency)
    names = _NAMES["fr" if language == "fr" else "en"][money.currency]
    say, joined = (french, " et ") if language == "fr" else (english, " and ")
    parts = []
    if whole or not cents:
        # zero is singular in French, plural in English
        plural = whole > 1 or (whole == 0 and language != "fr")
        of = "de " if language == "fr" and whole >= 10**6 and whole % 10**6 == 0 else ""
        parts.append(f"{say(whole)} {of}{names[plural]}")
    if cents:
        parts.append(f"{say(cents)} {names[2 + (cents > 1)]}")
    return joined.join(parts)


def french(number: int) -> str:
    """A whole number from 0 to 999 999 999 999 in French."""
    return _in_groups(number, _FR_UNITS[0], _french_group)


def english(number: int) -> str:
    """A whole number from 0 to 999 999 999 999 in English, with the British « and »."""
    words = _in_groups(number, _EN_UNITS[0], _english_group)
    low = number % 1000
    return words if not (number > 1000 and 0 < low < 100) else _with_and(words, _english_hundred(low))  # noqa: PLR2004


def arabic(number: int, noun: Noun) -> str:
    """A whole number from 0 to 999 999 999 999 with its noun, which follows what was said last."""
    if not number:
        return f"صفر {noun.hundred}"
    rest = number % 1000
    if number > rest and rest in {1, 2}:
        # one and two are said by the noun: a thousand dirhams and one dirham
        return f"{arabic(number - rest, noun)} و{(noun.one, noun.two)[rest - 1]}"
    groups = ((number // 1000**power % 1000, each) for power, each in ((3, _MILLIARD), (2, _MILLION), (1, _THOUSAND)))
    parts = [_arabic_group(group, each) for group, each in groups if group]
    if rest:
        return " و".join([*parts, _arabic_group(rest, noun)])
    return f"{_construct(' و'.join(parts))} {noun.hundred}"


def _in_groups(number: int, nothing: str, say: Callable[[int, int], str]) -> str:
    """The groups of three digits from the left."""
    if not number:
        return nothing
    groups = []
    for power in (3, 2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            groups.append(say(group, power))
    return " ".join(groups)


def _french_group(group: int, power: int) -> str:
    if power == 1:
        # mille has no plural, and cent and vingt lose their s before it
        return "mille" if group == 1 else f"{_french_hundred(group, ends=False)} mille"
    words = _french_hundred(group, ends=True)
    if power == 0:
        return words
    name = {2: "million", 3: "milliard"}[power]
    return f"{words} {name}{'s' if group > 1 else ''}"


def _french_hundred(number: int, *, ends: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = []
    if hundreds:
        many = "s" if hundreds > 1 and not rest and ends else ""
        words.append(f"cent{many}" if hundreds == 1 else f"{_FR_UNITS[hundreds]} cent{many}")
    if rest:
        words.append(_french_ten(rest, ends=ends))
    return " ".join(words)


def _french_ten(number: int, *, ends: bool) -> str:
    if number < 20:  # noqa: PLR2004
        return _FR_UNITS[number]
    tens, unit = divmod(number, 10)
    if tens in {7, 9}:
        unit += 10
    if not unit:
        return _FR_TENS[tens] + ("s" if tens == 8 and ends else "")  # noqa: PLR2004
    joint = " et " if unit in {1, 11} and tens < 8 else "-"  # noqa: PLR2004
    return f"{_FR_TENS[tens]}{joint}{_FR_UNITS[unit]}"


def _english_group(group: int, power: int) -> str:
    name = ("", " thousand", " million", " billion")[power]
    return f"{_english_hundred(group)}{name}"


def _english_hundred(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    ten = (
        _EN_UNITS[rest]
        if rest < 20  # noqa: PLR2004
        else "-".join(each for each in (_EN_TENS[rest // 10], _EN_UNITS[rest % 10] if rest % 10 else "") if each)
    )
    if not hundreds:
        return ten
    return f"{_EN_UNITS[hundreds]} hundred" + (f" and {ten}" if rest else "")


def _with_and(words: str, last: str) -> str:
    return f"{words.removesuffix(last)}and {last}"


def _join_arabic(whole: int, cents: int, currency: Currency) -> str:
    noun, small = _AR_NOUNS[currency]
    parts = []
    if whole or not cents:
        parts.append(arabic(whole, noun))
    if cents:
        parts.append(arabic(cents, small))
    return " و".join(parts)


def _construct(phrase: str) -> str:
    """How thousands end before what they count: ألفان becomes ألفا درهم, and أحد عشر ألفا becomes أحد عشر ألف درهم."""
    before, space, last = phrase.rpartition(" ")
    bare = last.removeprefix("و")
    changed = _AR_BEFORE_NOUN.get(bare) or {"ألفا": "ألف", "مليونا": "مليون", "مليارا": "مليار"}.get(bare, bare)
    return f"{before}{space}{last[: len(last) - len(bare)]}{changed}"


def _arabic_group(group: int, noun: Noun) -> str:
    """A number from 1 to 999 with its noun."""
    hundreds, rest = divmod(group, 100)
    parts = [_AR_HUNDREDS[hundreds]] if hundreds else []
    if not rest:
        return f"{_AR_BEFORE_NOUN.get(parts[0], parts[0])} {noun.hundred}"
    if rest in {1, 2}:
        alone = (noun.one, noun.two)[rest - 1]
        if not parts:
            return alone
        return f"{_AR_BEFORE_NOUN.get(parts[0], parts[0])} {noun.hundred} و{alone}"
    short = _AR_MASCULINE if noun.feminine else _AR_FEMININE
    if rest <= 10:  # noqa: PLR2004
        parts.append(f"{short[rest]} {noun.few}")
    else:
        parts.append(f"{_arabic_ten(rest, feminine=noun.feminine)} {noun.many}")
    return " و".join(parts)


def _arabic_ten(number: int, *, feminine: bool) -> str:
    """From 11 to 99: eleven and twelve agree with the noun; of 13 to 19 the ten agrees and the unit does not."""
    tens, unit = divmod(number, 10)
    units = _AR_MASCULINE if feminine else _AR_FEMININE
    if tens > 1:
        if not unit:
            return _AR_TENS[tens]
        first = (("إحدى", "اثنتان") if feminine else ("واحد", "اثنان"))[unit - 1] if unit <= 2 else units[unit]  # noqa: PLR2004
        return f"{first} و{_AR_TENS[tens]}"
    ten = "عشرة" if feminine else "عشر"
    if unit <= 2:  # noqa: PLR2004
        return f"{(('إحدى', 'اثنتا') if feminine else ('أحد', 'اثنا'))[unit - 1]} {ten}"
    return f"{units[unit]} {ten}"
