"""Space on the list of the queue shows the pictures of the chosen item sharp, while it is held."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.ui.state.window_context import WindowContext
from console.ui.widgets.held_space import HeldSpace


class HeldPictures(QObject):
    """One for each window; list and stage share it.

    Attributes:
        any_shown: whether the stage shows pictures; else Space is the list's.

    Signals:
        reveal: whether they are to be sharp.
    """

    reveal = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.any_shown: Callable[[], bool] = lambda: False

    def watch(self, rows: QWidget) -> None:
        """Take Space from these rows while there are pictures."""
        space = HeldSpace(rows, lambda: self.any_shown())
        space.held.connect(lambda: self.reveal.emit(True))
        space.let_go.connect(lambda: self.reveal.emit(False))


def held_pictures(context: WindowContext) -> HeldPictures:
    """The one of this window, made when it is asked for first."""
    found = context.controller.findChild(HeldPictures)
    return found if isinstance(found, HeldPictures) else HeldPictures(context.controller)
