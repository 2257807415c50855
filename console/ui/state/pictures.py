"""Pictures as the window shows them: asked of the engine once, blurred, sharp while held."""

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from console.protocol.frames import AskPicture, PictureAnswer
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.state.frames import FramesState
from console.ui.state.settings import Settings

MOST = 160
"""Pictures that are held, each at most 0.5 MB."""
MOST_ASKED = 2_000
MAX_SIDE = 1_024
MAX_PREVIEW_SIDE = 64
PREVIEW_WIDTH = 320
BLURS = {"strong": 10, "medium": 20, "light": 40}
"""How many pixels wide a blurred picture is in truth."""
BLUR, GREY = "frames_blur", "frames_grey"


class Pictures(QObject):
    """The small JPEGs of one window.

    Signals:
        arrived: the hash of a picture that can be shown now, or that cannot be had.
        changed: all pictures look different, because of the settings or the account.
    """

    arrived = Signal(str)
    changed = Signal()

    def __init__(
        self,
        link: EngineLink,
        frames: FramesState,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._frames = frames
        self._settings = settings
        self._sharp: OrderedDict[str, QPixmap] = OrderedDict()
        self._blurred: dict[str, QPixmap] = {}
        self._previews: OrderedDict[bytes, QPixmap] = OrderedDict()
        self._asked: OrderedDict[str, str] = OrderedDict()
        """What was asked for, and why it cannot be had."""
        frames.withheld_changed.connect(self._forget)
        settings.changed.connect(self._on_setting)

    def find(self, picture_id: str, *, sharp: bool = False) -> QPixmap | None:
        """The picture, blurred unless ``sharp``; None where it is not there (yet)."""
        if not picture_id or not self._frames.may_show(picture_id):
            return None
        found = self._sharp.get(picture_id)
        if found is None:
            self._ask(picture_id)
            return None
        self._sharp.move_to_end(picture_id)
        if sharp:
            return found
        if picture_id not in self._blurred:
            self._blurred[picture_id] = self._blur(found)
        return self._blurred[picture_id]

    def preview(self, preview: bytes) -> QPixmap | None:
        """What is shown of a frame that nobody looked at yet: a blur that cannot be made sharp."""
        if not preview:
            return None
        if preview not in self._previews:
            image = QImage()
            image.loadFromData(preview, "JPEG")
            if image.isNull() or max(image.width(), image.height()) > MAX_PREVIEW_SIDE:
                return None
            if self._settings[GREY]:
                image = image.convertToFormat(QImage.Format.Format_Grayscale8)
            self._previews[preview] = QPixmap.fromImage(_enlarged(image))
            if len(self._previews) > MOST:
                self._previews.popitem(last=False)
        return self._previews[preview]

    def why_not(self, picture_id: str) -> str:
        """Why a picture cannot be shown; empty while it may still come."""
        return self._asked.get(picture_id, "")

    def _ask(self, picture_id: str) -> None:
        if picture_id in self._asked:
            return
        self._asked[picture_id] = ""
        if len(self._asked) > MOST_ASKED:
            self._asked.popitem(last=False)
        self._link.ask(AskPicture(new_id(), picture_id), partial(self._take, picture_id))

    def _take(self, picture_id: str, answer: PictureAnswer) -> None:
        image = QImage()
        image.loadFromData(answer.jpeg, "JPEG")
        if image.isNull() or max(image.width(), image.height()) > MAX_SIDE:
            self._asked[picture_id] = answer.sentence or "This picture cannot be shown."
        elif self._frames.may_show(picture_id):
            self._asked.pop(picture_id, None)
            self._sharp[picture_id] = QPixmap.fromImage(image)
            while len(self._sharp) > MOST:
                oldest, _ = self._sharp.popitem(last=False)
                self._blurred.pop(oldest, None)
        self.arrived.emit(picture_id)

    def _blur(self, sharp: QPixmap) -> QPixmap:
        image = sharp.toImage()
        if self._settings[GREY]:
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        width = BLURS.get(self._settings[BLUR])
        if width is not None:
            image = _softened(image, width)
        return QPixmap.fromImage(image)

    def _forget(self, picture_ids: tuple[str, ...]) -> None:
        for picture_id in picture_ids:
            self._sharp.pop(picture_id, None)
            self._blurred.pop(picture_id, None)
            self.arrived.emit(picture_id)

    def _on_setting(self, name: str) -> None:
        if name in (BLUR, GREY):
            self._blurred.clear()
            self._previews.clear()
            self.changed.emit()


def _enlarged(image: QImage) -> QImage:
    """A few pixels in soft steps."""
    keep, soft = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    while image.width() < PREVIEW_WIDTH:
        image = image.scaled(image.size() * 2, keep, soft)
    return image


def _softened(image: QImage, width: int) -> QImage:
    """So few pixels that nothing can be made out, and made large again in soft steps."""
    size, keep = image.size(), Qt.AspectRatioMode.IgnoreAspectRatio
    soft = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(QSize(width, max(1, width * size.height() // size.width())), keep, soft)
    while small.width() * 2 < size.width():
        small = small.scaled(small.size() * 2, keep, soft)
    return small.scaled(size, keep, soft)
