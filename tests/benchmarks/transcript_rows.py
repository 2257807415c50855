"""How long the transcript keeps the window's event loop waiting, beside stock lists.

Run alone with ``python -m tests.benchmarks.transcript_rows``. Everything is painted offscreen.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtCore import QAbstractListModel, QEvent, QEventLoop, QModelIndex, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QListView, QWidget

from console.base.clock import SystemClock
from console.base.percentiles import Percentiles
from console.domain.verdict import FLAG, KEEP, Severity, Source, Verdict
from console.protocol.to_window import Heard, Judged
from console.ui.state.entries import Entry
from console.ui.state.history import History
from console.ui.state.meters import FrameMeter
from console.ui.state.session_state import SessionState
from console.ui.transcript.transcript_delegate import TranscriptDelegate
from console.ui.transcript.transcript_list import TranscriptList
from console.ui.transcript.transcript_model import TranscriptModel
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.theme import Theme
from tests.benchmarks.report import ratio, say, table
from tests.benchmarks.store_writes import new_line

RATES = (60, 600, 6000)
BEFORE = 1_000
"""Rows that are there already."""

FRAME_MS = 16


class RowByRow(QAbstractListModel):
    """What a first attempt would be: every line is a row the moment it comes."""

    def __init__(self, session: SessionState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Entry] = []
        self._row_of: dict[int, int] = {}
        session.entries_added.connect(self._add)
        session.entries_changed.connect(self._change)

    def _add(self, entries: tuple[Entry, ...]) -> None:
        for entry in entries:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
            self._row_of[entry.serial] = len(self._rows)
            self._rows.append(entry)
            self.endInsertRows()

    def _change(self, entries: tuple[Entry, ...]) -> None:
        for entry in entries:
            row = self._row_of[entry.serial]
            self._rows[row] = entry
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802  Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        match role:
            case Role.ENTRY:
                return self._rows[index.row()]
            case Role.CALL_NAME:
                return ""
            case _:
                return None


class Feed(QObject):
    """Tells the session of ``rate`` lines a second, once a frame as an engine would.

    A frame later each line has its deciding verdict; one in eight is raised.
    What is owed is capped at a quarter of a second: a window that collapses is not buried.
    """

    def __init__(self, session: SessionState, rate: int) -> None:
        super().__init__()
        self._session = session
        self._rate = rate
        self._owed = 0.0
        self._undecided: list[str] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self._owed = min(self._owed + (now - self._last) * self._rate, self._rate / 4)
        self._last = now
        count = int(self._owed)
        self._owed -= count
        if self._undecided:
            self._session.apply(Judged(tuple(decided(each) for each in self._undecided)))
        self._undecided = tell(self._session, count) if count else []


def tell(session: SessionState, count: int) -> list[str]:
    """``count`` new lines, each with its local verdict; gives their ids."""
    lines = tuple(new_line() for _ in range(count))
    session.apply(Heard(lines))
    return [judged.item.item_id for judged in lines]


def decided(item_id: str) -> Verdict:
    raised = int(item_id[1:], 16) % 8 == 0
    return Verdict(
        item_id=item_id,
        source=Source.STREAM,
        action=FLAG if raised else KEEP,
        labels=("SCAM",) if raised else (),
        severity=Severity.MEDIUM if raised else Severity.NONE,
        judged_at=time.time(),
    )


class Paints(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        self.count += event.type() == QEvent.Type.Paint
        return False


class Outcome(msgspec.Struct):
    """One list at one rate."""

    name: str
    rate: int
    rows: float
    paints: float
    gaps: Percentiles


def _no_key(kind: str) -> str:
    return ""


def _our_list(model: QAbstractListModel, delegate: TranscriptDelegate) -> QListView:
    assert isinstance(model, TranscriptModel)
    return TranscriptList(
        model, delegate, lambda kind, target: "", lambda target: True, time.monotonic
    )


def _stock_list(model: QAbstractListModel, delegate: TranscriptDelegate) -> QListView:
    view = QListView()
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setItemDelegate(delegate)
    view.setModel(model)
    # Once for all rows that came together: scrolling lays everything out.
    end = QTimer(view, singleShot=True, interval=0)
    end.timeout.connect(view.scrollToBottom)
    model.rowsInserted.connect(lambda *_: end.start())
    view.scrollToBottom()
    return view


LISTS = {
    "QListView, a row for each line": (RowByRow, _stock_list),
    "QListView on our model": (TranscriptModel, _stock_list),
    "our list": (TranscriptModel, _our_list),
}


def measure(app: QApplication, name: str, rate: int, seconds: float) -> Outcome:
    """Show the list with rows in it, let lines come, and measure the gaps between frames."""
    clock = SystemClock()
    session = SessionState(clock, History())
    theme = Theme("dark")
    theme.apply(app)
    delegate = TranscriptDelegate(theme, _no_key)
    make_model, make_list = LISTS[name]
    model = make_model(session)
    tell(session, BEFORE)
    view = make_list(model, delegate)
    view.resize(900, 800)
    view.show()
    _run(0.3)
    before = model.rowCount()
    paints = Paints(view.viewport())
    frames = FrameMeter()
    feed = Feed(session, rate)
    frames.start()
    spent = _run(seconds)
    frames.stop()
    outcome = Outcome(
        name=name,
        rate=rate,
        rows=(model.rowCount() - before) / spent,
        paints=paints.count / spent,
        gaps=frames.summary(),
    )
    for part in (feed, frames, view, model, delegate, session):
        part.deleteLater()
    _run(0.01)
    return outcome


def _run(seconds: float) -> float:
    """Let events happen for ``seconds``; how long it really took."""
    began = time.perf_counter()
    loop = QEventLoop()  # QApplication.quit would close the windows
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
    return time.perf_counter() - began


def main(argv: Sequence[str] = ()) -> int:
    """Print a table for each rate; 1 when our list is slower than the stock one."""
    parser = argparse.ArgumentParser(prog="transcript_rows", description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.5, help="how long each is measured")
    parser.add_argument("--rates", type=int, nargs="+", default=RATES, metavar="ROWS")
    options = parser.parse_args(argv)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    slower = 0
    for rate in options.rates:
        found = [measure(app, name, rate, options.seconds) for name in LISTS]
        base = found[0]
        table(
            f"{rate:,} rows inserted a second, {BEFORE:,} rows there already: gaps between frames",
            f"{base.name}, the same delegate",
            ("", "rows/s", "paints/s", "p50 ms", "p95 ms", "p99 ms", "max ms", "ratio of p99"),
            [
                (
                    each.name,
                    f"{each.rows:,.0f}",
                    f"{each.paints:.0f}",
                    f"{each.gaps.p50:.0f}",
                    f"{each.gaps.p95:.0f}",
                    f"{each.gaps.p99:.0f}",
                    f"{each.gaps.max:.0f}",
                    ratio(each.gaps.p99, base.gaps.p99),
                )
                for each in found
            ],
        )
        slower += found[-1].gaps.p95 > 2 * max(base.gaps.p95, FRAME_MS)
    if slower:
        say("  our list keeps the window waiting longer than the stock one")
    return min(slower, 1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
