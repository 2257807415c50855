"""The image to try: a URL that only Stream fetches, or a file on this machine."""

import re
from urllib.parse import urlsplit

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QUrl, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from console.ui.widgets.controls import line_field, push_button
from console.ui.widgets.file_choice import choose_file
from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.timers import one_shot

FILTER = "Images (*.png *.jpg *.jpeg *.gif *.webp *.bmp);;All files (*)"
TYPED_MS = 250
MAX_CHARACTERS = 2048
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


class ImagePlace(Struct, frozen=True):
    """A ``url`` or a ``path``, neither for no image; or a ``sentence``: what is wrong."""

    url: str = ""
    path: str = ""
    sentence: str = ""


NOWHERE = ImagePlace()


def image_place(typed: str) -> ImagePlace:
    """What somebody typed, pasted or dropped, read without touching disk or network."""
    words = typed.strip()
    if not words:
        return NOWHERE
    if words.lower().startswith("file:"):
        path = QUrl(words).toLocalFile()
        return ImagePlace(path=path) if path else ImagePlace(sentence="That is no path of a file.")
    if not _SCHEME.match(words) or re.match(r"[A-Za-z]:[\\/]", words):
        return ImagePlace(path=words)
    try:
        parts = urlsplit(words)
        host = parts.hostname
    except ValueError:
        return ImagePlace(sentence="That is no URL that Stream could open.")
    if parts.scheme.lower() not in ("http", "https"):
        return ImagePlace(sentence="Only URLs that begin with http:// or https:// can be tried.")
    if not host or any(each.isspace() or not each.isprintable() for each in words):
        return ImagePlace(sentence="That is no URL that Stream could open.")
    return ImagePlace(url=words)


class ImageField(QWidget):
    """One line for a URL or a path; a file can be chosen or dropped.

    Signals:
        changed: another place is meant, a moment after the last key.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        spoken, hint = "Image to try: a URL or a file", "URL of an image, or a file"
        self.line = line_field(spoken, hint, "try-image")
        self.line.setMaxLength(MAX_CHARACTERS)
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.choose = push_button("Choose…", self.choose_file, spoken="Choose an image file")
        self._place = NOWHERE
        self._typed = one_shot(TYPED_MS, self)
        self._typed.timeout.connect(self._settle)
        self.line.textChanged.connect(lambda _text: self._typed.start())
        self.line.editingFinished.connect(self._settle)
        label = PlainLabel("Image", ink="dim")
        label.setBuddy(self.line)
        in_row(label, (self.line, 1), self.choose, owner=self)

    @property
    def place(self) -> ImagePlace:
        """The place that is typed now."""
        return self._place

    def show_place(self, words: str) -> None:
        """Use this URL or file at once."""
        self.line.setText(words)
        self._settle()

    def choose_file(self) -> None:
        """Let the user choose a file."""
        choose_file(self, "Image to try", self._place.path, FILTER, self.show_place)

    def _settle(self) -> None:
        self._typed.stop()
        place = image_place(self.line.text())
        if place != self._place:
            self._place = place
            self.changed.emit()

    def take_files_of(self, widget: QWidget) -> None:
        """Files dropped on ``widget`` are tried too; other things are its own."""
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent):
            urls = event.mimeData().urls()
            if urls and (watched is self.line or urls[0].isLocalFile()):
                event.acceptProposedAction()
                if event.type() is QEvent.Type.Drop:
                    self.show_place(urls[0].toLocalFile() or urls[0].toString())
                return True
        return super().eventFilter(watched, event)
