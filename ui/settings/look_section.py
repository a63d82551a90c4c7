"""Language, light or dark, scale, and the minutes until the window locks."""

from typing import Final

from babel.numbers import format_percent

from app.domain.accounts import Permission
from app.i18n import LANGUAGES, SELF_NAMES, _, current_locale, ngettext
from app.settings import APPEARANCES, SCALES
from ui.page import PageContext
from ui.preferences import Preferences
from ui.settings.section import Section
from ui.theme.tokens import FIELD_WIDTH
from ui.widgets.choices import OneOf, PickList
from ui.widgets.fields import FieldFrame
from ui.widgets.words import Words, as_is

_MINUTES: Final = (2, 5, 10, 15, 30, 60)


class LookSection(Section):
    """Every choice counts at once, except the scale, which counts from the next start."""

    def __init__(self, context: PageContext, preferences: Preferences) -> None:
        super().__init__(context, lambda: _("Language and look"), lambda: _("For this computer, whoever signs in."))
        self._preferences = preferences
        words: dict[str, Words] = {
            "system": lambda: _("As the computer"),
            "light": lambda: _("Light"),
            "dark": lambda: _("Dark"),
        }
        self.language = OneOf(lambda: _("Language"), [(code, as_is(SELF_NAMES[code])) for code in LANGUAGES])
        self.look = OneOf(lambda: _("Appearance"), [(choice, words[choice]) for choice in APPEARANCES])
        self.scale = OneOf(lambda: _("Size"), [(str(scale), _word_scale(scale)) for scale in SCALES])
        self.idle = PickList(lambda: _("Lock after"))
        self.idle.setFixedWidth(FIELD_WIDTH)
        may_set_idle = context.actor.may(Permission.EDIT_ACCOUNTS)
        self.body.addWidget(FieldFrame(lambda: _("Language"), self.language))
        self.body.addWidget(FieldFrame(lambda: _("Appearance"), self.look))
        self.body.addWidget(
            FieldFrame(lambda: _("Size"), self.scale, hint=lambda: _("Counts from the next start of Wasl."))
        )
        frame = FieldFrame(
            lambda: _("Lock after"),
            self.idle,
            hint=lambda: _("Without a key or the mouse. Ctrl+L locks at once."),
        )
        self.body.addWidget(frame)
        frame.setVisible(may_set_idle)
        self.language.chosen.connect(preferences.choose_language)
        self.look.chosen.connect(preferences.choose_appearance)
        self.scale.chosen.connect(lambda chosen: preferences.choose_scale(int(chosen)))
        self.idle.picked.connect(lambda minutes: preferences.choose_idle_minutes(int(minutes)))
        preferences.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the choices as they are, also when they were made elsewhere."""
        settings = self._preferences.settings
        self.language.choose(settings.language)
        self.look.choose(settings.appearance)
        self.scale.choose(str(settings.scale))
        minutes = sorted({*_MINUTES, settings.idle_minutes})
        self.idle.offer([(str(count), _word_minutes(count)) for count in minutes])
        self.idle.choose(str(settings.idle_minutes))


def _word_scale(scale: int) -> Words:
    return lambda: format_percent(scale / 100, locale=current_locale())


def _word_minutes(count: int) -> Words:
    return lambda: ngettext("{count} minute", "{count} minutes", count).format(count=count)
