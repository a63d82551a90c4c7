"""Where every page hears what an action changed."""

from PySide6.QtCore import QObject, Signal


class ChangeBus(QObject):
    """`changed` carries an `app.changes.Changes` and is emitted on the GUI thread after each write."""

    changed = Signal(object)
