"""The head of the transcript: which call, what state it is in, and the acts on the whole call."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from console.base.plain_text import visible
from console.domain.acts.spec import Scope
from console.domain.acts.table import ACTS
from console.domain.call import Call
from console.ui.acts.act_button import ActButton
from console.ui.state.call_words import kept_words
from console.ui.state.not_heard import as_of, not_heard_words
from console.ui.state.shown_call import ShownCall
from console.ui.state.window_context import WindowContext
from console.ui.widgets.badge import NOT_JUDGED
from console.ui.widgets.chip import Chip
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import ElidedLabel
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.short_texts import count, running_clock

NAME_SIGNS = 20
"""Of the name of a colleague who looks at this call too."""
ROOM_FOR_NAMES = 640
"""From this width on the head names such a colleague; below it says how many there are."""

SEARCH_WIDTH = 88
"""What the search field keeps, as long as there is room for the chips."""


NARROW = 400
"""Where the head is narrower, the acts on the call stand below its name."""


def live_chip(call: Call) -> tuple[str, str, str]:
    """Icon, word and token of whether a call is on air."""
    if call.ended_at:
        return "end-call", "ended", "text_faint"
    if call.backstage:
        return "backstage", "backstage", "warn"
    # Whether it still is on air nobody knows while it is not heard.
    return "live", "live", "text_faint" if call.unmonitored_since else "good"


def captions_chip(call: Call, now: float) -> tuple[str, str, str]:
    """Icon, word and token of whether what is said can be heard; ``now`` is unix seconds."""
    if call.unmonitored_since:
        return "gap", not_heard_words(call.unmonitored_since, now), "warn"
    if call.captioning:
        return "caption", "captions on", "good"
    if call.captions_mode == "disabled":
        return "caption", "captions disabled", "warn"
    return "caption", "captions off", "warn"


class TranscriptHeader(QFrame):
    """Name, chips, guarded acts, filter and search of the transcript.

    Signals:
        raised_only_wanted: whether only raised lines are wanted.
        close_wanted: the transcript should go, where it shows a call that stays.
        find_wanted: (text, backwards); found_text_changed: the text of the search field.
    """

    raised_only_wanted = Signal(bool)
    close_wanted = Signal()
    find_wanted = Signal(str, bool)
    found_text_changed = Signal(str)

    def __init__(self, context: WindowContext, shown: ShownCall) -> None:
        super().__init__()
        theme = context.theme
        self.setProperty("surface", "header")
        self.name = ElidedLabel("All calls").strengthen(1.25)
        self.name.setObjectName("call-name")
        self._live = Chip(theme, "live", "", "good")
        self._people = Chip(theme, "people", "")
        self._captions = Chip(theme, "caption", "")
        self._kept = Chip(theme, "lock", "", "warn")
        self._listening = Chip(theme, "mic", "", "accent")
        self._listening.hide()
        self.not_judged = Chip(theme, NOT_JUDGED, "", "text_dim")
        self.not_judged.hide()
        self.controls = QPushButton("Controls")
        self.controls.setCheckable(True)
        self.controls.setAutoDefault(False)
        self.controls.setObjectName("call-controls")
        self.controls.setToolTip(
            "What may be sent in this call, what runs beside it, and who waits"
        )
        self._here = Chip(theme, "eye", "", "accent")
        self._here.hide()
        self._here_words = ("", "", "")
        self._counts = ("", "")
        self._unheard = self._lasts = ""
        self._chips: tuple[Chip, ...] = ()
        self._as_it_should: set[Chip] = set()
        self._fixed = shown.fixed
        self.acts = [
            ActButton(
                spec,
                context,
                lambda: context.controller.call_target(shown.cid),
                icon=True,
                key=False,
            )
            for spec in ACTS
            if spec.quick and spec.scope is Scope.CALL
        ]
        self.search = SearchField("Find  /", "Find in the transcript")
        self.search.setObjectName("find")
        self.search.setMaximumWidth(200)
        self.search.setMinimumWidth(SEARCH_WIDTH)
        self.everything = self._segment("All", "show-all", "Show every line")
        self.raised = self._segment("Raised", "show-raised", "Show only raised lines (F)")
        self.everything.setChecked(True)
        self.close_button = QToolButton()
        self.close_button.setObjectName("close-transcript")
        self.close_button.setAccessibleName("Close this transcript")
        self.close_button.setToolTip("Close this transcript")
        self.close_button.setIconSize(QSize(14, 14))
        self.close_button.setVisible(shown.fixed)
        self.close_button.clicked.connect(self.close_wanted)
        self._lay_out()
        self._theme = theme
        theme.changed.connect(self._draw_icon)
        self._draw_icon()
        self.everything.clicked.connect(lambda: self.raised_only_wanted.emit(False))
        self.raised.clicked.connect(lambda: self.raised_only_wanted.emit(True))
        self.search.textChanged.connect(self.found_text_changed)
        self.search.returnPressed.connect(lambda: self.find_wanted.emit(self.search.text(), True))

    def show_call(self, call: Call | None, now: float, *, calls: int, people: int) -> None:
        """Show one call, or all of them together for None; ``now`` is unix seconds."""
        if call is None:
            self.name.show_text("All calls")
            self._lasts = ""
            self._chips = ()
            self._kept.hide()
            self._counts = (
                f"{count(calls, 'call')} · {count(people, 'person', 'people')}",
                f"{calls} · {people}",
            )
        else:
            self.name.show_text(call.name or call.cid)
            icon, word, token = live_chip(call)
            self._live.show_state(icon, word, token, f"{visible(call.cid)}")
            self._as_it_should = {self._live} if token != "warn" else set()
            icon, word, token = captions_chip(call, now)
            self._captions.show_state(icon, word, token)
            if token == "good":
                self._as_it_should.add(self._captions)
            since = call.unmonitored_since
            self._unheard = not_heard_words(since, now)
            self._lasts = running_clock(now - since) if since else ""
            self._counts = (
                as_of(count(call.people, "person", "people"), since),
                as_of(str(call.people), since),
            )
            kept = kept_words(call)
            self._kept.show_state("lock", kept, "warn", "Opened by Controls")
            self._kept.setVisible(bool(kept))
            self._chips = (self._live,) if call.ended_at else (self._captions, self._live)
        self.controls.setVisible(call is not None and not self._fixed)
        for button in self.acts:
            button.setVisible(call is not None)
            button.refresh()
        self._fit_chips()

    def show_listening(self, words: str, token: str, help_text: str) -> None:
        """How this call is listened to on this machine; no words where it is not."""
        self._listening.setVisible(bool(words))
        if words:
            self._listening.show_state("mic", words, token, help_text)
        self._fit_chips()

    def show_not_judged(self, words: str, help_text: str, language: str) -> None:
        """How many lines nobody judged for meaning, and why; no words where there are none.

        ``language``: the name of the one that the call speaks and that nothing judges.
        """
        self.not_judged.setVisible(bool(words or language))
        if language:
            self.not_judged.show_state(NOT_JUDGED, f"{language} not judged", "warn", help_text)
        elif words:
            self.not_judged.show_state(NOT_JUDGED, words, "text_dim", help_text)
        self._fit_chips()

    def _draw_icon(self) -> None:
        self.close_button.setIcon(self._theme.icon("close"))

    def show_here(self, names: Sequence[str]) -> None:
        """Colleagues who look at this call too; their names are safe to look at."""
        self._here.setVisible(bool(names))
        if names:
            more = f" and {len(names) - 1} more" if len(names) > 1 else ""
            help_text = f"{', '.join(names)} look at this call too, in a console of the team."
            first = names[0] if len(names[0]) <= NAME_SIGNS else f"{names[0][: NAME_SIGNS - 1]}…"
            self._here_words = (f"{first}{more} here", str(len(names)), help_text)
        self._fit_chips()

    def _fit_chips(self) -> None:
        """Leave out what is as it should be, then people, before what matters is cut off."""
        long, short = self._counts
        here, here_short, help_text = self._here_words
        room_for_name = self.width() >= ROOM_FOR_NAMES
        self._here.show_state("eye", here if room_for_name else here_short, "accent", help_text)
        if self._lasts:
            self._captions.show_state("gap", self._unheard, "warn")
        shown = list(self._chips)
        always: list[QWidget] = [self.everything, self.raised]
        always += [
            chip
            for chip in (self._kept, self._listening, self.not_judged, self._here)
            if not chip.isHidden()
        ]
        if self.width() < NARROW:
            always = always[2:]  # the filters stand in a row of their own
        room = self.width() - 24 - (SEARCH_WIDTH if self.width() >= NARROW else 0)
        room -= sum(part.sizeHint().width() + 6 for part in (*always, *shown))
        for chip in self._chips:
            if room < 0 and chip in self._as_it_should:
                shown.remove(chip)
                room += chip.sizeHint().width() + 6
        for chip in (self._captions, self._live):
            chip.setVisible(chip in shown)
        if room < 0 and self._lasts:
            room += self._captions.sizeHint().width()
            self._captions.show_state("gap", self._lasts, "warn", self._unheard)
            self._captions.setAccessibleName(self._unheard)
            room -= self._captions.sizeHint().width()
        self.search.setMinimumWidth(SEARCH_WIDTH if room >= 0 else SEARCH_WIDTH // 2)
        for words in (long, short):
            self._people.show_state("people", words, "text_dim", long)
            if self._people.sizeHint().width() + 6 <= room:
                break
        self._people.setVisible(self._people.sizeHint().width() + 6 <= room)

    def show_filter(self, raised_only: bool) -> None:
        """Which of the two filters is on."""
        self.everything.setChecked(not raised_only)
        self.raised.setChecked(raised_only)

    def show_found(self, text: str, *, found: bool) -> None:
        """Mark the search field where ``text`` was looked for and is nowhere."""
        bad = "true" if text and not found else "false"
        if self.search.property("bad") != bad:
            self.search.setProperty("bad", bad)
            self.search.style().unpolish(self.search)
            self.search.style().polish(self.search)

    def _segment(self, text: str, name: str, help_text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setObjectName(name)
        button.setAccessibleName(help_text)
        button.setToolTip(help_text)
        button.setCheckable(True)
        button.setProperty("segment", "true")
        return button

    def _lay_out(self) -> None:
        way = QBoxLayout.Direction.LeftToRight
        first, chips, self._second = QBoxLayout(way), QHBoxLayout(), QBoxLayout(way)
        first.setSpacing(8)
        first.addLayout(in_row((self.name, 1), self.close_button), 1)
        acts = in_row(self.controls, *self.acts)
        first.addLayout(acts)
        self._first, self._acts_row = first, acts
        chips.setSpacing(6)
        for part in (
            self._live,
            self._people,
            self._captions,
            self._listening,
            self.not_judged,
            self._kept,
            self._here,
        ):
            part.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            chips.addWidget(part)
        chips.addStretch(1)
        filters = in_row(self.everything, self.raised, (self.search, 1), spacing=6)
        self._second.setSpacing(6)
        self._second.addLayout(chips, 1)
        self._second.addLayout(filters)
        in_column(first, self._second, owner=self, margins=(12, 8, 12, 8), spacing=6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        narrow = self._fixed or self.width() < NARROW
        self._first.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        alone = self.width() < NARROW
        self._second.setDirection(way.TopToBottom if alone else way.LeftToRight)
        beginning = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0)
        self._first.setAlignment(self._acts_row, beginning)
        self._fit_chips()

    def sizeHint(self) -> QSize:
        return QSize(400, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(280, super().minimumSizeHint().height())
