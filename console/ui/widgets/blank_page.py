"""The page in place of an empty list: an icon, one sentence, one action."""

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from console.base.plain_text import visible
from console.domain.call import Call
from console.domain.phase import Phase
from console.protocol.to_window import EngineState
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.theme import Theme


class Blank(Struct, frozen=True):
    """One such state. ``command`` is the id of the command its button runs; "" for no button."""

    icon: str
    sentence: str
    advice: str = ""
    command: str = ""
    button: str = ""
    token: str = "text_faint"


def blank_transcript(
    state: EngineState, call: Call | None, *, calls: int, rows: int, raised_only: bool
) -> Blank | None:
    """What the transcript says instead of rows; None when there are rows to show."""
    if rows and state.phase is not Phase.SIGNED_OUT:
        return None
    sentence, advice = visible(state.sentence), visible(state.advice)
    match state.phase:
        case Phase.SIGNED_OUT:
            return Blank(
                "logo",
                sentence or "You are signed out.",
                advice or "Sign in to watch the calls of your app.",
                "session.sign_in",
                "Sign in…",
                "accent",
            )
        case Phase.REFUSED:
            return Blank(
                "warning",
                sentence or "Stream refused the sign-in.",
                advice or "Check the key and the secret or token.",
                "session.sign_in",
                "Sign in again…",
                "bad",
            )
        case Phase.RECONNECTING | Phase.SILENT | Phase.WAITING:
            return Blank(
                "plug",
                sentence or "The connection is lost.",
                advice or "It is tried again by itself.",
                "session.try_now",
                "Try now",
                "warn",
            )
        case Phase.CONNECTING | Phase.READING:
            return Blank(
                "hourglass",
                sentence or "Connecting…",
                advice or "The calls appear here as soon as they are read.",
                "session.sign_out",
                "Cancel",
                "accent",
            )
        case Phase.LIVE | Phase.OUTDATED:
            return _blank_live(state, call, calls=calls, raised_only=raised_only)


def _blank_live(state: EngineState, call: Call | None, *, calls: int, raised_only: bool) -> Blank:
    if not calls:
        words = "No call is active." if state.directory_complete else "Reading the active calls…"
        return Blank("live", words, "Calls that begin show up here within seconds.")
    if raised_only:
        return Blank(
            "check",
            "No line has been raised.",
            "Lines that the policy keeps are hidden.",
            "view.raised_only",
            "Show all lines",
            "good",
        )
    if call is not None and call.captions_mode == "disabled":
        return Blank(
            "caption",
            "Nothing can be heard here: captions are disabled for this call.",
            "The settings of its call type decide this.",
            "go.all_calls",
            "All calls",
            "warn",
        )
    return Blank("chat", "Nothing has been said yet.", "Lines appear here as they are spoken.")


class BlankPage(QFrame):
    """Shows one Blank in the middle.

    ``low``: for panels with little height.

    Signals:
        command_wanted: the id of the command whose button was pressed.
    """

    command_wanted = Signal(str)

    def __init__(self, theme: Theme, *, low: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_size = 20 if low else 44
        self._blank: Blank | None = None
        self.setProperty("surface", "panel")
        self._icon = PlainLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = PlainLabel(wrap=True).strengthen(1.0 if low else 1.15)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._advice = PlainLabel(ink="dim", wrap=True)
        self._advice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = QPushButton()
        self._button.setObjectName("blank-action")
        self._button.setProperty("tone", "primary")
        self._button.clicked.connect(self._run)
        self._button.hide()
        column = QVBoxLayout(self)
        edge = 4 if low else 24
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(4 if low else 8)
        column.addStretch(2)
        for part in (self._icon, self._sentence, self._advice):
            column.addWidget(part)
        if not low:
            column.addSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.changed.connect(self._redraw)

    def show_blank(self, blank: Blank) -> None:
        """Show this state."""
        if blank == self._blank:
            return
        self._blank = blank
        self._sentence.show_text(blank.sentence)
        self._advice.show_text(blank.advice)
        self._advice.setVisible(bool(blank.advice))
        self._button.setText(blank.button)
        self._button.setAccessibleName(blank.button)
        self._button.setVisible(bool(blank.command))
        self.setAccessibleName(f"{blank.sentence} {blank.advice}".strip())
        self._redraw()

    def has_focus(self) -> bool:
        """Whether the keyboard is on the page or its action."""
        return self.hasFocus() or self._button.hasFocus()

    def take_focus(self) -> None:
        """Put the keyboard on the one action, or on the page: never into a text field."""
        action = self._blank is not None and bool(self._blank.command)
        (self._button if action else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _redraw(self) -> None:
        if self._blank is not None:
            scale = self.devicePixelRatioF()
            self._icon.setPixmap(
                self._theme.pixmap(self._blank.icon, self._blank.token, self._icon_size, scale)
            )

    def _run(self) -> None:
        if self._blank is not None and self._blank.command:
            self.command_wanted.emit(self._blank.command)
