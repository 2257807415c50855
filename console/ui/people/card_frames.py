"""What the chosen person's camera and screen show, blurred, on their card."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from console.domain.picture import SCREEN, VIDEO
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.transcript.picture_view import PictureView
from console.ui.widgets.layouts import in_row

SIZE = QSize(144, 81)
_NAMES = {VIDEO: "What their camera shows", SCREEN: "What their screen shows"}


class CardFrames(QWidget):
    """Hidden where they show nothing."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._frames = context.session.frames
        self._target: Target | None = None
        self.views = {track: PictureView(context.pictures, context.theme, SIZE) for track in _NAMES}
        in_row(*self.views.values(), None, owner=self, spacing=8)
        self._frames.changed.connect(self._on_frames)
        self.hide()

    def _on_frames(self, _keys: object) -> None:
        self.show_target(self._target)

    def show_target(self, target: Target | None) -> None:
        """Show what this person shows in the call that they are chosen in."""
        self._target = target
        found = self._frames.of(target.cid, target.user_id) if target is not None else ()
        shown = {seen.key.track: seen for seen in found}
        for track, view in self.views.items():
            view.show_frame(shown.get(track), _NAMES[track])
        self.setVisible(bool(shown))
