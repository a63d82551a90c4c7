"""Reads a CSV file of people, as spreadsheets write it, and says of a bad one which line is wrong and why."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Final

from app.domain.people import NAME_LENGTH, BirthNotUnderstoodError, NewPerson, Sex, parse_birth
from app.errors import EnvironmentProblem, UserError
from app.i18n import _

COLUMNS: Final = ("name", "name_ar", "sex", "birth", "nationality", "phone")
_SEPARATORS: Final = ",;\t"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a file and the line on which its row begins."""

    line: int
    person: NewPerson


def refusal(line: int, why: str) -> UserError:
    """The error that names a line; nothing is kept of a file with a bad one."""
    return UserError(_("Line {line}: {why} Nobody was added.").format(line=line, why=why))


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, with or without the mark that Excel puts first.

    Raises UserError naming the line that is not text, EnvironmentProblem when the file can't be read.
    """
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise UserError(_("There is no file {file}.").format(file=path)) from error
    except OSError as error:
        raise EnvironmentProblem(
            _("The file {file} can't be read: {reason}.").format(file=path, reason=error.strerror)
        ) from error
    if (place := raw.find(b"\0")) >= 0:
        raise refusal(
            _line_at(raw, place),
            _("There is a NUL character here, so this is no text file in UTF-8. Save it as “CSV UTF-8”."),
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refusal(
            _line_at(raw, error.start), _("A letter here is not in UTF-8. Save the file as “CSV UTF-8” and try again.")
        ) from error


def read_people(path: Path, today: date) -> tuple[PersonLine, ...]:
    """The people of a CSV file in its order. The first line names the columns, which are some of COLUMNS.

    Commas, semicolons and tabs separate; several phones in a cell are separated by semicolons. Raises UserError.
    """
    text = read_text(path)
    rows = _rows(text, _separator(text))
    heads = next(rows, None)
    if heads is None:
        raise refusal(1, _("The file is empty. Its first line must name the columns: {known}.").format(known=_known()))
    names = _column_names(*heads)
    return tuple(_person(line, _cells(line, names, row), today) for line, row in rows)


def _known() -> str:
    return ", ".join(COLUMNS)


def _line_at(raw: bytes, place: int) -> int:
    return raw.count(b"\n", 0, place) + 1


def _separator(text: str) -> str:
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(_SEPARATORS, key=first.count)


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, each with the line on which it begins; a quoted cell may run over several."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise refusal(
                line, _("The quotation marks of this row do not match, or one of its cells is far too long.")
            ) from error
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield line, row
        line = reader.line_num + 1


def _column_names(line: int, heads: list[str]) -> list[str]:
    names = [head.strip().lower() for head in heads]
    for name in names:
        if name not in COLUMNS:
            raise refusal(
                line,
                _("There is no column “{name}”. The columns are: {known}.").format(name=name, known=_known()),
            )
    if len(set(names)) < len(names):
        raise refusal(line, _("A column is named twice."))
    if not {"name", "name_ar"} & set(names):
        raise refusal(line, _("There is no column “name” and no column “name_ar”; one of them is needed."))
    return names


def _cells(line: int, names: list[str], row: list[str]) -> Mapping[str, str]:
    if len(row) != len(names):
        raise refusal(
            line,
            _("There are {found} cells here, and the first line names {expected} columns.").format(
                found=len(row), expected=len(names)
            ),
        )
    return dict(zip(names, row, strict=True))


def _person(line: int, cells: Mapping[str, str], today: date) -> PersonLine:
    try:
        return PersonLine(line, person_from(cells, today))
    except UserError as error:
        raise refusal(line, str(error)) from error


def person_from(texts: Mapping[str, str], today: date) -> NewPerson:
    """A person from texts by COLUMNS, as an option of the command or a cell of a file has them. Raises UserError."""
    for field in ("name", "name_ar"):
        if len(texts.get(field, "")) > NAME_LENGTH:
            raise UserError(_("A name may have {most} characters; this one has more.").format(most=NAME_LENGTH))
    try:
        birth = parse_birth(texts.get("birth", ""), today)
    except BirthNotUnderstoodError as error:
        raise UserError(bad_birth(texts["birth"])) from error
    try:
        sex = Sex(texts.get("sex", "").strip().lower())
    except ValueError as error:
        raise UserError(_("The sex is f, m, or left empty; not “{text}”.").format(text=texts["sex"][:40])) from error
    return NewPerson(
        name=texts.get("name", ""),
        name_ar=texts.get("name_ar", ""),
        sex=sex,
        birth=birth,
        nationality=texts.get("nationality", "").strip().upper(),
        phones=tuple(phone for phone in texts.get("phone", "").split(";") if phone.strip()),
    )


def bad_birth(text: str) -> str:
    """The sentence for a text that is no birth date."""
    return _("“{text}” is no date of birth. Write 12/03/1998, 1998-03-12, 1998, or ~1998 for an estimate.").format(
        text=text[:40]
    )
