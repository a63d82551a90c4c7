"""The catalogues are whole, and what holds them to that notices when they are not."""

import ast
import re
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from app.i18n import current_language, translator, use_language
from tools import catalogues
from tools.catalogue_rules import find_faults, numbers_of_one
from tools.catalogues import LANGUAGES, PLURALS, ROOT

GETTEXT = {"_": (0,), "ngettext": (0, 1), "pgettext": (0, 1)}


@pytest.fixture(scope="module")
def template() -> Catalog:
    return catalogues.extract()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_no_other_is_kept(template: Catalog, language: str) -> None:
    known = catalogues.read_catalogue(catalogues.catalogue_path(language))
    assert list(find_faults(template, known, language, PLURALS[language])) == []


def test_template_finds_the_sentences_of_core_window_and_papers(template: Catalog) -> None:
    places = {location[0].split("/")[0:2][1] for message in template for location in message.locations}
    assert {"services", "commands", "documents", "reception", "frame"} <= places


@pytest.mark.parametrize(
    ("number", "form"),
    [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (102, 5), (103, 3), (111, 4), (1000, 5)],
)
def test_arabic_counts_in_the_six_forms_of_cldr(number: int, form: int) -> None:
    assert c2py(PLURALS["ar"].split("plural=")[1].rstrip(";"))(number) == form


def test_the_numbers_that_a_word_says_alone_are_none_one_and_two_in_arabic() -> None:
    assert numbers_of_one(PLURALS["ar"].split("plural=")[1].rstrip(";")) == {0, 1, 2}
    assert numbers_of_one("n > 1") == frozenset()


@pytest.mark.parametrize(
    ("language", "source", "string", "fault"),
    [
        ("fr", "Save", "", "not translated"),
        ("fr", "{count} of {all}", "{count} sur {tout}", "other placeholders"),
        ("fr", "expected %s", "attendu", "other placeholders"),
        ("fr", "Here: {a}", "Ici\u00a0: {a", "braces"),
        ("fr", "Save ", "Enregistrer", "blanks"),
        ("fr", "One\nTwo", "Un deux", "line breaks"),
        ("fr", "Here: there", "Ici : là", "does not break"),
        ("fr", "“{a}”", "« {a} »", "does not break"),
        ("ar", "Who is here?", "من هنا?", "not Arabic punctuation"),
        (
            "ar",
            ("{n} visit", "{n} visits"),
            ("ل", "زيارة", "زيارتان", "{n} زيارات", "زيارة", "{n} زيارة"),
            "placeholders",
        ),
        ("ar", ("{n} visit", "{n} visits"), ("{n}", "{n}", "{n}", "{n}", "{n}"), "not translated"),
    ],
)
def test_what_is_wrong_with_a_sentence_is_noticed(
    language: str, source: str | tuple[str, str], string: str | tuple[str, ...], fault: str
) -> None:
    template, known = Catalog(), catalogues.new_catalogue(language)
    template.add(source)
    known.add(source, string)
    assert any(fault in found for found in find_faults(template, known, language, PLURALS[language]))


def test_missing_stale_fuzzy_and_misnumbered_are_noticed() -> None:
    template = Catalog()
    template.add("Save")
    template.add("Undo")
    known = catalogues.new_catalogue("fr")
    known.add("Save", "Enregistrer", flags=["fuzzy"])
    known.add("Gone", "Parti")
    found = " ".join(find_faults(template, known, "fr", PLURALS["fr"]))
    assert "fuzzy: 'Save'" in found
    assert "not there: 'Undo'" in found
    assert "not in the source any more: 'Gone'" in found
    assert "plural forms" in next(find_faults(template, known, "fr", PLURALS["ar"]))


def test_a_whole_catalogue_has_no_fault_and_survives_being_written(tmp_path: Path) -> None:
    template = Catalog()
    template.add("Save “{name}”?", locations=[("ui/a.py", 1)])
    template.add(("{n} visit", "{n} visits"), locations=[("ui/b.py", 1)])
    template.add("May", context="month", locations=[("ui/c.py", 1)])
    source = catalogues.new_catalogue("ar")
    source.add("Save “{name}”?", "أتحفظ «{name}»؟")
    source.add(
        ("{n} visit", "{n} visits"),
        ("لا زيارة", "زيارة واحدة", "زيارتان", "{n} زيارات", "{n} زيارة", "{n} زيارة"),
    )
    source.add("May", "ماي", context="month")
    path = tmp_path / "wasl.po"
    catalogues.write_catalogue(catalogues.merge(template, "ar", [source]), path)
    assert list(find_faults(template, catalogues.read_catalogue(path), "ar", PLURALS["ar"])) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_reads_the_catalogue(language: str) -> None:
    known = catalogues.read_catalogue(catalogues.catalogue_path(language))
    message = next(message for message in known if isinstance(message.id, str) and message.id and not message.context)
    assert translator(language)(str(message.id)) == message.string


def test_what_is_translated_stands_in_the_source_as_a_literal() -> None:
    loose = []
    for path in sorted([*(ROOT / "app").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]):
        if path.name == "i18n.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT:
                arguments = [node.args[place] for place in GETTEXT[node.func.id] if place < len(node.args)]
                if not all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in arguments):
                    loose.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not loose


def test_nothing_is_translated_while_modules_are_imported() -> None:
    early = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted([*(ROOT / "app").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
        for node in _run_at_import(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT
    ]
    assert not early


def _run_at_import(node: ast.AST) -> list[ast.AST]:
    found: list[ast.AST] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        found += [child, *_run_at_import(child)]
    return found


def test_source_is_english_without_arabic_or_accents(template: Catalog) -> None:
    accented = re.compile(r"[\u00c0-\u024f\u0600-\u06ff]")
    ids = [text for message in template for text in ((message.id,) if isinstance(message.id, str) else message.id)]
    assert not [text for text in ids if accented.search(text)]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_no_test_leaves_its_language_to_the_next(language: str) -> None:
    # whichever runs second finds what the first left
    assert current_language() == "en"
    use_language(language)
