"""The reason of a visit, chosen without leaving the keys of the counters."""

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.codes import Code
from app.i18n import _, current_language
from ui.people.digits import digit_of
from ui.people.nationalities import fold
from ui.widgets.choices import PickList
from ui.widgets.words import Words

DEFAULT_REASON = "information"


class ReasonList(PickList):
    """The reasons that the hub uses. Digits are left to the counters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda: _("Reason"), (), parent)
        self._codes: tuple[Code, ...] = ()

    def offer_codes(self, codes: tuple[Code, ...]) -> None:
        """Offer these reasons; what was chosen stays chosen."""
        if codes != self._codes:
            first = not self._codes
            self._codes = codes
            self.offer([(code.code, _labelled(code)) for code in codes])
            if first:
                self.reset()

    def reset(self) -> None:
        """Back to the reason that most visits have."""
        self.choose(DEFAULT_REASON)

    def step(self, by: int) -> None:
        """Choose the next reason or the one before."""
        self.setCurrentIndex(min(max(self.currentIndex() + by, 0), self.count() - 1))

    def choose_by_letter(self, letter: str) -> bool:
        """Choose the next reason that begins with a letter; False when none does."""
        start, count = fold(letter), self.count()
        if not start:
            return False
        for distance in range(1, count + 1):
            row = (self.currentIndex() + distance) % count
            if fold(self.itemText(row)).removeprefix("ال").startswith(start) or fold(self.itemText(row)).startswith(
                start
            ):
                self.setCurrentIndex(row)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As a list, except for digits."""
        if digit_of(event) is not None:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _labelled(code: Code) -> Words:
    return lambda: code.label(current_language())
