"""Every table that travels has its words: in the letter, in a decision, in the three languages."""

import pytest

from app.domain.codes import code_list
from app.i18n import use_language
from app.services.exchange import letter
from app.storage import schema
from ui.sync.accompaniment_words import CODED, FIELDS, KINDS, RECORDS
from ui.sync.training_words import TRAINING_FIELDS, TRAINING_RECORDS

# written by the program itself, never by two people at once
_UNDISPUTED = {"hub", "installation", "hidden_code", "erasure", "key_change", "revocation"}


def test_each_table_has_its_word() -> None:
    from ui.sync.field_words import _RECORDS  # noqa: PLC0415

    assert schema.SYNCED.keys() - _UNDISPUTED <= _RECORDS.keys() | RECORDS.keys() | TRAINING_RECORDS.keys()


def test_each_kind_in_a_letter_is_of_a_table_and_is_counted_once() -> None:
    assert KINDS.keys() <= set(letter._SHOWN) <= schema.SYNCED.keys()
    assert not set(letter._SHOWN) & letter._FOLLOWS
    assert schema.SYNCED.keys() >= letter._FOLLOWS


def test_each_list_of_codes_and_field_is_there() -> None:
    for (table, field), name in CODED.items():
        assert field in schema.SYNCED[table].c
        assert code_list(name)
    columns = {str(column.name) for table in schema.SYNCED.values() for column in table.columns}
    assert FIELDS.keys() | TRAINING_FIELDS.keys() <= columns


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_amounts_of_a_kind_read_well(language: str) -> None:
    use_language(language)
    for word in KINDS.values():
        assert len({word(count) for count in (1, 2, 5)}) >= (1 if language == "fr" else 2)
        assert "7" in word(7).format(number="7")
