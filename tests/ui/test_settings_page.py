"""The settings, section by section, on a real hub."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.coaching import StepTemplate
from app.i18n import current_language
from app.services import accounts, counters, reasons, steps
from app.settings import load_settings
from tests.ui.conftest import Keys
from ui.program import Program
from ui.settings.accounts_section import AccountsSection
from ui.settings.backup_section import BackupSection
from ui.settings.counters_section import CountersSection, make_code
from ui.settings.look_section import LookSection
from ui.settings.page import SettingsPage
from ui.settings.password_section import PasswordSection
from ui.settings.reasons_section import ReasonsSection
from ui.settings.section import Section
from ui.settings.templates_section import TemplatesSection

SignIn = Callable[..., Program]
_S = TypeVar("_S", bound=Section)


def _page(program: Program) -> SettingsPage:
    assert program.workplace is not None
    program.workplace.show_page("settings")
    page = program.workplace.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def _section(program: Program, qtbot: QtBot, key: str, kind: type[_S]) -> _S:
    page = _page(program)
    page.show_section(key)
    qtbot.waitUntil(lambda: program.runner.is_idle)
    section = page.section(key)
    assert isinstance(section, kind)
    return section


def _settle(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: program.runner.is_idle)


def test_a_role_sees_only_what_it_may_use(sign_in: SignIn, receptionist: tuple[str, str]) -> None:
    page = _page(sign_in(receptionist))
    assert len(page.choice.buttons) == 2
    with pytest.raises(KeyError):
        page.section("accounts")
    look = page.section("look")
    assert isinstance(look, LookSection)
    assert not look.idle.isVisible()


def test_sections_open_inside_the_window(sign_in: SignIn, keys: Keys) -> None:
    program = sign_in()
    page = _page(program)
    program.window.activateWindow()
    assert len(page.choice.buttons) == 8
    for _ in range(7):
        keys.press(Qt.Key.Key_Right)
        assert QApplication.focusWindow() is program.window.windowHandle()
        assert page.section(page.choice.value).isVisible()


def test_look_and_language_count_at_once_and_are_kept(sign_in: SignIn, qtbot: QtBot) -> None:
    program = sign_in()
    look = _section(program, qtbot, "look", LookSection)
    look.language.buttons[0].click()
    assert current_language() == "fr"
    look.look.buttons[2].click()
    look.scale.buttons[1].click()
    look.idle.choose("30")
    look.idle.picked.emit("30")
    kept = load_settings(program.paths.settings)
    assert (kept.language, kept.appearance, kept.scale, kept.idle_minutes) == ("fr", "dark", 125, 30)


def test_the_password_changes_only_for_who_knows_it(sign_in: SignIn, qtbot: QtBot, manager: tuple[str, str]) -> None:
    program = sign_in()
    section = _section(program, qtbot, "password", PasswordSection)

    def fill(current: str) -> None:
        section.current.line.setText(current)
        section.new.first.line.setText("nouveau et long")
        section.new.second.line.setText("nouveau et long")
        section.change_button.click()
        qtbot.waitUntil(lambda: program.runner.is_idle and not section.change_button.is_busy)

    fill("wrong")
    assert section.current.error
    fill(manager[1])
    assert section.current.text == ""
    program.sign_out()
    _settle(program, qtbot)
    again = sign_in((manager[0], "nouveau et long"))
    assert again.is_signed_in


def test_an_account_is_made_by_keyboard_and_signs_in(sign_in: SignIn, keys: Keys, qtbot: QtBot) -> None:
    program = sign_in()
    section = _section(program, qtbot, "accounts", AccountsSection)
    assert [row.account.login for row in section.rows] == ["amina", "youssef"]
    section.add_button.setFocus()
    keys.press(Qt.Key.Key_Return)
    keys.write("Fatou Diop")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Down)  # the role after the receptionist's
    keys.press(Qt.Key.Key_Tab)
    keys.write("mot de passe long")
    keys.press(Qt.Key.Key_Return)
    keys.write("mot de passe long")
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(section.rows) == 3)
    _settle(program, qtbot)
    assert not section.form.isVisible()
    made = next(row.account for row in section.rows if row.account.login == "fatou")
    assert (made.name, str(made.role)) == ("Fatou Diop", "advisor")
    program.sign_out()
    _settle(program, qtbot)
    program.close()
    assert sign_in(("fatou", "mot de passe long")).is_signed_in


def test_what_the_services_refuse_is_said_and_shown_as_it_is(sign_in: SignIn, qtbot: QtBot) -> None:
    program = sign_in()
    section = _section(program, qtbot, "accounts", AccountsSection)
    section.form.begin()
    section.form.name.set_text("Another Amina")
    section.form.login.set_text("amina")
    for field in (section.form.passwords.first, section.form.passwords.second):
        field.line.setText("mot de passe long")
    section.form.action_button.click()
    _settle(program, qtbot)
    assert program.workplace is not None
    assert "amina" in program.workplace.foot.strip.text
    assert section.form.isVisible()  # nothing that was typed is lost
    assert section.form.name.text == "Another Amina"


def test_an_account_is_closed_after_asking_and_opened_with_a_password(sign_in: SignIn, qtbot: QtBot) -> None:
    program = sign_in()
    section = _section(program, qtbot, "accounts", AccountsSection)
    assert not section.rows[0].close_button.isEnabled()  # one's own
    assert not section.rows[0].role.isEnabled()
    section.rows[1].close_button.click()
    box = section.findChildren(QMessageBox)[0]
    next(button for button in box.buttons() if box.buttonRole(button) is QMessageBox.ButtonRole.AcceptRole).click()
    qtbot.waitUntil(lambda: not section.rows[1].account.active)
    _settle(program, qtbot)
    section.rows[1].password_button.click()
    for field in (section.password_form.passwords.first, section.password_form.passwords.second):
        field.line.setText("rouvert pour de bon")
    section.password_form.action_button.click()
    qtbot.waitUntil(lambda: section.rows[1].account.active)
    program.sign_out()
    _settle(program, qtbot)
    program.close()
    assert sign_in(("youssef", "rouvert pour de bon")).is_signed_in


def test_asking_defaults_to_leaving_things_as_they_are(sign_in: SignIn, qtbot: QtBot) -> None:
    program = sign_in()
    section = _section(program, qtbot, "accounts", AccountsSection)
    section.rows[1].close_button.click()
    box = section.findChildren(QMessageBox)[0]
    default = box.defaultButton()
    assert isinstance(default, QPushButton)
    assert box.buttonRole(default) is QMessageBox.ButtonRole.RejectRole
    QTest.keyClick(box, Qt.Key.Key_Return)
    _settle(program, qtbot)
    assert section.rows[1].account.active


def test_a_role_is_given(sign_in: SignIn, qtbot: QtBot) -> None:
    program = sign_in()
    section = _section(program, qtbot, "accounts", AccountsSection)
    section.rows[1].role.setFocus()
    QTest.keyClick(section.rows[1].role, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: str(section.rows[1].account.role) == "advisor")
    assert program.hub is not None
    _settle(program, qtbot)
    assert {str(account.role) for account in program.hub.read(accounts.list_accounts)} == {"manager", "advisor"}


def _first_label(section: CountersSection) -> str:
    counter = section.rows[0].counter
    return counter.label_en if counter else ""


def test_counters_are_renamed_moved_hidden_and_opened(sign_in: SignIn, qtbot: QtBot) -> None:
    program = sign_in()
    section = _section(program, qtbot, "counters", CountersSection)
    first, second = (row.counter for row in section.rows[:2])
    assert first is not None
    assert second is not None
    line = section.rows[0].fields["en"]
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "Companies")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _first_label(section) == "Companies")
    assert program.workplace is not None
    program.workplace.foot.strip.undo_button.click()
    qtbot.waitUntil(lambda: _first_label(section) == first.label_en)
    section.rows[0].down_button.click()
    qtbot.waitUntil(lambda: section.rows[0].counter is not None and section.rows[0].counter.id == second.id)
    section.rows[0].in_use.click()
    qtbot.waitUntil(lambda: section.rows[0].counter is not None and section.rows[0].counter.hidden)
    _settle(program, qtbot)
    count = len(section.rows)
    section.add_button.click()
    assert section.new is not None
    for language, words in {"fr": "Santé", "en": "Health", "ar": "الصحة"}.items():
        section.new.fields[language].setText(words)
    section.open_button.click()
    qtbot.waitUntil(lambda: len(section.rows) == count + 1)
    _settle(program, qtbot)
    assert program.hub is not None
    assert "health" in {counter.code for counter in program.hub.read(counters.list_counters)}


def test_a_counter_without_a_name_in_each_language_is_refused(sign_in: SignIn, qtbot: QtBot) -> None:
    program = sign_in()
    section = _section(program, qtbot, "counters", CountersSection)
    count = len(section.rows)
    section.add_button.click()
    assert section.new is not None
    section.new.fields["en"].setText("Health")
    section.open_button.click()
    _settle(program, qtbot)
    assert program.workplace is not None
    assert program.workplace.foot.strip.text
    assert len(section.rows) == count
    assert section.new.fields["en"].text() == "Health"


def test_a_code_is_never_used_twice() -> None:
    assert make_code("Health & education", set()) == "health_education"
    assert make_code("Health", {"health", "health_2"}) == "health_3"
    assert make_code("الصحة", set()) == "counter"
    assert make_code("1st", set()) == "counter_1st"


def test_reasons_are_hidden_and_shown_again(sign_in: SignIn, qtbot: QtBot) -> None:
    program = sign_in()
    section = _section(program, qtbot, "reasons", ReasonsSection)
    code, check = next(iter(section.checks.items()))
    assert check.isChecked()
    check.click()
    _settle(program, qtbot)
    assert program.hub is not None
    assert code in program.hub.read(lambda uow: reasons.hidden_codes(reasons.VISIT_REASONS, uow))
    assert program.workplace is not None
    program.workplace.foot.strip.undo_button.click()
    qtbot.waitUntil(check.isChecked)
    _settle(program, qtbot)
    assert not program.hub.read(lambda uow: reasons.hidden_codes(reasons.VISIT_REASONS, uow))


def test_a_backup_is_made_and_said(sign_in: SignIn, qtbot: QtBot) -> None:
    program = sign_in()
    section = _section(program, qtbot, "backup", BackupSection)
    before = section.last.text()
    section.now_button.click()
    _settle(program, qtbot)
    made = list(program.paths.backups.glob("*.waslbackup"))
    assert len(made) == 1
    assert section.last.text() != before
    assert program.workplace is not None
    assert made[0].name in program.workplace.foot.strip.text


def test_a_backup_to_a_folder_that_is_not_there_is_a_sentence(sign_in: SignIn, qtbot: QtBot) -> None:
    program = sign_in()
    section = _section(program, qtbot, "backup", BackupSection)
    section.back_up(program.paths.folder / "stick that is gone" / "copy.waslbackup")
    _settle(program, qtbot)
    assert program.workplace is not None
    assert len(program.workplace.foot.strip.text) > 20
    assert not section.findChildren(QMessageBox)


def test_the_usual_steps_of_a_kind_are_named_added_moved_and_taken_out_of_use(
    sign_in: SignIn, qtbot: QtBot, keys: Keys
) -> None:
    program = sign_in(language="en")
    section = _section(program, qtbot, "steps", TemplatesSection)
    hub = program.hub
    assert hub is not None

    def kept() -> list[StepTemplate]:
        return list(hub.read(lambda uow: steps.list_templates(uow, section.kind.value, hidden=True)))

    before = kept()
    assert [row.template for row in section.rows] == before
    line = section.rows[0].fields["fr"]
    line.setFocus()
    line.selectAll()
    keys.write("Premier entretien")
    keys.press(Qt.Key.Key_Return)
    _settle(program, qtbot)
    assert kept()[0].label_fr == "Premier entretien"
    section.add_button.click()
    assert section.new is not None
    for language, words in (("fr", "Bilan"), ("en", "Review"), ("ar", "")):
        section.new.fields[language].setText(words)
    section.keep_button.click()
    _settle(program, qtbot)
    assert len(kept()) == len(before)
    assert section.new is not None  # what was typed is not lost
    section.new.fields["ar"].setText("تقييم")
    section.keep_button.click()
    _settle(program, qtbot)
    assert kept()[-1].label_en == "Review"
    section.rows[-1].up_button.click()
    _settle(program, qtbot)
    assert kept()[-2].label_en == "Review"
    section.rows[-2].in_use.click()
    _settle(program, qtbot)
    assert kept()[-2].hidden
    assert program.workplace is not None
    program.workplace.foot.strip.undo_button.click()
    _settle(program, qtbot)
    assert not kept()[-2].hidden
