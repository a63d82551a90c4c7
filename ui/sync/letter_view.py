"""One bundle as a letter on the page."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.services.exchange.asking import Question
from app.services.exchange.letter import Kind, Letter
from app.services.exchange.missing_words import word_missing
from ui.people.wording import isolate
from ui.sync.accompaniment_words import ICONS
from ui.sync.intake import OpenedFile
from ui.sync.trust_words import word_announced, word_held_back
from ui.sync.wording import (
    word_changes,
    word_clock,
    word_count,
    word_kind,
    word_moment,
    word_office,
    word_people,
)
from ui.theme.tokens import Gap
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label, rule
from ui.widgets.words import Words, as_is


class LetterView(Card):
    """Who writes and when, what it brings, who is new, what has to be decided, and what is odd."""

    def __init__(self, opened: OpenedFile, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=Gap.WIDE, spacing=Gap.SMALL)
        self.opened = opened
        self.lines: list[Label] = []
        letter = opened.letter
        if letter is None:
            self._say("warning", "danger", as_is(opened.path.name), strong=True)
            self._say("", "", as_is(opened.problem))
            return
        self._head(letter)
        self._middle(letter)
        self._foot(letter)

    @property
    def text(self) -> str:
        """All that is said, line by line."""
        return "\n".join(line.text() for line in self.lines)

    def _head(self, letter: Letter) -> None:
        made_at = letter.preview.made_at
        title = Label(lambda: _("From {office}").format(office=word_office(letter.sender)), step="large")
        written = Label(lambda: _("Written on {moment}").format(moment=word_moment(made_at)), tone="quiet")
        for label in (title, written):
            self.lines.append(label)
            self.body.addWidget(label)
        self.body.addWidget(rule())

    def _middle(self, letter: Letter) -> None:
        preview = letter.preview
        if preview.known:
            self._say("check", "good", lambda: _("It was taken in before. There is nothing to do."))
        elif preview.waits:
            self._say(
                "hourglass",
                "attention",
                lambda: _(
                    "It brings {changes}, but it continues a bundle that is not here yet. It can be kept: as soon as "
                    "that one comes, this one is taken in by itself."
                ).format(changes=word_changes(preview.ops_waiting)),
            )
        elif not preview.ops_new:
            self._say("check", "good", lambda: _("There is nothing new in it: everything is here already."))
        else:
            self._say(
                "",
                "",
                lambda: ngettext("It brings {number} change:", "It brings {number} changes:", preview.ops_new).format(
                    number=word_count(preview.ops_new)
                ),
                strong=True,
            )
            for kind in letter.kinds:
                for at in range(len(word_kind(kind))):
                    icon = (
                        "user" if kind.name == "person" and (at or not kind.created) else _ICONS.get(kind.name, "plus")
                    )
                    self._say(icon, "primary", partial(_word_part, kind, at))
                    if kind.name == "person" and kind.created and at == 0 and letter.new_people:
                        self._say("", "quiet", lambda: word_people(letter), inset=True)

    def _foot(self, letter: Letter) -> None:
        preview = letter.preview
        if preview.conflicts:
            self._say(
                "edit",
                "attention",
                lambda: ngettext(
                    "{number} value was written differently here and needs your decision.",
                    "{number} values were written differently here and need your decision.",
                    preview.conflicts,
                ).format(number=word_count(preview.conflicts)),
            )
            self._say("", "quiet", lambda: _(", ").join(map(isolate, letter.disputed)), inset=True)
        if preview.erasures:
            self._say(
                "user-x",
                "attention",
                lambda: ngettext(
                    "{number} person is erased for good, here as well.",
                    "{number} people are erased for good, here as well.",
                    preview.erasures,
                ).format(number=word_count(preview.erasures)),
            )
        if preview.deleted:
            self._say(
                "warning" if Question.DELETIONS in preview.asks else "close",
                "danger" if Question.DELETIONS in preview.asks else "attention",
                lambda: ngettext(
                    "{number} record is deleted.", "{number} records are deleted.", preview.deleted
                ).format(number=word_count(preview.deleted)),
            )
        for office, count in preview.held_back.items():
            self._say("warning", "danger", partial(word_held_back, office, count))
        for item in preview.revocations:
            self._say("lock", "danger" if item.ours else "attention", partial(word_announced, item))
        for missing in letter.missing:
            self._say("hourglass", "attention", partial(word_missing, missing, letter.preview.made_at))
        if letter.clock_off:
            self._say("clock", "attention", lambda: word_clock(letter.clock_off, word_office(letter.sender)))

    def _say(self, icon: str, tone: str, words: Words, *, strong: bool = False, inset: bool = False) -> None:
        label = Label(words, tone="" if tone == "primary" else tone, strong=strong, wraps=True)
        self.lines.append(label)
        row = QHBoxLayout()
        row.setSpacing(Gap.SMALL)
        if icon:
            sign = QVBoxLayout()
            sign.addWidget(IconLabel(icon, tone or "quiet_ink"))
            sign.addStretch()
            row.addLayout(sign)
        elif inset:
            row.addSpacing(Gap.WIDE)
        row.addWidget(label, 1)
        self.body.addLayout(row)


def _word_part(kind: Kind, at: int) -> str:
    words = word_kind(kind)[at]
    return words[:1].upper() + words[1:]


_ICONS: Final = {
    "person": "user-plus",
    "visit": "desk",
    "consent": "edit",
    "paper": "papers",
    "same_person": "users",
    "account": "user",
    "day": "calendar",
    **ICONS,
}
