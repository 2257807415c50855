"""How much the window works a second for a wall of 200 calls, beside a stock list of tiles.

Run alone with ``python -m tests.benchmarks.wall``. Everything is painted offscreen, at 2560x1440,
with every tile in sight. 1 when ours works more than the stock list with the same delegate.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Iterable, Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QListView

from console.base.clock import SystemClock
from console.base.percentiles import Percentiles
from console.domain.call import Call
from console.domain.item import CAPTION, Item, Text
from console.domain.verdict import FLAG, KEEP, JudgedItem, Severity, Source, Verdict
from console.protocol.to_window import CallsChanged, Heard
from console.ui.state.meters import FrameMeter
from console.ui.state.session_state import SessionState
from console.ui.wall.tile import TileKind
from console.ui.wall.tile_delegate import TileDelegate
from console.ui.wall.tile_view import TileView
from console.ui.wall.wall_model import WallModel
from console.ui.widgets.theme import Theme
from tests.benchmarks.report import ratio, say, table
from tests.benchmarks.transcript_rows import Paints

CALLS = 200
RATES = (20, 200)
SIZE = QSize(2560, 1440)
TALK_MS = 16
RAISED = 0.1
"""This share of the lines is raised."""


class EveryChange(WallModel):
    """What a first attempt would be: whatever may have changed is painted at once."""

    def _touch(self, cids: Iterable[str]) -> None:
        for cid in cids:
            row = self.row_of(cid)
            if row >= 0:
                self.dataChanged.emit(self.index(row), self.index(row))


def _stock_view(model: WallModel, delegate: TileDelegate) -> QListView:
    view = QListView()
    view.setFlow(QListView.Flow.LeftToRight)
    view.setWrapping(True)
    view.setUniformItemSizes(True)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    delegate.kind = TileKind.SMALL
    size = delegate.size(view.font(), delegate.kind)
    view.setGridSize(size + QSize(6, 6))
    view.setItemDelegate(delegate)
    view.setModel(model)
    return view


def _our_view(model: WallModel, delegate: TileDelegate) -> QListView:
    view = TileView(model, delegate, time.monotonic)
    view.set_size("small")
    return view


WALLS = {
    "no wall": None,
    "stock QListView, every change at once": (EveryChange, _stock_view),
    "stock QListView on our model": (WallModel, _stock_view),
    "our wall": (WallModel, _our_view),
}


class Talk:
    """Lets people in 200 calls speak, ``rate`` lines a second."""

    def __init__(self, session: SessionState, rate: float) -> None:
        self._session = session
        self._rate = rate
        self._random = random.Random(5)
        self._owed = 0.0
        self._last = time.perf_counter()
        self._said = 0
        self._timer = QTimer()
        self._timer.setInterval(TALK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin."""
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self._owed += (now - self._last) * self._rate
        self._last = now
        count = int(self._owed)
        self._owed -= count
        if count:
            self._session.apply(Heard(tuple(self._line() for _ in range(count))))

    def _line(self) -> JudgedItem:
        self._said += 1
        key, now = f"line-{self._rate}-{self._said}", time.time()
        item = Item(
            item_id=key,
            cid=f"default:call-{self._random.randrange(CALLS)}",
            session_id="s",
            kind=CAPTION,
            author_id="ann",
            author_name="Ann Abel",
            body=Text("I would like to cancel, but the button is grey."),
            start_time=now,
            end_time=now,
            received_at=now,
        )
        raised = self._random.random() < RAISED
        verdict = Verdict(
            item_id=key,
            source=Source.STREAM,
            action=FLAG if raised else KEEP,
            severity=Severity.MEDIUM if raised else Severity.NONE,
        )
        return JudgedItem(item, (verdict,))


class Outcome(msgspec.Struct):
    """One wall at one rate. ``work``: ms of processor time a second; ``paints`` a second."""

    name: str
    rate: int
    work: float
    paints: float
    gaps: Percentiles


def measure(app: QApplication, name: str, rate: int, seconds: float) -> Outcome:
    """Show the wall, let people talk, and measure the window's own work."""
    session = SessionState(SystemClock())
    calls = (
        Call(
            cid=f"default:call-{number}",
            type="default",
            id=f"call-{number}",
            name=f"Support {number}: billing question",
            session_id="s",
            people=number,
            captioning=True,
        )
        for number in range(CALLS)
    )
    session.apply(CallsChanged(changed=tuple(calls), whole=True))
    paints = None
    made = WALLS[name]
    if made is not None:
        make_model, make_view = made
        model = make_model(session, SystemClock())
        view = make_view(model, TileDelegate(Theme("dark")))
        view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.resize(SIZE)
        view.show()
        model.watch(on=True)
        paints = Paints(view.viewport())
    talk, meter = Talk(session, rate), FrameMeter()
    _wait(0.3)
    talk.start()
    before, began, work = paints.count if paints else 0, time.perf_counter(), time.thread_time()
    meter.start()
    _wait(seconds)
    took, used = time.perf_counter() - began, time.thread_time() - work
    meter.stop()
    talk.stop()
    painted = (paints.count - before) / took if paints else 0.0
    if made is not None:
        model.watch(on=False)
        view.close()
        app.processEvents()
    return Outcome(name, rate, used / took * 1e3, painted, meter.summary())


def _wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1e3), loop.quit)
    loop.exec()


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="wall", description=__doc__)
    parser.add_argument("--rates", type=int, nargs="+", default=RATES, help="lines a second")
    parser.add_argument("--seconds", type=float, default=5.0, help="for each figure")
    options = parser.parse_args(argv)
    app = QApplication([sys.argv[0]])
    Theme("dark").apply(app)
    fell_short = False
    for rate in options.rates:
        found = [measure(app, name, rate, options.seconds) for name in WALLS]
        stock = found[1].work
        rows = [
            (
                one.name,
                f"{one.work:.0f}",
                ratio(one.work, stock),
                f"{one.paints:.0f}",
                f"{one.gaps.p50:.0f}",
                f"{one.gaps.p99:.0f}",
                f"{one.gaps.max:.0f}",
            )
            for one in found
        ]
        table(
            f"WALL of {CALLS} calls at {rate} lines a second, {SIZE.width()}x{SIZE.height()}",
            "a stock QListView with the same delegate, which paints every change at once",
            ("", "work, ms/s", "", "paints/s", "gap p50", "p99", "max"),
            rows,
        )
        say()
        fell_short = fell_short or found[-1].work > stock
    return int(fell_short)


if __name__ == "__main__":
    raise SystemExit(main())
