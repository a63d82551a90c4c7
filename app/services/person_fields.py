"""Fields of a person as somebody gives them, checked one by one and turned into cells as they are stored."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from babel import Locale

from app.domain.codes import is_code
from app.domain.people import Birth, Person, Restricted, Sex, clean_name, is_arabic
from app.errors import UserError
from app.i18n import _
from app.services.phones import normalise_phones

RESTRICTED_FIELDS: Final = frozenset({"residence", "education"})
_LONGEST_TEXT = 300


def check_fields(fields: Mapping[str, object], before: Person | None = None) -> dict[str, Any]:
    """Cells for fields named as in `Person` (and `residence`, `education`). Raises UserError naming the bad one."""
    cells: dict[str, Any] = {}
    for name, value in fields.items():
        check = _CHECKS.get(name)
        if check is None:
            raise UserError(_("There is no field “{field}”. Nothing was changed.").format(field=name))
        try:
            cells |= check(name, value)
        except (TypeError, ValueError, AttributeError) as error:
            raise UserError(
                _("“{value}” can't be kept as “{field}”. Nothing was changed.").format(
                    value=str(value)[:_LONGEST_TEXT], field=name
                )
            ) from error
    if "phones" in cells:
        nationality = cells.get("nationality", before.nationality if before else "")
        cells["phones"] = "\n".join(normalise_phones(tuple(cells["phones"]), nationality))
    return _with_names_by_script(cells, before)


@cache
def known_countries() -> frozenset[str]:
    """ISO 3166 alpha-2 codes of the countries that CLDR names."""
    named = {str(code) for code in Locale("en").territories}
    return frozenset(code for code in named if len(code) == 2 and code.isalpha()) - {"EU", "EZ", "UN", "ZZ"}  # noqa: PLR2004


def _with_names_by_script(cells: dict[str, Any], before: Person | None) -> dict[str, Any]:
    """Names in the field of their script, and at least one of them."""
    if before is not None and not cells.keys() & {"name", "name_ar"}:
        return cells
    name = cells.get("name", before.name if before else "")
    name_ar = cells.get("name_ar", before.name_ar if before else "")
    if name and not name_ar and is_arabic(name):
        cells |= {"name": "", "name_ar": name}
    elif name_ar and not name and not is_arabic(name_ar):
        cells |= {"name": name_ar, "name_ar": ""}
    if not any(char.isalpha() for char in name + name_ar):
        raise UserError(
            _(
                "A name is needed, in Latin or in Arabic letters. Nothing was kept. "
                "Somebody who gives no name can be logged as an anonymous passage."
            )
        )
    return cells


def _name(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - as given; what it may be is checked here
    return {field: clean_name(value)}


def _names(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    given = value.split(";") if isinstance(value, str) else value
    return {field: "\n".join(dict.fromkeys(filter(None, map(clean_name, given))))}


def _sex(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    return {field: str(Sex(value))}


def _birth(_field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    if value is None:
        return {"birth_date": "", "birth_precision": ""}
    if not isinstance(value, Birth):
        raise TypeError(value)
    return {"birth_date": value.date.isoformat(), "birth_precision": str(value.precision)}


def _nationality(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    code = value.strip().upper()
    if code and code not in known_countries():
        raise ValueError(code)
    return {field: code}


def _phones(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    given = value.split(";") if isinstance(value, str) else value
    return {field: tuple(clean_name(phone) for phone in given)}


def _languages(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    given = value.split() if isinstance(value, str) else value
    codes = [code.strip().lower() for code in given]
    if not all(code.isascii() and code.isalpha() for code in codes):
        raise ValueError(value)
    return {field: " ".join(codes)}


def _card(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    return {field: clean_name(value).upper()}


def _hidden(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    if not isinstance(value, bool):
        raise TypeError(value)
    return {field: value}


def _residence(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    if not is_code("residence", value):
        raise ValueError(value)
    return {field: "" if value == Restricted().residence else value}


def _education(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    if value and not is_code("education", value):
        raise ValueError(value)
    return {field: value}


_CHECKS: Final[Mapping[str, Callable[[str, Any], dict[str, Any]]]] = {
    "name": _name,
    "name_ar": _name,
    "also_known": _names,
    "sex": _sex,
    "birth": _birth,
    "nationality": _nationality,
    "phones": _phones,
    "languages": _languages,
    "contact": _name,
    "card": _card,
    "hidden": _hidden,
    "residence": _residence,
    "education": _education,
}
EDITABLE: Final = frozenset(_CHECKS) - RESTRICTED_FIELDS
