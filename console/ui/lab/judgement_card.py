"""One verdict in large: the action, its severity, the reason; or why there is none."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.base.plain_text import visible
from console.domain.results import Judgement
from console.domain.verdict import KEEP, Severity
from console.ui.widgets.badge import Badge, Ground, badge_height, badge_width, paint_badge
from console.ui.widgets.cell_delegate import action_badge
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.surface import Surface
from console.ui.widgets.theme import Theme

_MEANING = {
    "keep": "The line stays.",
    "flag": "A moderator should look.",
    "mask": "The matched words are hidden.",
    "mask_flag": "Hidden, and a moderator should look.",
    "bounce": "The speaker is asked to say it differently.",
    "bounce_flag": "Sent back, and a moderator should look.",
    "bounce_remove": "Sent back first, removed when repeated.",
    "shadow": "Only the speaker still sees it.",
    "remove": "The line is taken away.",
}


class JudgementCard(Surface):
    """Framed; its left edge has the colour of the verdict, its badge the word."""

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__("card")
        self._theme = theme
        self._tone = "line"
        self._sign = ("", "text_faint")
        self.setAccessibleName(title)
        self._title = title
        self.title = PlainLabel(title, ink="dim")
        self.note = PlainLabel(ink="faint")
        self.badge = BigBadge(theme)
        self.labels = PlainLabel(ink="dim")
        self.why = PlainLabel(wrap=True)
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.picture = PlainLabel()
        self.stages = PlainLabel(ink="faint", wrap=True)
        self.stages.hide()
        reason = in_row((self.picture, 0, Qt.AlignmentFlag.AlignTop), (self.why, 1), spacing=10)
        in_column(
            in_row((self.title, 1), self.note, spacing=None),
            in_row(self.badge, (self.labels, 1), spacing=10),
            (reason, 1),
            self.stages,
            owner=self,
            margins=(18, 10, 14, 12),
            spacing=8,
        )
        self.setMinimumHeight(116)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._draw)

    def show_judgement(
        self, judgement: Judgement, note: str = "", *, stages: str = "", stale: bool = False
    ) -> None:
        """Show a verdict; ``stale`` when the text of the policy has errors.

        ``stages``: which of them looked, in words.
        """
        self.stages.show_text(stages)
        self.stages.setVisible(bool(stages))
        badge = action_badge(judgement.action)
        self._tone = "good" if judgement.action == KEEP else badge.tone
        self._sign = ("", "")
        self.badge.show_badge(badge)
        self.badge.show()
        parts = [visible(label) for label in judgement.labels[:3]]
        if judgement.severity is not Severity.NONE:
            parts.append(judgement.severity.value)
        self.labels.show_text(" · ".join(parts))
        self.labels.show()
        meaning = _MEANING.get(judgement.action, "")
        self.why.show_text(judgement.why or f"{meaning} No rule matched.".strip())
        self.why.set_ink("")
        self.note.show_text(note)
        self.note.set_ink("warn" if stale else "faint")
        self.setAccessibleDescription(f"{judgement.action}. {judgement.why} {stages}".strip())
        self._draw()

    def show_blank(self, icon: str, sentence: str) -> None:
        """Say why there is no verdict."""
        self._tone = "line"
        self._sign = (icon, "text_faint")
        self.stages.hide()
        self.badge.hide()
        self.labels.hide()
        self.note.show_text("")
        self.why.show_text(sentence)
        self.why.set_ink("dim")
        self.setAccessibleDescription(sentence)
        self._draw()

    def action(self) -> str:
        """The word shown; empty when there is no verdict."""
        return "" if self.badge.isHidden() else self.badge.word()

    def _draw(self) -> None:
        icon, token = self._sign
        self.picture.setVisible(bool(icon))
        if icon:
            self.picture.setPixmap(self._theme.pixmap(icon, token, 20, self.devicePixelRatioF()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._tone == "line":
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(self._tone))
        painter.drawRoundedRect(QRect(4, 12, 3, self.height() - 24), 1.5, 1.5)
        painter.end()


class BigBadge(QWidget):
    """The verdict badge, half as large again as in a list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._badge = Badge("", "", (), "text_faint", Ground.QUIET)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self._fonts = Fonts(font)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_badge(self, badge: Badge) -> None:
        """Show this one."""
        if badge.ground is Ground.QUIET:
            badge = Badge("check", "KEEP", (), "good", Ground.QUIET)
        self._badge = badge
        self.setAccessibleName(badge.sentence)
        self.updateGeometry()
        self.update()

    def word(self) -> str:
        """The word shown."""
        return self._badge.word

    def sizeHint(self) -> QSize:
        fonts = self._fonts
        if self._badge.ground is Ground.QUIET:
            width = 24 + fonts.tiny_strong_metrics.horizontalAdvance(self._badge.word) + 8
            return QSize(width, badge_height(fonts) + 4)
        return QSize(badge_width(self._badge, fonts, 400), badge_height(fonts) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._badge.ground is Ground.QUIET:
            scale = self.devicePixelRatioF()
            top = (self.height() - 16) // 2
            painter.drawPixmap(0, top, self._theme.pixmap("check", "good", 16, scale))
            painter.setFont(self._fonts.tiny_strong)
            painter.setPen(self._theme.color("good"))
            flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            painter.drawText(self.rect().adjusted(22, 0, 0, 0), flags, self._badge.word)
        else:
            paint_badge(painter, self.rect(), self._badge, self._theme, self._fonts)
        painter.end()
