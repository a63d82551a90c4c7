"""What can be done on the Exchange page, beside the map."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.services.exchange.letter import Desk
from ui.page import PageContext
from ui.sync.drop_area import DropArea
from ui.sync.folder_card import FolderCard
from ui.sync.office_card import OfficeCard
from ui.sync.watch import FolderWatch
from ui.sync.wording import word_and, word_count
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, PRIMARY, QUIET, Button
from ui.widgets.cards import Card
from ui.widgets.labels import Label

SIDE_WIDTH: Final = 12 * Gap.PAGE
_ANY_WIDTH: Final = 16_777_215
"""Qt's word for no limit."""


class SideColumn(QWidget):
    """Signals are wishes; the page fulfils them."""

    prepare_requested = Signal()
    decide_requested = Signal()
    present_requested = Signal()
    add_requested = Signal()
    revoke_requested = Signal()

    def __init__(
        self, context: PageContext, watch: FolderWatch, look_at: Callable[[tuple[Path, ...]], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setFixedWidth(SIDE_WIDTH)
        self._chosen: list[OfficeCard] = []
        self._all: list[OfficeCard] = []
        self._disputes = 0
        self.drop = DropArea()
        self.prepare_button = Button(self._word_prepare, PRIMARY, key="F3", icon="letter")
        self.choose_hint = Label(self._word_hint, step="small", tone="quiet", wraps=True)
        self.decide_button = Button(self._word_decide, QUIET, key="F4", icon="edit")
        self.present_button = Button(lambda: _("Present this office"), PLAIN, dense=True, icon="card")
        self.add_button = Button(lambda: _("Add an office"), PLAIN, dense=True, icon="plus")
        self.revoke_button = Button(self._word_revoke, PLAIN, dense=True, icon="lock")
        self.folder = FolderCard(context, watch, look_at)
        send = Card(margin=Gap.MEDIUM, spacing=Gap.SMALL)
        send.body.addWidget(self.prepare_button)
        send.body.addWidget(self.choose_hint)
        trust = QHBoxLayout()
        trust.setSpacing(Gap.HAIR)
        trust.addWidget(self.present_button)
        trust.addWidget(self.add_button)
        trust.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Gap.MEDIUM)
        layout.addWidget(self.drop, 1)
        layout.addWidget(send)
        layout.addWidget(self.decide_button)
        layout.addWidget(self.folder)
        layout.addLayout(trust)
        layout.addWidget(self.revoke_button, alignment=Qt.AlignmentFlag.AlignLeading)
        for button, signal in (
            (self.prepare_button, self.prepare_requested),
            (self.decide_button, self.decide_requested),
            (self.present_button, self.present_requested),
            (self.add_button, self.add_requested),
            (self.revoke_button, self.revoke_requested),
        ):
            button.clicked.connect(signal)

    def fit(self, *, narrow: bool) -> None:
        """Use the whole width where the map is not beside it."""
        self.drop.fit(narrow=narrow)
        self.setMinimumWidth(0 if narrow else SIDE_WIDTH)
        self.setMaximumWidth(_ANY_WIDTH if narrow else SIDE_WIDTH)

    def show_desk(self, desk: Desk) -> None:
        """Show what waits."""
        self._disputes = desk.disputes
        self.decide_button.setVisible(desk.disputes > 0)
        self.decide_button.retranslate()

    def show_chosen(self, chosen: list[OfficeCard], offices: list[OfficeCard]) -> None:
        """Show for which offices something will be done; `offices` are all that can be chosen."""
        self._chosen, self._all = chosen, offices
        self.prepare_button.setVisible(bool(offices))
        self.revoke_button.setVisible(len(chosen) == 1)
        for part in (self.prepare_button, self.revoke_button, self.choose_hint):
            part.retranslate()

    def _word_prepare(self) -> str:
        if self._chosen and len(self._chosen) < len(self._all):
            names = [card.word_name() for card in self._chosen]
            return _("Prepare a bundle for {offices}").format(offices=word_and(names))
        return _("Prepare a bundle for all") if len(self._all) != 1 else _("Prepare a bundle")

    def _word_hint(self) -> str:
        if not self._all:
            return _("No other office has been added yet. Present this one to the others, and add them here.")
        return _("Choose offices on the map to write for these only.")

    def _word_decide(self) -> str:
        return ngettext(
            "{number} value waits for your decision", "{number} values wait for your decision", self._disputes
        ).format(number=word_count(self._disputes))

    def _word_revoke(self) -> str:
        return _("Trust {office} no longer …").format(office=self._chosen[0].word_name()) if self._chosen else ""
