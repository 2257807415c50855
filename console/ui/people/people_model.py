"""The people of one call: who asks, whose name or picture is raised, who speaks, then by name."""

from typing import Any

from PySide6.QtCore import QObject, Qt

from console.base.clock import Clock
from console.base.plain_text import visible
from console.domain.call import TRACKS, Participant, permission_words
from console.domain.devices import devices_of, one_each
from console.domain.item import APPEARANCE, CAPTION
from console.domain.raised import RaisedItem
from console.ui.state.entries import ItemEntry
from console.ui.state.own_seat import own_words
from console.ui.state.raised_words import appearance_words
from console.ui.state.session_state import SessionState
from console.ui.state.targets import target_of_person
from console.ui.widgets.folding import fold, holds
from console.ui.widgets.ordered_rows import OrderedRows
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.timers import one_shot, ticking

SPEAKING_SECONDS = 8.0
"""How long after their last line somebody counts as speaking."""

SETTLES_S = 45.0
"""Whoever spoke keeps their place among those who speak for so long: talk goes to and fro."""

REORDER_MS = 2000

MANY = 500
"""From this many people on, joins and leaves are gathered for ``CROWD_MS``."""

CROWD_MS = 200

_TRACK_WORDS = {"audio": "microphone", "video": "camera", "screenshare": "screen share"}


def state_words(person: Participant) -> list[str]:
    """Everything known about a person's state, in words."""
    words: list[str] = []
    if not person.user_session_id:
        words.append("not in the call")
    for track in TRACKS:
        if track in person.muted:
            words.append(f"{_TRACK_WORDS[track]} muted")
        elif track in person.live:
            words.append(f"{_TRACK_WORDS[track]} on")
    if person.revoked:
        words.append(f"{visible(permission_words(person.revoked))} revoked")
    if person.asked:
        words.append(f"asks for {visible(permission_words(person.asked))}")
    if person.blocked:
        words.append("blocked")
    if person.banned:
        words.append("banned")
    return words


