"""One style sheet and one palette, both made from the tokens."""

from functools import cache
from string import Template

from PySide6.QtGui import QColor, QPalette

from ui.theme import RESOURCES, tokens
from ui.theme.tokens import Colours, Gap, TextSize


@cache
def _sheet() -> Template:
    return Template((RESOURCES / "styles" / "window.qss").read_text(encoding="utf-8"))


def make_style_sheet(colours: Colours, text_step: int = 0) -> str:
    """The style sheet of the whole application; `text_step` pixels are added to each size of type."""
    names = {name: getattr(colours, name) for name in Colours.__dataclass_fields__ if name != "counters"}
    ring = tokens.FOCUS_RING
    return _sheet().substitute(
        names,
        hair=Gap.HAIR,
        small=Gap.SMALL,
        small_f=Gap.SMALL - ring + 1,
        medium=Gap.MEDIUM,
        medium_f=Gap.MEDIUM - ring + 1,
        large=Gap.LARGE,
        large_f=Gap.LARGE - ring + 1,
        wide=Gap.WIDE,
        corner=tokens.CORNER,
        corner_small=tokens.CORNER_SMALL,
        ring=ring,
        row_dense=tokens.ROW_DENSE,
        inner=tokens.ROW - 2 * ring,
        inner_dense=tokens.ROW_DENSE - 2 * ring,
        choice=tokens.ROW + Gap.LARGE,
        search=tokens.ROW + Gap.HAIR,
        t_small=TextSize.SMALL + text_step,
        t_medium=TextSize.MEDIUM + text_step,
        t_large=TextSize.LARGE + text_step,
        t_display=TextSize.DISPLAY + text_step,
    )


def make_palette(colours: Colours) -> QPalette:
    """The palette, for what no style sheet reaches: views that paint themselves, Qt's own dialogs."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.paper,
        QPalette.ColorRole.WindowText: colours.ink,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.sunken,
        QPalette.ColorRole.Text: colours.ink,
        QPalette.ColorRole.PlaceholderText: colours.quiet_ink,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.ink,
        QPalette.ColorRole.BrightText: colours.danger,
        QPalette.ColorRole.Highlight: colours.primary,
        QPalette.ColorRole.HighlightedText: colours.on_primary,
        QPalette.ColorRole.Accent: colours.primary,
        QPalette.ColorRole.Link: colours.information,
        QPalette.ColorRole.LinkVisited: colours.information,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.ink,
        QPalette.ColorRole.Light: colours.surface,
        QPalette.ColorRole.Midlight: colours.sunken,
        QPalette.ColorRole.Mid: colours.line,
        QPalette.ColorRole.Dark: colours.control,
        QPalette.ColorRole.Shadow: colours.control,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.quiet_ink))
    return palette
