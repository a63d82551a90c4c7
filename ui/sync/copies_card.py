"""Two computers that write as one office, and what can be done about it; records that a newer version wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import _, ngettext
from ui.sync.wording import word_count, word_place
from ui.theme.tokens import Gap
from ui.widgets.buttons import PLAIN, Button
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.bootstrap import Hub
    from app.services.exchange.letter import Desk
    from app.services.exchange.separating import TwoCopies
    from ui.page import PageContext


class CopiesCard(Card):
    """Not there while all is in order."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Gap.MEDIUM, spacing=Gap.SMALL)
        self._context = context
        self._copies: tuple[TwoCopies, ...] = ()
        self._unread = 0
        self.words = Label(self._word, wraps=True)
        self.separate_button = Button(lambda: _("This computer is the copy …"), PLAIN, dense=True)
        self.resume_button = Button(lambda: _("There is no other computer …"), PLAIN, dense=True)
        head = QHBoxLayout()
        head.setSpacing(Gap.SMALL)
        head.addWidget(IconLabel("warning", "attention"))
        head.addWidget(self.words, 1)
        row = QHBoxLayout()
        row.setSpacing(Gap.SMALL)
        row.addWidget(self.separate_button)
        row.addWidget(self.resume_button)
        row.addStretch()
        self.body.addLayout(head)
        self.body.addLayout(row)
        self.separate_button.clicked.connect(self._on_separate_button_clicked)
        self.resume_button.clicked.connect(self._on_resume_button_clicked)
        self.hide()

    def show_desk(self, desk: Desk) -> None:
        """Show what is known."""
        self._copies, self._unread = desk.copies, desk.unread
        ready = any(item.ours for item in desk.copies) and all(item.certain for item in desk.copies if item.ours)
        self.separate_button.setVisible(ready)
        self.resume_button.setVisible(ready)
        self.words.retranslate()
        self.setVisible(bool(desk.copies or desk.unread))

    def _word(self) -> str:
        lines = [_word_copies(item) for item in self._copies]
        if self._unread:
            lines.append(
                ngettext(
                    "{number} record holds something that a newer version of Wasl has written. It is kept and passed "
                    "on; you will see it once Wasl is updated here.",
                    "{number} records hold something that a newer version of Wasl has written. It is kept and passed "
                    "on; you will see it once Wasl is updated here.",
                    self._unread,
                ).format(number=word_count(self._unread))
            )
        return "\n".join(lines)

    def _on_separate_button_clicked(self) -> None:
        self._context.messages.ask(
            self,
            _("Make this computer an office of its own?"),
            _(
                "It keeps all records and gets another desk letter. What was written here since the folder was copied "
                "stays, under the new letter. You sign in again, then present this office to the others: they have to "
                "add it before they can exchange with it."
            ),
            _("Make it an office of its own"),
            lambda: self._carry_out(lambda hub: hub.separate().office),
        )

    def _on_resume_button_clicked(self) -> None:
        self._context.messages.ask(
            self,
            _("Go on as the same office?"),
            _(
                "Do this only if older records were put back here and no other computer works as this office. What was "
                "written since stays; what the other offices still have comes back with their next bundles. You sign "
                "in again."
            ),
            _("Go on as this office"),
            lambda: self._carry_out(lambda hub: hub.resume().office),
        )

    def _carry_out(self, work: Callable[[Hub], str]) -> None:
        self._context.operations.call(self, work, lambda _office: self._context.sign_out(), busy=self.separate_button)


def _word_copies(item: TwoCopies) -> str:
    office = word_place(dict(item.names), item.hub)
    if not item.ours:
        return _(
            "Two computers write as {office}, desk {desk}. Nothing is lost. Send that office a bundle: it shows there "
            "what to do."
        ).format(office=office, desk=item.desk)
    if not item.certain:
        return _(
            "Another computer writes as this office too, probably because the folder was copied. Nothing is lost. Send "
            "the other offices a bundle, and open the next one that comes from them: then it can be put right here."
        )
    return _(
        "Another computer writes as this office too, probably because the folder was copied. Nothing is lost, but "
        "nothing more can be exchanged until one of the two is an office of its own."
    )
