"""The pages there are, in the order of the rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.accounts import Permission
from app.i18n import _
from ui.frame.rail import LAST_KEY
from ui.frame.workplace import PAPERS, PEOPLE, SEARCHING
from ui.page import PageContext, PageEntry, PageWidget

if TYPE_CHECKING:
    from ui.preferences import Preferences


def list_pages(preferences: Preferences) -> tuple[PageEntry, ...]:
    """Every page; each is loaded at its first visit."""

    def make_desk(context: PageContext) -> PageWidget:
        from ui.reception.page import DeskPage  # noqa: PLC0415

        return DeskPage(context)

    def make_exchange(context: PageContext) -> PageWidget:
        from ui.sync.page import ExchangePage  # noqa: PLC0415

        return ExchangePage(context)

    def make_my_day(context: PageContext) -> PageWidget:
        from ui.coaching.page import MyDayPage  # noqa: PLC0415

        return MyDayPage(context)

    def make_people(context: PageContext) -> PageWidget:
        from ui.people.page import PeoplePage  # noqa: PLC0415

        return PeoplePage(context)

    def make_ventures(context: PageContext) -> PageWidget:
        from ui.ventures.page import VenturesPage  # noqa: PLC0415

        return VenturesPage(context)

    def make_funding(context: PageContext) -> PageWidget:
        from ui.funding.page import FundingPage  # noqa: PLC0415

        return FundingPage(context)

    def make_placements(context: PageContext) -> PageWidget:
        from ui.placements.page import PlacementsPage  # noqa: PLC0415

        return PlacementsPage(context)

    def make_trainings(context: PageContext) -> PageWidget:
        from ui.training.page import TrainingsPage  # noqa: PLC0415

        return TrainingsPage(context)

    def make_settings(context: PageContext) -> PageWidget:
        from ui.settings.page import SettingsPage  # noqa: PLC0415

        return SettingsPage(context, preferences)

    return (
        PageEntry(SEARCHING, lambda: _("Desk"), "desk", make_desk, Permission.LOG_VISITS),
        PageEntry("my-day", lambda: _("My day"), "my-day", make_my_day, Permission.ACCOMPANY),
        # whoever may see all of a record may also say that two are of one person, or watch an erasure
        PageEntry(PEOPLE, lambda: _("People"), "people", make_people, Permission.READ_RESIDENCE),
        PageEntry("ventures", lambda: _("Ventures"), "ventures", make_ventures, Permission.READ_VENTURES),
        PageEntry("trainings", lambda: _("Trainings"), "trainings", make_trainings, Permission.READ_TRAININGS),
        # whoever meets people may check a paper; the list is for those who issue them
        PageEntry(PAPERS, lambda: _("Papers"), "papers", _make_papers, Permission.FIND_PEOPLE),
        PageEntry("funding", lambda: _("Funding"), "funding", make_funding, Permission.READ_FUNDING),
        PageEntry("placements", lambda: _("Placements"), "placement", make_placements, Permission.READ_CASES),
        PageEntry("exchange", lambda: _("Exchange"), "exchange", make_exchange, Permission.EXCHANGE),
        PageEntry(LAST_KEY, lambda: _("Settings"), "settings", make_settings),
    )


def _make_papers(context: PageContext) -> PageWidget:
    from ui.papers.page import PapersPage  # noqa: PLC0415

    return PapersPage(context)
