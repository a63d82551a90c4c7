"""What the frame asks of a page, and what it gives to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from app.bootstrap import Hub
    from app.domain.accounts import Actor, Permission
    from app.domain.ids import PersonId
    from ui.change_bus import ChangeBus
    from ui.messages import Messages
    from ui.notices import Notices
    from ui.operations import Operations
    from ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class PageContext:
    """What every page works with, for as long as one account is signed in."""

    actor: Actor
    hub: Hub
    operations: Operations
    change_bus: ChangeBus
    notices: Notices
    messages: Messages
    sign_out: Callable[[], None]


class PageWidget(QWidget):
    """A page of the frame; subclass it. The frame calls `retranslate` after building it and at each switch.

    `person_requested` carries the id of somebody whose page the frame shall show; `record_requested` the key of another
    page and the id of what it shall show, `page_requested` the key of another page alone.
    """

    person_requested = Signal(object)
    record_requested = Signal(str, object)
    page_requested = Signal(str)

    def activate(self) -> None:
        """The page comes to the front: read again what became stale."""

    def retranslate(self) -> None:
        """The language changed: word again what does not follow by itself (`Words` do)."""

    def primary_focus(self) -> QWidget:
        """The control where work on this page starts."""
        return self

    def open_person(self, person_id: PersonId) -> None:
        """Show somebody: this is the page of people."""

    def open_record(self, record_id: UUID) -> None:
        """Show one of the things that this page is about."""

    def start_search(self) -> None:
        """Somebody is to be searched for: this is the page of people."""

    def start_check(self) -> None:
        """A paper is to be checked: this is the page of papers."""

    def receive_files(self, paths: tuple[Path, ...]) -> None:
        """Files and folders were let go of somewhere in the window, and this is the page that reads them."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page as the rail lists it. Without the permission it is not there. `factory` runs at its first visit."""

    key: str
    title: Words
    icon: str
    factory: Callable[[PageContext], PageWidget]
    permission: Permission | None = None
