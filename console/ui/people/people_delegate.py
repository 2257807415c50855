"""Paints a person: disc, name, role and state in words, and what their devices do."""

from msgspec import Struct
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from console.base.plain_text import visible
from console.domain.call import PERMISSION_OF_TRACK, TRACKS, Participant, Track, permission_words
from console.domain.raised import RaisedItem
from console.ui.state.raised_words import appearance_sign
from console.ui.widgets.avatar import paint_disc, paint_watched
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.paint_helpers import paint_icon, paint_text
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.row_delegate import RowDelegate

MARGIN = 12
GAP = 8
PAD = 5
DISC = 28

_SIGNS = {Track.AUDIO: "mic", Track.VIDEO: "camera", Track.SCREENSHARE: "screen"}
_THINGS = {Track.AUDIO: "Microphone", Track.VIDEO: "Camera", Track.SCREENSHARE: "Screen share"}


class TrackSign(Struct, frozen=True):
    """How one track of a person is shown: an icon, its colour, and the same in words."""

    icon: str
    token: str
    words: str


def track_sign(person: Participant, track: str) -> TrackSign | None:
    """The sign of a track; None when nothing is worth a sign."""
    name, thing = _SIGNS[track], _THINGS[track]
    if PERMISSION_OF_TRACK[track] in person.revoked:
        return TrackSign("lock", "bad", f"{thing} revoked")
    if (
        person.capabilities is not None
        and PERMISSION_OF_TRACK[track] not in person.capabilities
        and track is not Track.SCREENSHARE
    ):
        return TrackSign("lock", "text_faint", f"{thing} not allowed")
    if track in person.muted:
        return TrackSign(f"{name}-off", "warn", f"{thing} muted by a moderator")
    if track in person.live:
        return TrackSign(name, "good", f"{thing} on")
    if person.live_known and track is not Track.SCREENSHARE:
        return TrackSign(f"{name}-off", "text_faint", f"{thing} off")
    return None


def person_note(person: Participant) -> tuple[str, str]:
    """The words under a name and their colour token."""
    if person.banned:
        return "banned", "bad"
    if person.blocked:
        return "blocked from this call", "bad"
    if person.asked:
        return f"asks for {visible(permission_words(person.asked))}", "accent"
    if not person.user_session_id:
        return "not in the call", "text_faint"
    return visible(person.role) or "no role", "text_faint"


class PeopleDelegate(RowDelegate):
    """Rows of the people model."""

    framed = True

    def _paint_signs(
        self, painter: QPainter, rect: QRect, person: Participant, raised: RaisedItem | None
    ) -> int:
        """The track signs at the right end; returns where they begin."""
        right = rect.right() + 1 - MARGIN
        for track in reversed(TRACKS):
            sign = track_sign(person, track) if person.user_session_id else None
            if sign is not None:
                paint_icon(painter, right - 14, rect, sign.icon, sign.token, self.theme, 14)
            right -= 20
        if person.asked:
            paint_icon(painter, right - 14, rect, "hand", "accent", self.theme, 14)
            right -= 20
        if raised is not None:
            icon, _, token = appearance_sign(raised)
            paint_icon(painter, right - 14, rect, icon, token, self.theme, 14)
            right -= 20
        return right

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        person: Participant | None = index.data(Role.PERSON)
        if person is None:
            return
        theme = self.theme
        gone = bool(index.data(Role.GONE)) or not person.user_session_id
        disc = QRect(rect.left() + MARGIN, rect.top() + (rect.height() - DISC) // 2, DISC, DISC)
        painter.setOpacity(0.6 if gone else 1.0)
        paint_disc(painter, disc, person.user_id, person.name, theme, fonts)
        painter.setOpacity(1.0)
        if index.data(Role.WATCHED):
            paint_watched(painter, disc, theme)
        if index.data(Role.SPEAKING):
            painter.setPen(QPen(theme.color("good"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(disc).adjusted(-1, -1, 1, 1))
        raised: RaisedItem | None = index.data(Role.APPEARANCE)
        right = self._paint_signs(painter, rect, person, raised)
        left = disc.right() + 1 + GAP
        note_height = fonts.small_metrics.height()
        top = rect.top() + (rect.height() - fonts.line - note_height) // 2
        name = QRect(left, top, right - left, fonts.line)
        shown = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        ink = theme.color("text_faint" if gone else "text")
        paint_text(painter, name, shown, fonts.strong, ink)
        words, token = person_note(person)
        if raised is not None and token not in ("bad", "accent"):
            _, words, token = appearance_sign(raised)
        if you := index.data(Role.YOU):
            words = f"{you} · {words}"
        if (devices := index.data(Role.DEVICES) or 1) > 1:
            words = f"{words} · {devices} devices"
        note = QRect(left, top + fonts.line, right - left, note_height)
        paint_text(painter, note, words, fonts.small, theme.color(token))

    def row_height(self, fonts: Fonts) -> int:
        return max(DISC, fonts.line + fonts.small_metrics.height()) + 2 * PAD
