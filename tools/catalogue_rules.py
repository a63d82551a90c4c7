"""What a catalogue must be to count as whole: every sentence, no other, and in each what its source has in it."""

import re
from collections import Counter
from collections.abc import Iterator
from gettext import c2py
from string import Formatter
from typing import Final

from babel.messages.catalog import Catalog, Message

_PERCENT: Final = re.compile(r"%(?:\([a-z_]+\))?[srdi]")
_TRIED_NUMBERS: Final = range(1000)
_NARROW: Final = "\u00a0\u202f"
# French sets a space that does not break before high punctuation and inside its quotation marks
_BARE_IN_FRENCH: Final = re.compile(rf"(?<![{_NARROW}])[;!?»](?=\s|$)|(?<![{_NARROW}\d]):(?=\s|$)|«(?![{_NARROW}])")
_LATIN_IN_ARABIC: Final = re.compile(r"(?<=[\u0621-\u064a»)}])[,;?]")


def find_faults(template: Catalog, catalogue: Catalog, language: str, plurals: str) -> Iterator[str]:
    """What is wrong with a catalogue of a language (fr or ar), compared with the sentences of the source."""
    header = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"
    if header.replace(" ", "") != plurals.replace(" ", ""):
        yield f"the plural forms are “{header}”, not “{plurals}”"
        return
    for message in template:
        if not message.id:
            continue
        known = catalogue.get(message.id, message.context)
        if known is None:
            yield f"not there: {message.id!r}"
        else:
            yield from (f"{fault}: {known.id!r}" for fault in _message_faults(message, known, language, catalogue))
    wanted = {(_singular(message), message.context) for message in template}
    for message in (*catalogue, *catalogue.obsolete.values()):
        if (_singular(message), message.context) not in wanted:
            yield f"not in the source any more: {message.id!r}"


def forms_of(message: Message) -> tuple[str, ...]:
    """The translation: one form, or one for each plural form of the language; an absent one is empty."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _singular(message: Message) -> str:
    return _ids(message)[0]


def _message_faults(source: Message, known: Message, language: str, catalogue: Catalog) -> Iterator[str]:
    if known.fuzzy:
        yield "fuzzy"
    if _ids(source) != _ids(known):
        yield "another plural in the source"
        return
    forms = forms_of(known)
    if len(forms) != (catalogue.num_plurals if source.pluralizable else 1) or not all(forms):
        yield "not translated"
        return
    model = _ids(source)[-1]
    single = numbers_of_one(catalogue.plural_expr) if source.pluralizable else frozenset()
    for place, form in enumerate(forms):
        yield from _placeholder_faults(model, form, may_omit=place in single)
        yield from _form_faults(model, form, language)


def numbers_of_one(expression: str) -> frozenset[int]:
    """The plural forms that one number alone takes, such as Arabic's dual: there the word says the number."""
    form_of = c2py(expression)
    counted = Counter(form_of(number) for number in _TRIED_NUMBERS)
    return frozenset(form for form, count in counted.items() if count == 1)


def fields_of(text: str) -> Counter[str]:
    """The places in a sentence where the program puts something in, named or printf's."""
    named = (name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None)
    return Counter([*named, *_PERCENT.findall(text)])


def _placeholder_faults(model: str, form: str, *, may_omit: bool) -> Iterator[str]:
    try:
        wanted, found = fields_of(model), fields_of(form)
    except ValueError:
        yield "braces that can't be filled"
        return
    missing, foreign = wanted - found, found - wanted
    if foreign or (missing and not (may_omit and missing.total() == 1)):
        yield f"other placeholders, {sorted(found)} for {sorted(wanted)}"


def _form_faults(model: str, form: str, language: str) -> Iterator[str]:
    if _edges(model) != _edges(form):
        yield "other blanks at an end"
    if model.count("\n") != form.count("\n"):
        yield "other line breaks"
    if language == "fr" and (bare := _BARE_IN_FRENCH.search(form)):
        yield f"“{bare.group()}” without its space that does not break"
    if language == "ar" and (latin := _LATIN_IN_ARABIC.search(form)):
        yield f"“{latin.group()}” is not Arabic punctuation"


def _edges(text: str) -> tuple[str, str]:
    bare = text.strip()
    return (text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if bare else "")
