"""The translations: `python -m tools.catalogues update|check|compile`.

`update [FILE.po …]` collects the sentences of the source and brings each catalogue up to it; what is already
translated stays, what else is found in the named files of the same language is taken from there. `check` says what is
wrong and fails; `compile` writes the binary catalogues that the program reads faster.
"""

import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.catalogue_rules import find_faults, forms_of

ROOT: Final = Path(__file__).resolve().parent.parent
LANGUAGES: Final = ("fr", "ar")
"""English is the language of the source: it needs no catalogue."""
PLURALS: Final = {
    "fr": "nplurals=2; plural=(n > 1);",
    # CLDR's order zero, one, two, few, many, other
    "ar": ("nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"),
}
KEYWORDS: Final[dict[str, tuple[int | tuple[int, str], ...] | None]] = {
    "_": None,
    "t": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
COMMENT: Final = "Translators:"
_SOURCES: Final = ("app", "ui")
_METHODS: Final = [("**/migrations/**", "ignore"), ("**.py", "python")]


def catalogue_path(language: str, root: Path = ROOT) -> Path:
    """Where the catalogue of a language stands."""
    return root / "translations" / language / "LC_MESSAGES" / "wasl.po"


def extract(root: Path = ROOT) -> Catalog:
    """All sentences of the program as they stand in the source."""
    template = Catalog(fuzzy=False)
    for source in _SOURCES:
        found = extract_from_dir(root / source, _METHODS, keywords=KEYWORDS, comment_tags=(COMMENT,))
        for path, _line, sentence, comments, context in found:
            template.add(sentence, None, [(f"{source}/{path}", None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    return template


def read_catalogue(path: Path) -> Catalog:
    """A catalogue from its file. Raises OSError, and PoFileError for one that can't be read as such."""
    with path.open("rb") as stream:
        return read_po(stream, abort_invalid=True)


def merge(template: Catalog, language: str, sources: Sequence[Catalog]) -> Catalog:
    """The sentences of the template with the first translation that one of the sources has for each."""
    merged = new_catalogue(language)
    for message in template:
        if message.id:
            merged.add(
                message.id,
                _first_translation(message, merged.num_plurals, sources),
                message.locations,
                auto_comments=message.auto_comments,
                context=message.context,
            )
    return merged


def new_catalogue(language: str) -> Catalog:
    """A catalogue without sentences, with the plural forms of its language."""
    catalogue = Catalog(locale=language, fuzzy=False)
    catalogue.mime_headers = [("Plural-Forms", PLURALS[language])]
    return catalogue


def _first_translation(message: Message, plurals: int, sources: Sequence[Catalog]) -> str | tuple[str, ...]:
    for source in sources:
        known = source.get(message.id, message.context)
        if known is None or known.fuzzy or known.pluralizable != message.pluralizable:
            continue
        forms = forms_of(known)
        if all(forms) and len(forms) == (plurals if message.pluralizable else 1):
            return forms if message.pluralizable else forms[0]
    return ("",) * plurals if message.pluralizable else ""


def write_catalogue(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue in the order of the source's files, with nothing in it that changes by itself."""
    draft = BytesIO()
    write_po(draft, catalogue, width=100, include_lineno=False, sort_by_file=True, omit_header=True)
    language = catalogue.locale_identifier or ""
    headers = (
        f"Language: {language}",
        f"Plural-Forms: {PLURALS[language]}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    head = "\n".join(['msgid ""', 'msgstr ""', *(f'"{header}\\n"' for header in headers)])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}\n\n{draft.getvalue().decode().strip()}\n", encoding="utf-8")


def compile_catalogues() -> None:
    """Write the binary catalogue beside each catalogue."""
    for language in LANGUAGES:
        path = catalogue_path(language)
        with path.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, read_catalogue(path))


def update(others: Sequence[Path] = ()) -> None:
    """Bring each catalogue up to the source; `others` are files with further translations."""
    template = extract()
    further = [read_catalogue(path) for path in others]
    for language in LANGUAGES:
        path = catalogue_path(language)
        sources = [read_catalogue(path)] if path.exists() else []
        sources += [source for source in further if str(source.locale) == language]
        merged = merge(template, language, sources)
        write_catalogue(merged, path)
        left = sum(1 for message in merged if message.id and not all(forms_of(message)))
        print(f"{language}: {len(merged)} sentences, {left} to translate")


def check() -> Iterator[str]:
    """What is wrong, one fault a line; nothing when the catalogues are whole."""
    template = extract()
    for language in LANGUAGES:
        path = catalogue_path(language)
        for fault in find_faults(template, read_catalogue(path), language, PLURALS[language]):
            yield f"{path.relative_to(ROOT)}: {fault}"


def main(arguments: Sequence[str]) -> int:
    """Carry out one command."""
    match arguments:
        case ["update", *others]:
            update([Path(other) for other in others])
        case ["compile"]:
            compile_catalogues()
        case ["check"]:
            faults = list(check())
            print("\n".join(faults) or "The catalogues are whole.")
            return 1 if faults else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
