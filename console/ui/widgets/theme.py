"""One set of tokens turned into Qt's palette and style sheet; follows the system when asked to."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from console.base.paths import resources
from console.ui.widgets import icons
from console.ui.widgets.theme_tokens import Tokens, load

SYSTEM = "system"
CHOICES = (SYSTEM, "light", "dark")


def style_sheet(template: str, tokens: Tokens) -> str:
    """``template`` with every ``{{token}}`` replaced, and ``{{icons}}`` by where they lie."""
    sheet = template.replace("{{icons}}", icons.icon_folder().as_posix())
    for name in tokens.colors.__struct_fields__:
        sheet = sheet.replace("{{" + name + "}}", getattr(tokens.colors, name))
    return sheet


def palette(tokens: Tokens) -> QPalette:
    """Qt's palette in the theme's colours, disabled ink included."""
    c = tokens.colors
    role = QPalette.ColorRole
    result = QPalette()
    for where, value in (
        (role.Window, c.window),
        (role.WindowText, c.text),
        (role.Base, c.panel),
        (role.AlternateBase, c.hover),
        (role.Text, c.text),
        (role.PlaceholderText, c.text_faint),
        (role.Button, c.raised),
        (role.ButtonText, c.text),
        (role.BrightText, c.bad),
        (role.ToolTipBase, c.raised),
        (role.ToolTipText, c.text),
        (role.Highlight, c.accent_fill),
        (role.HighlightedText, c.on_accent),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.Light, c.line_strong),
        (role.Midlight, c.line),
        (role.Mid, c.line_strong),
        (role.Dark, c.line_strong),
        (role.Shadow, c.window),
        (role.Accent, c.accent_fill),
    ):
        result.setColor(where, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for where in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(disabled, where, QColor(c.text_faint))
    return result


class Theme(QObject):
    """The theme in use. Delegates and views hold it and ask it for every colour.

    Signals:
        changed: other tokens are in use; cached pictures are stale.
    """

    changed = Signal()

    def __init__(self, choice: str = SYSTEM, folder: Path | None = None) -> None:
        super().__init__()
        root = resources() if folder is None else folder
        self._template = (root / "style.qss").read_text(encoding="utf-8")
        self._light = load(root / "themes" / "light.json")
        self._dark = load(root / "themes" / "dark.json")
        self._choice = choice if choice in CHOICES else SYSTEM
        self._tokens = self._wanted()
        self._styled = False
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)

    @property
    def tokens(self) -> Tokens:
        """The tokens in use now."""
        return self._tokens

    @property
    def choice(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Use ``choice`` from now on; unknown words mean ``system``."""
        self._choice = choice if choice in CHOICES else SYSTEM
        self._refresh()

    def toggle(self) -> str:
        """Switch to the opposite of what is shown; returns the new choice."""
        self.choose("light" if self._tokens.dark else "dark")
        return self._choice

    def apply(self, app: QApplication) -> None:
        """Apply the theme to the whole application, unless it is in use there already."""
        sheet = style_sheet(self._template, self._tokens)
        if app.styleSheet() == sheet:
            return
        if not self._styled:  # it polishes every widget once more, which takes seconds
            app.setStyle("Fusion")
            self._styled = True
        app.setPalette(palette(self._tokens))
        app.setStyleSheet(sheet)

    def hex(self, token: str) -> str:
        """The token's colour as ``#rrggbb``."""
        value: str = getattr(self._tokens.colors, token)
        return value

    def color(self, token: str, alpha: float = 1.0) -> QColor:
        """The token's colour, with an opacity from 0.0 to 1.0."""
        result = QColor(self.hex(token))
        result.setAlphaF(alpha)
        return result

    def icon(self, name: str, token: str = "text_dim") -> QIcon:
        """A themed icon for a button or menu."""
        return icons.icon(name, self.hex(token), disabled=self.hex("line_strong"))

    def pixmap(self, name: str, token: str, size: int, scale: float = 1.0) -> QPixmap:
        """A themed picture, ``size`` logical pixels square."""
        return icons.pixmap(name, self.hex(token), size, scale)

    def _wanted(self) -> Tokens:
        if self._choice == SYSTEM:
            scheme = QGuiApplication.styleHints().colorScheme()
            return self._light if scheme is Qt.ColorScheme.Light else self._dark
        return self._light if self._choice == "light" else self._dark

    def _follow_system(self) -> None:
        if self._choice == SYSTEM:
            self._refresh()

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted is self._tokens:
            return
        self._tokens = wanted
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.apply(app)
        self.changed.emit()
