"""Paints a receipt as four steps with their times, and the undo or retry beside it."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from console.ui.acts.acts_model import ActColumn
from console.ui.state.wording import ReceiptSteps
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.paint_helpers import paint_icon, paint_text
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.row_delegate import RowDelegate
from console.ui.widgets.short_texts import milliseconds
from console.ui.widgets.theme import Theme

PAD = 8
DOT = 8
LINK = 10

DECIDE = "Decide"
"""The button of an act whose outcome nothing shows; it opens the two things to do about it."""


class StepSign(Struct, frozen=True):
    """One step as it is drawn: filled when reached, in this colour, with these words."""

    words: str
    token: str
    reached: bool


def step_signs(steps: ReceiptSteps) -> list[StepSign]:
    """The four steps; where an act failed the first one not reached says so."""
    signs: list[StepSign] = []
    ended = False
    for step in steps.steps:
        if step.ms is not None:
            seen = step.name == "seen"
            delay = milliseconds(step.ms)
            # Four times "ms" would crowd a narrow log; the last step says the unit for all.
            words = f"{step.name} {delay if seen else delay.removesuffix(' ms')}"
            signs.append(StepSign(words, "good" if seen else "text_dim", reached=True))
            continue
        word = step.name
        token = "text_faint"
        if not ended and steps.failed:
            word, token = "failed", "bad"
        elif not ended and steps.unconfirmed:
            word = "outcome not known" if steps.unknown else "not seen yet"
            token = "text_faint" if steps.left else "warn"
        ended = True
        signs.append(StepSign(word, token, reached=False))
        if steps.failed:
            break
    return signs


def shortened(signs: list[StepSign]) -> list[StepSign]:
    """The same steps with words only where it matters: at the last one reached, or at a failure."""
    spoken = _telling(signs)
    return [
        sign if place == spoken else StepSign("", sign.token, sign.reached)
        for place, sign in enumerate(signs)
    ]


def fitting(signs: list[StepSign], width: int, advance: Callable[[str], int]) -> list[StepSign]:
    """The most that ``width`` pixels can tell: all steps, one step's words, or one step alone."""
    for shown in (signs, shortened(signs)):
        words = sum(advance(sign.words) + 6 for sign in shown)
        dots = len(shown) * (DOT + 4) + (len(shown) - 1) * (LINK + 4)
        if PAD + words + dots <= width:
            return shown
    return [signs[_telling(signs)]] if signs else []


def _telling(signs: list[StepSign]) -> int:
    """The place of the step that says how it stands."""
    reached = [place for place, sign in enumerate(signs) if sign.reached]
    ended = [place for place, sign in enumerate(signs) if sign.token in ("bad", "warn")]
    return (ended or reached or [0])[-1]


def button_place(rect: QRect, fonts: Fonts, word: str) -> QRect:
    """Where the button of the last column is."""
    width = fonts.small_metrics.horizontalAdvance(word) + 34
    height = fonts.small_metrics.height() + 6
    return QRect(rect.left() + 4, rect.top() + (rect.height() - height) // 2, width, height)


class ReceiptDelegate(RowDelegate):
    """All columns of the act log."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, parent)
        self.hovered = -1
        """The row under the pointer."""

    def pointed(self, option: QStyleOptionViewItem, index: Index) -> bool:
        return index.row() == self.hovered

    def word_at(self, index: Index) -> str:
        """What the button of this row says; "" for none."""
        word = str(index.model().index(index.row(), ActColumn.UNDO).data() or "")
        if word:
            return word
        steps: ReceiptSteps | None = index.data(Role.STEPS)
        if steps is None or steps.left:
            return ""
        return "Retry" if steps.failed else DECIDE if steps.unconfirmed else ""

    def _paint_steps(self, painter: QPainter, rect: QRect, steps: ReceiptSteps, f: Fonts) -> None:
        theme = self.theme
        left, middle = rect.left() + PAD, rect.top() + rect.height() / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        advance = f.small_metrics.horizontalAdvance
        signs = fitting(step_signs(steps), rect.width(), advance)
        for place, sign in enumerate(signs):
            width = f.small_metrics.horizontalAdvance(sign.words)
            if place:
                painter.setPen(QPen(theme.color("line_strong"), 1.5))
                painter.drawLine(QPointF(left, middle), QPointF(left + LINK, middle))
                left += LINK + 4
            color = theme.color(sign.token)
            painter.setPen(QPen(color, 1.5))
            painter.setBrush(color if sign.reached else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(left, middle - DOT / 2 + 0.5, DOT - 1, DOT - 1))
            left += DOT + 4
            words = QRect(left, rect.top(), min(width + 2, rect.right() - left), rect.height())
            paint_text(painter, words, sign.words, f.small, color)
            left += width + (6 if sign.words else 0)
        if steps.reason and rect.right() - left > 40:
            token = "bad" if steps.failed else "warn"
            words = QRect(left + 2, rect.top(), rect.right() - left - 4, rect.height())
            paint_text(painter, words, f"· {steps.reason}", f.small, theme.color(token))

    def _paint_button(self, painter: QPainter, rect: QRect, word: str, f: Fonts) -> None:
        theme = self.theme
        if word == "undone":
            paint_text(
                painter, rect.adjusted(PAD, 0, 0, 0), word, f.small, theme.color("text_faint")
            )
            return
        place = button_place(rect, f, word)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("line_strong"))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        icon = "undo" if word == "Undo" else "retry"
        token = {"Retry": "bad", DECIDE: "warn"}.get(word, "text")
        paint_icon(painter, place.left() + 8, place, icon, token, theme, 12)
        words = place.adjusted(25, 0, -4, 0)
        paint_text(painter, words, word, f.small, theme.color(token))

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        theme = self.theme
        painter.setClipRect(rect)
        steps: ReceiptSteps | None = index.data(Role.STEPS)
        ours = steps is not None
        if index.column() == ActColumn.STEPS and steps is not None:
            self._paint_steps(painter, rect, steps, fonts)
        elif index.column() == ActColumn.UNDO:
            word = self.word_at(index)
            if word:
                painter.setOpacity(0.5 if index.data(Role.WHY_NOT) else 1.0)
                self._paint_button(painter, rect, word, fonts)
                painter.setOpacity(1.0)
        else:
            text = str(index.data() or "")
            if index.column() == ActColumn.STEPS:
                text = str(index.model().index(index.row(), ActColumn.RECEIPT).data() or "")
            token = (
                "text" if ours and index.column() in (ActColumn.ACT, ActColumn.WHO) else "text_dim"
            )
            if not ours or index.column() == ActColumn.TIME:
                token = "text_faint"
            words = rect.adjusted(PAD, 0, -4, 0)
            font = fonts.strong if ours and index.column() == ActColumn.WHO else fonts.body
            if index.column() in (ActColumn.TIME, ActColumn.CALL) or not ours:
                font = fonts.small
            paint_text(painter, words, text, font, theme.color(token))
