"""The tiles of the wall of frames: one a camera or screen, the riskiest first, held still."""

from typing import Any

from PySide6.QtCore import QObject, Qt

from console.base.clock import Clock
from console.base.plain_text import visible
from console.domain.frames import SeenFrame, TrackKey
from console.ui.frames.frame_tile import FrameTile
from console.ui.state.raised_words import mark_of
from console.ui.state.session_state import SessionState
from console.ui.state.targets import Target
from console.ui.state.wording import verdict_words
from console.ui.widgets.ordered_rows import OrderedRows
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.short_texts import span

TILE = Qt.ItemDataRole.UserRole


def _key(key: TrackKey) -> str:
    return "\x1f".join((key.cid, key.user_id, key.track))


class FramesModel(OrderedRows):
    """Only what can be read in a frame, its verdict and its age are in here, no pixels."""

    def __init__(self, session: SessionState, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._frames: dict[str, SeenFrame] = {}
        session.frames.changed.connect(self._on_frames)
        session.verdicts_changed.connect(lambda _ids: self.rearrange())
        session.raised.changed.connect(lambda *_: self.rearrange())
        session.names_changed.connect(lambda _cid: self.touch(self.keys()))
        self.rearrange()

    def wanted_keys(self) -> list[str]:
        newest = self._session.frames.newest
        tiles = {_key(key): self._tile(seen) for key, seen in newest.items()}

        def order(key: str) -> tuple[Any, ...]:
            risk = tiles[key].risk
            return (*(-part for part in risk), tiles[key].where, tiles[key].who, key)

        return sorted(tiles, key=order)

    def rearrange(self) -> None:
        # Tiles that are over keep what they showed while they are held.
        known = dict(self._frames) if self.held else {}
        newest = self._session.frames.newest.items()
        self._frames = known | {_key(key): seen for key, seen in newest}
        super().rearrange()
        self.touch(self.keys())

    def tile(self, row: int) -> FrameTile | None:
        """The tile in a row."""
        seen = self._frames.get(self.key(row))
        return self._tile(seen) if seen is not None else None

    def target(self, row: int) -> Target | None:
        """Whom acts on this tile are for."""
        seen = self._frames.get(self.key(row))
        if seen is None:
            return None
        call = self._session.call(seen.key.cid)
        return Target(
            cid=seen.key.cid,
            session_id=call.session_id if call else "",
            user_id=seen.key.user_id,
            name=seen.name,
            call_name=call.name if call else seen.key.cid,
        )

    def open_rows(self) -> list[int]:
        """The rows of tiles with an open item."""
        return [
            row
            for row in range(self.rowCount())
            if self._session.raised.is_open(self._frames[self.key(row)].item_id)
        ]

    def age(self, seen: SeenFrame) -> float:
        """Seconds since a frame was taken."""
        return max(0.0, self._clock.now() - seen.captured_at)

    def is_gone(self, row: int) -> bool:
        """Whether the camera or screen shows nothing any more."""
        return self.key(row) in self._gone

    def _on_frames(self, keys: tuple[TrackKey, ...]) -> None:
        self.rearrange()

    def _tile(self, seen: SeenFrame) -> FrameTile:
        session, key = self._session, seen.key
        call = session.call(key.cid)
        line = session.history.line(seen.item_id)
        raised = session.raised.find(seen.item_id)
        verdict = line.verdict if line is not None else raised.verdict if raised else None
        return FrameTile(
            seen=seen,
            who=session.names.shown(key.cid, key.user_id, seen.name),
            where=visible(call.name if call else key.cid),
            verdict=verdict,
            mark=mark_of(raised, session.state.user_id, session.team.called),
            is_open=session.raised.is_open(seen.item_id),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        tile = self.tile(index.row()) if index.isValid() else None
        if tile is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tile.who
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                off = ", off now" if self.is_gone(index.row()) else ""
                return tile.sentence(verdict_words(tile.verdict), span(self.age(tile.seen)) + off)
            case Role.TARGET:
                return self.target(index.row())
            case Role.GONE:
                return self.is_gone(index.row())
        return tile if role == TILE else None
