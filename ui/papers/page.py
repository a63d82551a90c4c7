"""The Papers page: certificates that were issued, checking one that somebody brings, and what a hub writes on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.accounts import Permission
from app.domain.ids import CertificateId
from app.i18n import _
from ui.page import PageContext, PageWidget
from ui.papers.certificate_panel import CertificatePanel
from ui.papers.check_section import CheckSection
from ui.papers.forms import ReplaceForm, RevokeForm
from ui.papers.list_section import CertificatesSection
from ui.papers.texts_section import TextsSection
from ui.reception.panel import Panel
from ui.theme.tokens import Gap
from ui.ventures.trail import Trail
from ui.widgets.choices import OneOf
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from PySide6.QtGui import QResizeEvent

    from app.domain.papers import Certificate
    from app.services.certificates.issuing import Issued
    from ui.widgets.words import Words

CERTIFICATES, CHECKING, TEXTS = "certificates", "checking", "texts"
_LOW: Final = 500
Section = CertificatesSection | CheckSection | TextsSection


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    title: Words
    make: Callable[[], Section]
    permission: Permission


class PapersPage(PageWidget):
    """The sections that the role may use; a certificate and its forms are panels in their place."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        entries = (
            _Entry(CERTIFICATES, lambda: _("Certificates"), self._make_list, Permission.READ_PAPERS),
            _Entry(TEXTS, lambda: _("Texts and logos"), self._make_texts, Permission.EDIT_TEMPLATES),
            _Entry(CHECKING, lambda: _("Check a paper (F12)"), self._make_check, Permission.FIND_PEOPLE),
        )
        self._entries = {entry.key: entry for entry in entries if context.actor.may(entry.permission)}
        self._sections: dict[str, Section] = {}
        self.certificate = CertificatePanel(context)
        self.revoke = RevokeForm(context)
        self.replace = ReplaceForm(context)
        self.choice = OneOf(lambda: _("Section"), [(entry.key, entry.title) for entry in self._entries.values()])
        self._title = Label(lambda: _("Papers"), step="large")
        overview = QWidget()
        head = QHBoxLayout()
        head.setSpacing(Gap.LARGE)
        head.addWidget(self._title)
        head.addWidget(self.choice, 1)
        self._stack = QStackedWidget()
        column = QVBoxLayout(overview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Gap.SMALL)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.trail = Trail(overview, (self.certificate, self.revoke, self.replace))
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.trail)
        self._stack.addWidget(self.section(self.choice.value))
        self._connect()

    def activate(self) -> None:
        """Read again what is in front."""
        if self.trail.is_home:
            self.section(self.choice.value).refresh()
        elif self.trail.currentWidget() is self.certificate:
            self.certificate.refresh()

    def primary_focus(self) -> QWidget:
        """Where the section's work begins, unless a panel is in front."""
        front = self.trail.currentWidget()
        return front if isinstance(front, Panel) else self.section(self.choice.value).primary_focus()

    def open_certificate(self, certificate_id: CertificateId) -> None:
        """Show a certificate."""
        self.certificate.begin(certificate_id)
        self.trail.front(self.certificate)

    def open_record(self, record_id: UUID) -> None:
        """Show a certificate; from there the way leads back to what was in front."""
        self.open_certificate(CertificateId(record_id))

    def start_check(self) -> None:
        """Check a paper, whatever stood in front."""
        while not self.trail.is_home:
            self.trail.go_back()
        self.show_section(CHECKING)
        self.checking.start()

    def receive_files(self, paths: tuple[Path, ...]) -> None:
        """A picture of a paper."""
        self.show_section(CHECKING)
        self.checking.check_path(paths[0])

    @property
    def certificates(self) -> CertificatesSection:
        """The list. Raises KeyError for a role that has none."""
        section = self.section(CERTIFICATES)
        assert isinstance(section, CertificatesSection)  # noqa: S101 - of that key
        return section

    @property
    def checking(self) -> CheckSection:
        """Where papers are checked."""
        section = self.section(CHECKING)
        assert isinstance(section, CheckSection)  # noqa: S101 - of that key
        return section

    def section(self, key: str) -> Section:
        """A section, built if nobody has been there yet. Raises KeyError for one that the role may not use."""
        if key not in self._sections:
            made = self._entries[key].make()
            self._sections[key] = made
            self._stack.addWidget(made)
        return self._sections[key]

    def show_section(self, key: str) -> None:
        """Bring a section to the front."""
        wanted = self.section(key)
        self.choice.choose(key)
        self._stack.setCurrentWidget(wanted)
        wanted.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the rail's word is title enough."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        self._title.setVisible(not low)
        self._layout.setContentsMargins(Gap.WIDE, Gap.SMALL if low else Gap.LARGE, Gap.WIDE, Gap.SMALL)

    def _make_list(self) -> CertificatesSection:
        section = CertificatesSection(self._context)
        section.opened.connect(self.open_certificate)
        section.add.clicked.connect(lambda: self.page_requested.emit("trainings"))
        return section

    def _make_texts(self) -> TextsSection:
        return TextsSection(self._context)

    def _make_check(self) -> CheckSection:
        return CheckSection(self._context)

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_section)
        self.certificate.replace_requested.connect(self._on_replace_requested)
        self.certificate.revoke_requested.connect(self._on_revoke_requested)
        self.certificate.person_requested.connect(self.person_requested)
        self.revoke.revoked.connect(self.trail.go_back)
        self.replace.replaced.connect(self._on_replaced)
        self.trail.came_home.connect(self._on_trail_came_home)
        self.trail.came_back.connect(self._on_trail_came_back)

    def _on_revoke_requested(self, found: Certificate) -> None:
        self.revoke.begin(found)
        self.trail.front(self.revoke)

    def _on_replace_requested(self, found: Certificate) -> None:
        self.replace.begin(found)
        self.trail.front(self.replace)

    def _on_replaced(self, made: Issued) -> None:
        self.trail.forget()
        self.open_certificate(made.id)

    def _on_trail_came_home(self) -> None:
        self.section(self.choice.value).refresh()
        self.primary_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_trail_came_back(self, panel: Panel) -> None:
        if panel is self.certificate:
            self.certificate.refresh()
