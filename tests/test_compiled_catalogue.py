"""A compiled catalogue that is read message by message says what GNU's reader says."""

from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from app.i18n import CompiledCatalogue
from tools.catalogues import LANGUAGES, catalogue_path, read_catalogue


def _compile(catalogue: Catalog) -> bytes:
    binary = BytesIO()
    write_mo(binary, catalogue)
    return binary.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_reads_as_with_gnus_reader(language: str) -> None:
    source = read_catalogue(catalogue_path(language))
    data = _compile(source)
    ours, gnus = CompiledCatalogue(data), GNUTranslations(BytesIO(data))
    for message in source:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            one, many = message.id
            assert ours.gettext(one) == gnus.gettext(one)
            for count in (0, 1, 2, 3, 10, 11, 99, 100, 102, 1_000_000):
                assert ours.ngettext(one, many, count) == gnus.ngettext(one, many, count)
            continue
        assert isinstance(message.id, str)
        if message.context:
            assert ours.pgettext(message.context, message.id) == gnus.pgettext(message.context, message.id)
        else:
            assert ours.gettext(message.id) == gnus.gettext(message.id)
    assert len(source) > 100


def test_what_is_not_in_the_catalogue_is_said_as_it_is() -> None:
    catalogue = CompiledCatalogue(_compile(Catalog("fr")))
    assert catalogue.gettext("nowhere") == "nowhere"
    assert catalogue.pgettext("here", "nowhere") == "nowhere"
    assert [catalogue.ngettext("one", "many", count) for count in (0, 1, 2)] == ["many", "one", "many"]


@pytest.mark.parametrize("data", [b"", b"\xde\x12\x04", b"msgid" * 20])
def test_something_else_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="catalogue"):
        CompiledCatalogue(data)
