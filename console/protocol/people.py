"""Questions about people, and what moderators remember of them."""

from console.domain.about_person import Note, PersonSession, WatchMark
from console.domain.automation.coming import Coming
from console.domain.call import Participant
from console.domain.strikes import Strikes
from console.domain.verdict import JudgedItem
from console.protocol.acts import ActProgress
from console.protocol.ask import Answer, Ask
from console.protocol.push import Merge, Push


class AskPerson(Ask, frozen=True, tag="ask_person"):
    """Wanted: the card of this person in this call; answered by PersonCard."""

    cid: str
    user_id: str


class PersonCard(Answer, frozen=True, tag="person_card", kw_only=True):
    """Answer to AskPerson: what the store and the directory know of one person.

    Attributes:
        person: their state in the call; None when they never were in it.
        devices: those that they are in the call with now (user_session_ids).
        session_id: the session of ``items``: the running one, else the last one they spoke in.
        items: what they said and wrote in it, newest last, at most 200.
        sessions: all sessions in which they said something, the latest first, this one included.
        acts: what was done to them, by colleagues too, newest last.
        calls: cids they are in now.
        strikes: sanctions of late. coming: what the rules of automation have for them next.
        exempt: no rule may touch them.
        names: under which they said something, the latest first, at most 6. Hostile text.
        notes: newest last. mark: whether they are to be watched; None where nobody ever said so.
    """

    asks = (AskPerson,)

    cid: str = ""
    user_id: str = ""
    person: Participant | None = None
    devices: tuple[str, ...] = ()
    session_id: str = ""
    items: tuple[JudgedItem, ...] = ()
    sessions: tuple[PersonSession, ...] = ()
    acts: tuple[ActProgress, ...] = ()
    calls: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    mark: WatchMark | None = None
    strikes: Strikes = Strikes()
    coming: tuple[Coming, ...] = ()
    exempt: bool = False
    names: tuple[str, ...] = ()


class AskPersonSession(Ask, frozen=True, tag="ask_person_session"):
    """Wanted: what this person said in this session; answered by PersonSessionLines."""

    cid: str
    user_id: str
    session_id: str


class PersonSessionLines(Answer, frozen=True, tag="person_session_lines", kw_only=True):
    """Answer to AskPersonSession: newest last, at most 200."""

    asks = (AskPersonSession,)

    items: tuple[JudgedItem, ...] = ()


class WriteNote(Ask, frozen=True, tag="write_note"):
    """Keep a note about a person, under the id of this question; answered by Remembered."""

    user_id: str
    text: str


class RemoveNote(Ask, frozen=True, tag="remove_note"):
    """Take a note back; answered by Remembered."""

    note_id: str


class WatchPerson(Ask, frozen=True, tag="watch_person"):
    """Watch this person from now on, or no longer; answered by Remembered."""

    user_id: str
    name: str
    on: bool


class Remembered(Answer, frozen=True, tag="remembered", kw_only=True):
    """Answer to what is to be remembered of a person: it is on disk."""

    asks = (WriteNote, RemoveNote, WatchPerson)


class WatchedChanged(Push, frozen=True, tag="watched_changed"):
    """Marks of people, over all calls. ``whole``: nobody else is to be watched."""

    merge = Merge("changed", key=lambda mark: mark.user_id)

    changed: tuple[WatchMark, ...] = ()
    whole: bool = False


class NotesChanged(Push, frozen=True, tag="notes_changed"):
    """What is remembered of these people changed: a note, or an act of a colleague."""

    merge = Merge("user_ids", key=lambda user_id: user_id)

    user_ids: tuple[str, ...] = ()
