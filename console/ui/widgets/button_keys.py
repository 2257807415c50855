"""Letters and digits as keys of buttons, while one of those buttons has the focus."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from console.ui.widgets.letters import is_letter
from console.ui.widgets.physical_keys import Codes, latin_key


class ButtonKeys(QObject):
    """``press`` gets the letter, upper case, or digit; False where it is no key of these buttons.

    ``wants`` says beforehand which are. Where the layout writes another script, a letter is the one
    that a Latin keyboard has there.
    """

    def __init__(
        self, parent: QObject, wants: Callable[[str], bool], press: Callable[[str], object]
    ) -> None:
        super().__init__(parent)
        self._wants = wants
        self._press = press

    def watch(self, button: QWidget) -> None:
        """Its keys work while this button has the focus, too."""
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not is_letter(event):
            return False
        sign = _sign(event)
        if not self._wants(sign):
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # or the window's own key of this name would act
            return True
        if event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._press(sign)
            return True
        return False


def _sign(event: QKeyEvent) -> str:
    if event.text().isascii():
        return event.text().upper()
    codes = Codes(event.nativeScanCode(), event.nativeVirtualKey())
    return latin_key(codes, QGuiApplication.platformName())