class PeopleModel(OrderedRows):
    """Rows are user ids: somebody on several devices is one row."""

    def __init__(self, session: SessionState, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._filter = ""
        self._only: frozenset[str] | None = None
        self._cid = ""
        self._people: dict[str, Participant] = {}
        self._now: dict[str, Participant] = {}
        """Who is to be shown; ``_people`` has those too who are over and held in place."""
        self._devices: dict[str, int] = {}
        self._spoke_at: dict[str, float] = {}
        self._up: set[str] = set()
        """Who stands among those who speak."""
        self._chosen: frozenset[str] = frozenset()
        self._timer = ticking(REORDER_MS, self)
        self._timer.timeout.connect(self._refresh)
        self._timer.start()
        self._soon = one_shot(CROWD_MS, self)
        self._soon.timeout.connect(self.rearrange)
        session.people_changed.connect(self._on_people_changed)
        session.lines_added.connect(self._on_lines_added)
        session.names_changed.connect(lambda _cid: self.touch(self.keys()))
        session.about.watched_changed.connect(self.touch)
        session.raised.changed.connect(self._on_raised)
        session.listening.changed.connect(lambda: self.touch([session.state.user_id]))
        session.cleared.connect(lambda: self._on_people_changed(""))
        self._on_people_changed(session.people.cid)

    @property
    def cid(self) -> str:
        """The call these people are in."""
        return self._cid

    def set_filter(self, text: str) -> None:
        """Show only people whose name, id or role holds every word of ``text``."""
        self._filter = fold(text)
        self.rearrange()

    def set_only(self, user_ids: frozenset[str] | None) -> None:
        """Show only these people; None for everybody."""
        if user_ids != self._only:
            self._only = user_ids
            self.rearrange()

    def set_chosen(self, user_ids: frozenset[str]) -> None:
        """These people are chosen: that they begin or cease to speak moves none of them."""
        self._chosen = user_ids

    def person(self, row: int) -> Participant | None:
        """The person of a row."""
        return self._people.get(self.key(row))

    def row_of_user(self, user_id: str) -> int:
        """The row of a person; -1 when not listed."""
        return self.row_of(user_id)

    def wanted_keys(self) -> list[str]:
        words = self._filter.split()
        now = self._clock.now()
        people = self._now
        only = self._only
        shown = [
            key
            for key, person in people.items()
            if (only is None or key in only) and _matches(person, words)
        ]

        self._settle(now)

        def place(key: str) -> tuple[bool, bool, bool, bool, str, str]:
            person = people[key]
            return (
                not person.user_session_id,
                not person.asked,
                self._appearance_raised(key) is None,
                key not in self._up,
                fold(person.name),
                key,
            )

        return sorted(shown, key=place)

    def _speaking(self, user_id: str, now: float) -> bool:
        return now - self._spoke_at.get(user_id, 0.0) <= SPEAKING_SECONDS

    def _settle(self, now: float) -> None:
        """Let those up who speak, and those down who have been silent for a while."""
        for user_id in self._now.keys() - self._chosen:
            silent = now - self._spoke_at.get(user_id, 0.0)
            if silent <= SPEAKING_SECONDS:
                self._up.add(user_id)
            elif silent > SETTLES_S:
                self._up.discard(user_id)

    def rearrange(self) -> None:
        people = self._now
        self._people |= people  # rows that are over keep their data while they are held
        super().rearrange()
        if not self.held:
            self._people = dict(people)

    def _on_people_changed(self, cid: str) -> None:
        devices = devices_of(self._session.people.values())
        people = self._now = one_each(devices, self._now)
        self._devices = {key: len(theirs) for key, theirs in devices.items()}
        if cid != self._cid:
            self._cid = cid
            self._spoke_at.clear()
            self._up.clear()
            self._restart(people)
            return
        # The session replaces only the objects of devices that changed.
        changed = [key for key, person in people.items() if self._people.get(key) is not person]
        self._people |= people
        self.touch(changed)
        if len(people) < MANY:
            self.rearrange()
        elif not self._soon.isActive():
            self._soon.start()

    def _restart(self, people: dict[str, Participant]) -> None:
        self.beginResetModel()
        self._people = dict(people)
        self._gone.clear()
        self._stale = False
        self._keys = self.wanted_keys()
        self._rows = {key: row for row, key in enumerate(self._keys)}
        self.endResetModel()

    def _on_lines_added(self, lines: tuple[ItemEntry, ...]) -> None:
        speakers: set[str] = set()
        for line in lines:
            item = line.item
            if item.kind == CAPTION and item.cid == self._cid and not line.replay:
                self._spoke_at[item.author_id] = item.end_time
                speakers.add(item.author_id)
        if speakers:
            self.touch(key for key in self.keys() if key in speakers)

    def _on_raised(self, item_ids: tuple[str, ...]) -> None:
        raised = self._session.raised
        found = [raised.find(item_id) for item_id in item_ids]
        if not item_ids or None in found:
            self.touch(self.keys())  # something was forgotten, and nobody knows whose it was
            return
        named = {one.item.author_id for one in found if one and one.item.kind in APPEARANCE}
        if named:
            self.touch(named)
            self.rearrange()

    def _appearance_raised(self, user_id: str) -> RaisedItem | None:
        return self._session.raised.appearance_of(self._cid, user_id)

    def _refresh(self) -> None:
        if not self.keys() or not self._spoke_at:
            return
        self.rearrange()
        now = self._clock.now()
        for user in [user for user, at in self._spoke_at.items() if now - at > SETTLES_S]:
            del self._spoke_at[user]
        self.touch(key for key in self.keys() if key in self._up)

    def _called(self, person: Participant) -> str:
        return self._session.names.shown(person.cid, person.user_id, person.name)

    def _spoken(self, key: str, person: Participant) -> str:
        words = [self._called(person), own_words(self._session, person), visible(person.role)]
        if self._session.about.watched(person.user_id):
            words.append("watched")
        if self._devices.get(key, 1) > 1:
            words.append(f"on {self._devices[key]} devices")
        if self._speaking(person.user_id, self._clock.now()):
            words.append("speaking")
        if (raised := self._appearance_raised(key)) is not None:
            words.append(appearance_words(raised))
        words += state_words(person)
        if key in self._gone:
            words.append("has left")
        return ", ".join(word for word in words if word)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        key = self.key(index.row()) if index.isValid() else ""
        person = self._people.get(key)
        if person is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._called(person)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(key, person)
            case Role.PERSON:
                return person
            case Role.TARGET:
                return target_of_person(person, self._session.call(person.cid))
            case Role.WATCHED:
                return self._session.about.watched(key)
            case Role.APPEARANCE:
                return self._appearance_raised(key)
            case Role.YOU:
                return own_words(self._session, person)
            case Role.DEVICES:
                return self._devices.get(key, 1)
            case Role.SPEAKING:
                return self._speaking(person.user_id, self._clock.now())
            case Role.GONE:
                return key in self._gone
            case _:
                return None


def _matches(person: Participant, words: list[str]) -> bool:
    return holds(f"{person.name} {person.user_id} {person.role}", words)
