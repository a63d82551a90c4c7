"""Where every page hears what an action changed."""

from PySide6.QtCore import QObject, Signal


class ChangeBus(QObject):
    """`changed` carries an `app.changes.Changes` and is emitted on the GUI thread after each write.

    `told` carries a `ui.notices.StateLine`: how what goes on by itself stands.
    """

    changed = Signal(object)
    told = Signal(object)
