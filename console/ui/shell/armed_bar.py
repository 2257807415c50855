"""What is armed, above the strip, where no button in sight names it and the strip has no room."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.domain.acts.table import is_known
from console.ui.acts.armed_face import ArmedFace
from console.ui.command_table.commands import act_command_id
from console.ui.state.armed import Armed
from console.ui.state.window_context import WindowContext
from console.ui.widgets.plain_text_widgets import ElidedLabel
from console.ui.widgets.timers import one_shot


def key_of(armed: Armed, context: WindowContext) -> str:
    """The key whose second press does it; "" where it has none."""
    if is_known(armed.name):
        return context.keymap.key(act_command_id(armed.name))
    return context.keymap.keys().get(armed.name, "")


class ArmedBar(QObject):
    """Belongs to the ``strip`` of one window, which names what is armed in ``said``."""

    def __init__(self, strip: QWidget, said: ElidedLabel, context: WindowContext) -> None:
        super().__init__(strip)
        self._strip, self._said, self._context = strip, said, context
        self._bar: ArmedFace | None = None
        # Once buttons and strip have shown what is armed.
        self._soon = one_shot(0, self)
        self._soon.timeout.connect(self._show)
        context.controller.arming.changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        if self._bar is not None:
            self._bar.hide()
            self._bar.deleteLater()
            self._bar = None
        self._soon.start()

    def _show(self) -> None:
        armed = self._context.controller.arming.shown
        if armed is None or self._bar is not None or self._is_named():
            return
        key = key_of(armed, self._context)
        # Not over the strip itself: there a countdown of automation may have to be stopped.
        self._bar = ArmedFace(self._strip, self._context, armed, key, above=True)

    def _is_named(self) -> bool:
        """Whether the whole sentence is in sight already."""
        faces = self._strip.window().findChildren(ArmedFace)
        wanted = self._said.fontMetrics().horizontalAdvance(self._said.accessibleName())
        return any(face.isVisible() for face in faces) or wanted <= self._said.width()
