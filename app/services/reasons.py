"""Code lists as a hub uses them: it may hide a code, and shows it again when it likes."""

from app.changes import Changes
from app.domain.accounts import Permission
from app.domain.codes import Code, code_list, is_code
from app.domain.ids import shared_id
from app.errors import NotFoundError
from app.i18n import _
from app.outcome import Outcome
from app.services.access import put, require
from app.storage import places, schema
from app.storage.unit_of_work import UnitOfWork

VISIT_REASONS = "visit_reasons"


def list_reasons(uow: UnitOfWork) -> tuple[Code, ...]:
    """The reasons for a visit that this hub uses."""
    hidden = hidden_codes(VISIT_REASONS, uow)
    return tuple(entry for entry in code_list(VISIT_REASONS) if entry.code not in hidden)


def hidden_codes(name: str, uow: UnitOfWork) -> frozenset[str]:
    """The codes of a list that this hub does not use."""
    return places.hidden_codes(uow.connection, uow.actor.hub_id, name)


def set_hidden(name: str, code: str, hidden: bool, uow: UnitOfWork) -> Outcome[None]:
    """Hide a code at this hub or show it again. Records that hold it keep it."""
    require(uow, Permission.EDIT_CODES)
    if not is_code(name, code):
        raise NotFoundError(_("There is no code “{code}” on that list. Nothing was changed.").format(code=code))
    hub = uow.actor.hub_id
    row_id = shared_id("hidden_code", hub.hex, name, code)
    put(schema.hidden_code, row_id, {"hub_id": hub, "list": name, "code": code, "hidden": hidden}, uow)
    return Outcome(None, Changes(codes=frozenset({row_id})), uow.undo_token)
