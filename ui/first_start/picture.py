"""A picture of the result: what the answers so far will look like."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.codes import code_label
from app.i18n import _, current_language
from ui.theme.tokens import Gap
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Label, rule


class ResultPicture(Card):
    """Grows with the answers; what is not answered yet is not there."""

    def __init__(self) -> None:
        super().__init__(margin=Gap.WIDE, spacing=Gap.MEDIUM)
        self._hub, self._desk, self._manager = "", "", ""
        self.hub = Label(self._word_hub, step="large", wraps=True)
        self.desk = Label(lambda: _("Desk {letter}").format(letter=self._desk), tone="quiet")
        self.number = Label(lambda: f"{self._hub}-{self._desk}00001", step="medium", strong=True)
        self.manager = Label(lambda: self._manager, wraps=True)
        self._number_row = _row("card", self.number, Label(lambda: _("the first number"), step="small", tone="quiet"))
        self._manager_row = _row("user", self.manager)
        self._rule = rule()
        self.body.addWidget(Label(lambda: _("Your Wasl"), step="small", tone="quiet"))
        for part in (self.hub, self.desk, self._rule, self._number_row, self._manager_row):
            self.body.addWidget(part)
        self.body.addStretch()
        self.show_answers("", "", "")

    def show_answers(self, hub_code: str, desk: str, manager: str) -> None:
        """Draw the picture anew."""
        self._hub, self._desk, self._manager = hub_code, desk, manager
        for label in (self.hub, self.desk, self.number, self.manager):
            label.retranslate()
        self.desk.setVisible(bool(desk))
        self._number_row.setVisible(bool(desk))
        self._rule.setVisible(bool(desk))
        self._manager_row.setVisible(bool(manager))

    def _word_hub(self) -> str:
        if not self._hub:
            return _("A register of your hub, on this computer only")
        return _("Hub {name}").format(name=code_label("hubs", self._hub, current_language()))


def _row(icon: str, *labels: Label) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Gap.SMALL)
    row.addWidget(IconLabel(icon))
    for label in labels:
        row.addWidget(label)
    row.addStretch()
    return holder
