"""Who may do what. The services ask here before anything is read or written; the window only asks what to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.ids import AccountId, HubId, InstallationId


class Role(StrEnum):
    """What an account is for; one role an account."""

    RECEPTIONIST = "receptionist"
    ADVISOR = "advisor"
    MANAGER = "manager"
    DATA_PROTECTION = "data_protection"
    COORDINATOR = "coordinator"


class Permission(StrEnum):
    """What can be allowed to a role."""

    LOG_VISITS = "log_visits"
    CLOSE_DAY = "close_day"
    CORRECT_VISITS = "correct_visits"
    FIND_PEOPLE = "find_people"
    ADD_PEOPLE = "add_people"
    EDIT_PEOPLE = "edit_people"
    READ_RESIDENCE = "read_residence"
    EDIT_RESIDENCE = "edit_residence"
    READ_SESSION_NOTES = "read_session_notes"
    READ_FIGURES = "read_figures"
    READ_AUDIT = "read_audit"
    EDIT_COUNTERS = "edit_counters"
    EDIT_CODES = "edit_codes"
    EDIT_ACCOUNTS = "edit_accounts"
    BACK_UP = "back_up"
    EXPORT_ALL = "export_all"
    EXCHANGE = "exchange"
    CARRY_BUNDLES = "carry_bundles"
    """Write bundles and take them in without seeing what they hold."""
    MERGE_PEOPLE = "merge_people"
    ERASE_PEOPLE = "erase_people"
    READ_CASES = "read_cases"
    """See cases, sessions, steps, referrals and placements; what was noted of a session is READ_SESSION_NOTES."""
    ACCOMPANY = "accompany"
    """Open cases, log sessions, keep appointments and steps, refer, place."""
    READ_VENTURES = "read_ventures"
    EDIT_VENTURES = "edit_ventures"
    SCORE = "score"
    """Give points as a member of a jury."""
    RUN_CALLS = "run_calls"
    """Open a call, name its jury, decide on applications."""
    READ_FUNDING = "read_funding"
    REQUEST_FUNDING = "request_funding"
    PAY = "pay"
    """Grant and sign agreements, pay tranches, keep rates, budget lines and other spending."""
    EDIT_TEMPLATES = "edit_templates"
    READ_TRAININGS = "read_trainings"
    RUN_TRAININGS = "run_trainings"
    """Plan trainings, enrol, mark who is there, assess."""
    READ_PAPERS = "read_papers"
    ISSUE_PAPERS = "issue_papers"
    """Issue certificates, print them again, replace them."""
    REVOKE_PAPERS = "revoke_papers"


_DESK = frozenset(
    {
        Permission.LOG_VISITS,
        Permission.CLOSE_DAY,
        Permission.CORRECT_VISITS,
        Permission.FIND_PEOPLE,
        Permission.ADD_PEOPLE,
        Permission.EDIT_PEOPLE,
        Permission.READ_FIGURES,
    }
)
_ADVISOR = _DESK | {
    Permission.READ_RESIDENCE,
    Permission.EDIT_RESIDENCE,
    Permission.READ_SESSION_NOTES,
    Permission.MERGE_PEOPLE,
    Permission.READ_CASES,
    Permission.ACCOMPANY,
    Permission.READ_VENTURES,
    Permission.EDIT_VENTURES,
    Permission.SCORE,
    Permission.READ_FUNDING,
    Permission.REQUEST_FUNDING,
    Permission.READ_TRAININGS,
    Permission.RUN_TRAININGS,
    Permission.READ_PAPERS,
    Permission.ISSUE_PAPERS,
}

PERMISSIONS: Final[Mapping[Role, frozenset[Permission]]] = MappingProxyType(
    {
        Role.RECEPTIONIST: _DESK,
        Role.ADVISOR: _ADVISOR,
        Role.MANAGER: frozenset(Permission),
        # reads everything that is kept about a person, and who looked at it; keeps no visits
        Role.DATA_PROTECTION: frozenset(
            {
                Permission.FIND_PEOPLE,
                Permission.EDIT_PEOPLE,
                Permission.READ_RESIDENCE,
                Permission.EDIT_RESIDENCE,
                Permission.READ_SESSION_NOTES,
                Permission.READ_AUDIT,
                Permission.READ_FIGURES,
                Permission.ERASE_PEOPLE,
                Permission.READ_CASES,
                Permission.READ_VENTURES,
                Permission.READ_FUNDING,
                Permission.READ_TRAININGS,
                Permission.READ_PAPERS,
            }
        ),
        Role.COORDINATOR: _ADVISOR
        | {
            Permission.READ_AUDIT,
            Permission.EXPORT_ALL,
            Permission.BACK_UP,
            Permission.EXCHANGE,
            Permission.CARRY_BUNDLES,
            Permission.RUN_CALLS,
            Permission.PAY,
            Permission.REVOKE_PAPERS,
        },
    }
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who works at a hub. `login` is what is typed or chosen at sign-in, `name` what colleagues read."""

    id: AccountId
    login: str
    name: str
    role: Role
    active: bool
    hub_id: HubId


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and from where. `desk` is the letter of this installation.

    `only` is what is left of the role's rights where the program acts by itself in somebody's name, None elsewhere.
    """

    account_id: AccountId
    login: str
    name: str
    role: Role
    hub_id: HubId
    hub_code: str
    installation_id: InstallationId
    desk: str
    only: frozenset[Permission] | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the role includes the permission, and nothing more was taken away. An unknown role includes none."""
        return permission in PERMISSIONS.get(self.role, frozenset()) and (self.only is None or permission in self.only)
