"""A hub's counters: data that its manager edits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.changes import Changes
from app.domain.accounts import Permission
from app.domain.ids import CounterId, counter_id
from app.domain.people import clean_name
from app.domain.visits import Counter
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.outcome import Outcome
from app.services.access import put, require
from app.storage import places, schema
from app.storage.unit_of_work import UnitOfWork

_LABELS: Final = ("label_fr", "label_en", "label_ar")
_MOST: Final = 9
"""Counters have one digit, which is the key that chooses them at the desk."""


@dataclass(frozen=True, slots=True)
class NewCounter:
    """A counter to be opened. `code` is kept for ever, the labels are what people read."""

    code: str
    label_fr: str
    label_en: str
    label_ar: str


def list_counters(uow: UnitOfWork, *, hidden: bool = False) -> tuple[Counter, ...]:
    """The counters of this hub in the order of their numbers; with `hidden`, those out of use too."""
    counters = places.counters_of(uow.connection, uow.actor.hub_id)
    return tuple(counter for counter in counters if hidden or not counter.hidden)


def load_counter(wanted: CounterId, uow: UnitOfWork) -> Counter:
    """A counter of this hub. Raises NotFoundError."""
    for counter in list_counters(uow, hidden=True):
        if counter.id == wanted:
            return counter
    raise NotFoundError(_("This hub has no such counter. Nothing was changed. Choose one of those shown."))


def load_in_use(wanted: CounterId, uow: UnitOfWork) -> Counter:
    """A counter of this hub at which people are received now. Raises NotFoundError, UserError."""
    counter = load_counter(wanted, uow)
    if counter.hidden:
        raise UserError(_("This counter is not in use any more. Nothing was changed. Choose one of those shown."))
    return counter


def resolve(reference: str, uow: UnitOfWork) -> CounterId:
    """The counter in use with a code or a number. Raises NotFoundError."""
    counters = list_counters(uow)
    for counter in counters:
        if reference in {counter.code, str(counter.position)}:
            return counter.id
    raise NotFoundError(
        _("There is no counter “{counter}” at this hub. Nothing was changed. There are: {known}.").format(
            counter=reference, known=", ".join(counter.code for counter in counters)
        )
    )


def add(new: NewCounter, uow: UnitOfWork) -> Outcome[Counter]:
    """Open a counter; it gets the first free number. Raises UserError when the code was ever used or none is free."""
    require(uow, Permission.EDIT_COUNTERS)
    known = list_counters(uow, hidden=True)
    code = new.code.strip().lower()
    if not code.isidentifier() or not code.isascii():
        raise UserError(_("A counter's code is made of letters a to z and _. Nothing was changed."))
    if any(counter.code == code for counter in known):
        raise UserError(_("The code “{code}” is or was in use; codes are never reused.").format(code=code))
    if sum(not counter.hidden for counter in known) >= _MOST:
        raise UserError(_("A hub has at most nine counters in use. Hide one first. Nothing was changed."))
    made = counter_id(uow.actor.hub_id, code)
    labels = _labels({"label_fr": new.label_fr, "label_en": new.label_en, "label_ar": new.label_ar})
    put(
        schema.counter,
        made,
        {
            "hub_id": uow.actor.hub_id,
            "code": code,
            "position": _free_position(known),
            "colour": len(known),
            "hidden": False,
            **labels,
        },
        uow,
    )
    return Outcome(load_counter(made, uow), Changes(counters=frozenset({made})), uow.undo_token)


def edit(wanted: CounterId, fields: Mapping[str, object], uow: UnitOfWork) -> Outcome[Counter]:
    """Change a counter's labels, its number (the one that has it takes the former), or hide it."""
    require(uow, Permission.EDIT_COUNTERS)
    before = load_counter(wanted, uow)
    _check_fields(fields)
    cells: dict[str, object] = dict(_labels({name: fields[name] for name in _LABELS if name in fields}))
    changed = {wanted}
    if isinstance(hidden := fields.get("hidden"), bool):
        shown = [counter for counter in list_counters(uow) if counter.id != wanted]
        if hidden and not shown:
            raise UserError(_("A hub needs at least one counter in use. Nothing was changed."))
        if not hidden and before.hidden and len(shown) >= _MOST:
            raise UserError(_("A hub has at most nine counters in use. Hide one first. Nothing was changed."))
        cells["hidden"] = hidden
        if not hidden and any(counter.position == before.position for counter in shown):
            # somebody else has its number by now
            cells["position"] = _free_position(shown)
    if isinstance(position := fields.get("position"), int):
        for other in list_counters(uow, hidden=True):
            if other.position == position and other.id != wanted:
                uow.update(schema.counter, other.id, position=before.position)
                changed.add(other.id)
        cells["position"] = position
    if cells:
        uow.update(schema.counter, wanted, **cells)
    return Outcome(load_counter(wanted, uow), Changes(counters=frozenset(changed)), uow.undo_token)


def _check_fields(fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        if name == "position":
            fits = type(value) is int and 1 <= value <= _MOST
        else:
            fits = isinstance(value, bool) if name == "hidden" else name in _LABELS and isinstance(value, str)
        if not fits:
            raise UserError(
                _("“{value}” can't be kept as “{field}”. Nothing was changed.").format(value=value, field=name)
            )


def _free_position(counters: Sequence[Counter]) -> int:
    taken = {counter.position for counter in counters if not counter.hidden}
    return next(number for number in range(1, _MOST + 1) if number not in taken)


def _labels(given: Mapping[str, object]) -> dict[str, str]:
    labels = {name: clean_name(str(label)) for name, label in given.items()}
    if not all(labels.values()):
        raise UserError(_("A counter needs its name in the three languages. Nothing was changed."))
    return labels
