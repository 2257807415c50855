"""One item with its evidence: the words around it, why it is here, and what was done about it."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from console.base.plain_text import visible
from console.domain.item import Picture
from console.domain.names import plain_name
from console.domain.review import ReviewItem
from console.domain.verdict import JudgedItem
from console.protocol.review import MOST_PICTURES, ItemContext
from console.ui.queue.words import content_kind, done_line, escalation_line, flag_line
from console.ui.state.pictures import Pictures
from console.ui.transcript.item_painters import painter_of
from console.ui.transcript.picture_view import HOLD, WITHHELD, PictureView
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.short_texts import clock
from console.ui.widgets.theme import Theme

POLICY_LINES = 30
NAME_LENGTH = 24

NARROW = 460
"""Below so many pixels names stand above what they said."""

PICTURE_SIZE = QSize(384, 216)
Looked = tuple[Picture, ...] | None
"""The pictures of an item; None while they are being looked at."""

_NO_LINES = "This computer has heard nothing of that call around then."
_NO_CALL = "It belongs to no call."


class ItemPage(QScrollArea):
    """Scrolls; its sections are made anew where what they show has changed.

    ``pictures`` of items are blurred, and sharp while Space or the mouse button is held on them.
    """

    def __init__(self, pictures: Pictures, theme: Theme) -> None:
        super().__init__()
        self._pictures = pictures
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("The item and its evidence")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown: tuple[ReviewItem, ItemContext | None, str, Looked] | None = None
        self._what_frame: QFrame | None = None
        self._narrow = False
        self._body = QWidget()
        self._column: QVBoxLayout = in_column(owner=self._body, margins=(16, 8, 16, 16), spacing=6)
        self.setWidget(self._body)

    @property
    def picture_views(self) -> list[PictureView]:
        """The pictures of the item, in their order."""
        return self._what_frame.findChildren(PictureView) if self._what_frame else []

    def reveal(self, *, sharp: bool) -> None:
        """Show all pictures sharp, or blurred again."""
        for view in self.picture_views:
            view.reveal(sharp=sharp)

    def show_item(
        self,
        item: ReviewItem,
        context: ItemContext | None,
        besides: str = "",
        looked: Looked = None,
    ) -> None:
        """Show ``item``; ``context`` and ``looked`` are None while they are being read.

        ``besides``: what was done about it outside of the queue; "" for nothing.
        ``looked``: its pictures.
        """
        if self._shown == (item, context, besides, looked):
            return
        another = self._shown is None or self._shown[0].item_id != item.item_id
        self._shown = item, context, besides, looked
        self._clear()
        self._what(item, looked)
        self._appeal(item)
        if item.escalated:
            self._section("Escalated", [escalation_line(item)])
        self._section("Why it is here", [flag_line(flag) for flag in reversed(item.flags)])
        for line in context.relevant if context is not None else ():
            self._column.addWidget(PlainLabel(f"▸ {line}", wrap=True).strengthen())
        self._around(item, context)
        self._section(
            "What was done about it",
            [*map(done_line, reversed(item.done)), besides]
            if item.done or besides
            else ["Nothing yet."],
        )
        self._policy(item, context)
        self._column.addStretch(1)
        if another:
            self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.viewport().width() < NARROW
        if narrow is not self._narrow:
            self._narrow = narrow
            shown, self._shown = self._shown, None
            if shown is not None:
                place = self.verticalScrollBar().value()
                self.show_item(*shown)
                self.verticalScrollBar().setValue(place)

    def words(self) -> str:
        """Everything that is shown, for tests and for reading aloud."""
        return "\n".join(label.text() for label in self._body.findChildren(PlainLabel))

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    def _heading(self, words: str) -> None:
        label = PlainLabel(words, ink="dim")
        label.setContentsMargins(0, 8, 0, 0)
        self._column.addWidget(label)

    def _section(self, title: str, lines: Iterable[str]) -> None:
        shown = [line for line in lines if line]
        if not shown:
            return
        self._heading(title)
        self._column.addWidget(_selectable(PlainLabel("\n".join(shown), wrap=True)))

    def _what(self, item: ReviewItem, looked: Looked) -> None:
        frame = self._what_frame = QFrame()
        frame.setProperty("surface", "chip")
        texts = [
            _selectable(PlainLabel(text, wrap=True).strengthen(1.15, bold=False))
            for text in item.texts
        ]
        links = [
            PlainLabel(f"{kind}: {url}", ink="dim", wrap=True)
            for kind, urls in (
                ("Picture", item.images[MOST_PICTURES:]),
                ("Video", item.videos),
            )
            for url in urls
        ]
        for link in links:
            link.setToolTip(tip("It is not fetched: its address comes from a stranger."))
            _selectable(link)
        pictures = self._picture_parts(item, looked)
        nothing = (
            [] if texts or links or pictures else [PlainLabel(f"It is about {content_kind(item)}.")]
        )
        in_column(
            *texts, *pictures, *links, *nothing, owner=frame, margins=(12, 10, 12, 10), spacing=6
        )
        self._column.addWidget(frame)

    def _picture_parts(self, item: ReviewItem, looked: Looked) -> list[QWidget]:
        if not item.images:
            return []
        if not item.may_be_shown:
            return [PlainLabel(WITHHELD, ink="bad", wrap=True)]
        if looked is None:
            return [PlainLabel("Fetching the picture…", ink="faint")]
        parts: list[QWidget] = []
        for number, picture in enumerate(looked, 1):
            view = PictureView(self._pictures, self._theme, PICTURE_SIZE)
            view.show_picture(picture, f"Picture {number} of {len(looked)}")
            parts.append(view)
        if any(picture.seen for picture in looked):
            parts.append(PlainLabel(HOLD, ink="faint", wrap=True))
        return parts

    def _appeal(self, item: ReviewItem) -> None:
        appeal = item.appeal
        if appeal is None:
            return
        by = plain_name(appeal.by_name, appeal.by)
        state = "waits for an answer" if appeal.open else f"was {visible(appeal.status)}"
        lines = [f"{by} at {clock(appeal.at)}: {visible(appeal.reason)}", f"It {state}."]
        lines += [f"They were told: {visible(appeal.reply)}"] if appeal.reply else []
        self._section("Appeal", lines)

    def _around(self, item: ReviewItem, context: ItemContext | None) -> None:
        self._heading("Around it")
        if context is None or not context.lines:
            why = "It is being read." if context is None else _NO_LINES if item.cid else _NO_CALL
            if context is not None and context.sentence:
                why = context.sentence
            self._column.addWidget(PlainLabel(why, ink="faint", wrap=True))
            return
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1 if self._narrow else 2, 1)
        by_time = sorted(context.lines, key=lambda judged: judged.item.end_time)
        for row, judged in enumerate(by_time):
            self._add_line(grid, row, judged, item, subject=judged.item.item_id == context.subject)
        self._column.addWidget(holder)

    def _add_line(
        self, grid: QGridLayout, row: int, judged: JudgedItem, item: ReviewItem, *, subject: bool
    ) -> None:
        said, verdict = judged.item, judged.standing
        raised = verdict is not None and verdict.raised
        ink = "" if said.author_id == item.author_id else "dim"
        words = PlainLabel(painter_of(said).lead(said) + said.text, ink=ink, wrap=True)
        name = PlainLabel(_short(plain_name(said.author_name, said.author_id)), ink="dim")
        if subject:
            words.strengthen()
            name.strengthen()
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(PlainLabel(clock(said.end_time), ink="faint"), row, 0, top)
        if self._narrow:
            both = QWidget()
            in_column(name, words, owner=both)
            grid.addWidget(both, row, 1)
        else:
            grid.addWidget(name, row, 1, top)
            grid.addWidget(words, row, 2)
        sign = "▸" if subject else "⚑" if raised else ""
        grid.addWidget(PlainLabel(sign, ink="warn"), row, 3, top)

    def _policy(self, item: ReviewItem, context: ItemContext | None) -> None:
        if context is None or context.sentence:
            return
        others = [line for line in context.policy if line not in context.relevant]
        shown = others[:POLICY_LINES]
        if len(others) > len(shown):
            shown.append(f"and {len(others) - len(shown)} more rules")
        if not shown and not context.policy_note:
            return
        named = f" “{visible(item.config_key)}”" if item.config_key else ""
        self._heading(
            f"The other rules of the policy{named}" if context.relevant else f"The policy{named}"
        )
        if shown:
            self._column.addWidget(PlainLabel("\n".join(shown), ink="dim", wrap=True))
        if context.policy_note:
            self._column.addWidget(PlainLabel(context.policy_note, ink="faint", wrap=True))


def _selectable(label: PlainLabel) -> PlainLabel:
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _short(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"
