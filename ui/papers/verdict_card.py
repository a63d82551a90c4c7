"""What a check found: in large words that can be read across the desk, then what that means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.services.certificates.checking import word_check
from ui.languages import follow_language
from ui.papers.wording import (
    STATE_SIGNS,
    VERDICT_SIGNS,
    word_facts,
    word_holder,
    word_kind,
    word_names,
    word_state,
    word_verdict,
)
from ui.people.wording import join_facts
from ui.theme.tokens import ICON_LARGE, Gap
from ui.ventures.amounts import word_date
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label
from ui.widgets.notice_strip import announce
from ui.widgets.words import keep_left_to_right

if TYPE_CHECKING:
    from app.domain.papers import Certificate
    from app.services.certificates.checking import Check

_UNKNOWN: Final = ("info", "information")


class VerdictCard(Card):
    """Not there before anything was checked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Gap.WIDE)
        self.check: Check | None = None
        self.record: Certificate | None = None
        self._icon = IconLabel("papers", "quiet_ink", ICON_LARGE)
        self.verdict = Label(self._word_verdict, step="display", strong=True)
        self.holder = Label(self._word_holder, step="large", strong=True, wraps=True)
        self.facts = Label(self._word_facts, tone="quiet", wraps=True)
        self.sentences = Label(self._word_sentences, wraps=True)
        line = QHBoxLayout()
        line.setSpacing(Gap.LARGE)
        line.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(Gap.SMALL)
        for part in self._parts:
            words.addWidget(part)
        line.addLayout(words, 1)
        self.body.addLayout(line)
        self.setAccessibleName("")
        self.hide()
        follow_language(self, self._retranslate)

    @property
    def _parts(self) -> tuple[Label, ...]:
        return self.verdict, self.holder, self.facts, self.sentences

    def clear(self) -> None:
        """Nothing was checked."""
        self.check, self.record = None, None
        self.hide()

    def show_check(self, found: Check) -> None:
        """Show what a check found."""
        self.check, self.record = found, None
        self._wear(*VERDICT_SIGNS[found.verdict])

    def show_record(self, found: Certificate) -> None:
        """Show what is on record under a number: it says nothing about the sheet in somebody's hand."""
        self.check, self.record = None, found
        self._wear(*(_UNKNOWN if STATE_SIGNS[found.state][1] == "good" else STATE_SIGNS[found.state]))

    def _wear(self, icon: str, tone: str) -> None:
        self._icon.wear(icon, tone, ICON_LARGE)
        self.verdict.set_tone(tone)
        self._retranslate()
        self.show()
        announce(self, f"{self.verdict.text()}. {self.sentences.text()}", at_once=True)

    def _retranslate(self) -> None:
        for part in self._parts:
            part.retranslate()
            part.setVisible(bool(part.text()))
        self.setAccessibleName(self.verdict.text())
        self.setAccessibleDescription(self.sentences.text())

    def _word_verdict(self) -> str:
        if self.record is not None:
            return word_state(self.record.state)
        return word_verdict(self.check.verdict) if self.check is not None else ""

    def _word_holder(self) -> str:
        if self.record is not None:
            return word_holder(self.record)
        return word_names(self.check.name, self.check.name_ar) if self.check is not None else ""

    def _word_facts(self) -> str:
        if self.record is not None:
            return join_facts(keep_left_to_right(self.record.number), word_facts(self.record))
        found = self.check
        if found is None or not found.number:
            return ""
        day = word_date(found.issued_on) if found.issued_on is not None else ""
        return join_facts(keep_left_to_right(found.number), word_kind(found.kind), day)

    def _word_sentences(self) -> str:
        if self.record is not None:
            return _(
                "This is what the register has under the number. It doesn't prove that the paper is genuine: scan its "
                "code for that."
            )
        return "\n".join(word_check(self.check)) if self.check is not None else ""
