"""Where a box lies in a window that reads from right to left."""

from PySide6.QtCore import QRect, Qt


def visual_box(direction: Qt.LayoutDirection, whole: QRect, box: QRect) -> QRect:
    """`box` as it lies in `whole`: mirrored from right to left, else as it is.

    What QStyle.visualRect says, without QStyle: PySide6 makes its many enumerations for whoever names it first, which
    takes 8 ms of the start.
    """
    if direction is Qt.LayoutDirection.LeftToRight:
        return box
    return QRect(2 * whole.x() + whole.width() - box.x() - box.width(), box.y(), box.width(), box.height())
