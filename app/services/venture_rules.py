"""What holds for every step of a venture, whichever use case takes it."""

from typing import Final
from uuid import UUID

from app.changes import Changes
from app.clock import day_of
from app.domain.accounts import PERMISSIONS, Permission
from app.domain.codes import is_code
from app.domain.ids import AccountId, PersonId, VentureId
from app.domain.path import Facts
from app.domain.people import clean_name
from app.domain.ventures import Member, Venture
from app.errors import NotFoundError, UserError
from app.i18n import _
from app.storage import places
from app.storage import ventures as rows
from app.storage.path_facts import known_of
from app.storage.unit_of_work import UnitOfWork

LONGEST_TEXT: Final = 500


def load(venture_id: VentureId, uow: UnitOfWork) -> Venture:
    """A venture. Raises NotFoundError."""
    found = rows.load_venture(uow.connection, venture_id)
    if found is None:
        raise NotFoundError(_("There is no such venture on record here; it may have been taken back."))
    return found


def members_of(venture_id: VentureId, uow: UnitOfWork) -> tuple[Member, ...]:
    """Its members, also former ones."""
    return tuple(rows.members_of(uow.connection, [venture_id]).get(venture_id, ()))


def facts_of(venture: Venture, uow: UnitOfWork) -> Facts:
    """What the rules of the path ask about a venture, today."""
    members = members_of(venture.id, uow)
    return known_of(uow.connection, [venture.id])[venture.id].facts(venture, members, day_of(uow.now))


def check_code(name: str, code: str, *, needed: bool = False) -> str:
    """A code of a list, or nothing where that may be. Raises UserError."""
    if (code or needed) and not is_code(name, code):
        raise UserError(
            _("“{code}” is not on the list. Nothing was changed. Choose one of the list.").format(code=code)
        )
    return code


def check_reason(text: str) -> str:
    """A reason, in one line."""
    return " ".join(clean_name(text[:LONGEST_TEXT]).split())


def check_advisor(account_id: AccountId | None, uow: UnitOfWork) -> AccountId | None:
    """An account in use that may look after ventures, of any hub. Raises UserError."""
    if account_id is not None:
        account = places.account_of(uow.connection, account_id)
        if account is None or not account.active or Permission.EDIT_VENTURES not in PERMISSIONS.get(account.role, ()):
            raise UserError(
                _("An advisor is an account in use that looks after ventures. Nothing was changed. Choose another.")
            )
    return account_id


def changed(venture_id: VentureId, *people: PersonId, steps: frozenset[UUID] = frozenset()) -> Changes:
    """What a change of a venture concerns."""
    return Changes(ventures=frozenset({venture_id}), people=frozenset(people), steps=steps)
