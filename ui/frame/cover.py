"""What stands in the window when no page may be seen: sign-in, first start, lock. One column in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from ui.frame.menus import LookButton, language_button
from ui.theme.tokens import FORM_WIDTH, Gap
from ui.widgets.cards import Card
from ui.widgets.labels import Label
from ui.widgets.scroller import Scroller
from ui.widgets.words import as_is

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.bootstrap import Hub


class Cover(QWidget):
    """Name, language and light at the top, `column` below for what is asked, centred or with its head in one place."""

    look_requested = Signal(str)

    def __init__(
        self, switch_language: Callable[[str], None], *, width: int = FORM_WIDTH, centred: bool = True
    ) -> None:
        super().__init__()
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.look_button = LookButton()
        self.look_button.look_requested.connect(self.look_requested)
        self.language_button = language_button(switch_language)
        top = QHBoxLayout()
        top.setSpacing(Gap.SMALL)
        top.addWidget(Label(as_is("Wasl · وصل"), step="large", tone="primary"))
        top.addStretch()
        top.addWidget(self.language_button)
        top.addWidget(self.look_button)
        inner = QWidget()
        inner.setFixedWidth(width + 2 * Gap.SMALL)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(Gap.SMALL, Gap.SMALL, Gap.SMALL, Gap.SMALL)
        self.column.setSpacing(Gap.LARGE)
        holder = QWidget()
        centre = QHBoxLayout(holder)
        centre.setContentsMargins(0, 0 if centred else Gap.PAGE, 0, 0)
        vertical = Qt.AlignmentFlag.AlignVCenter if centred else Qt.AlignmentFlag.AlignTop
        centre.addStretch()
        centre.addWidget(inner, alignment=vertical)
        centre.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Gap.WIDE, Gap.LARGE, Gap.WIDE, Gap.LARGE)
        layout.setSpacing(Gap.SMALL)
        layout.addLayout(top)
        layout.addWidget(Scroller(holder), 1)

    def primary_focus(self) -> QWidget:
        """The control where to begin."""
        return self

    def give_up_hub(self) -> Hub | None:
        """The records, if this cover has opened them and handed them to nobody yet; whoever takes them closes them."""
        return None


class OpeningCover(Cover):
    """The first moment, while the program looks at what there is."""

    def __init__(self, switch_language: Callable[[str], None]) -> None:
        super().__init__(switch_language)
        card = Card(margin=Gap.WIDE)
        card.body.addWidget(Label(lambda: _("Opening …"), tone="quiet"), alignment=Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(card)
