"""The roles under which models hand out the frozen objects that delegates paint."""

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
"""What Qt may hand to a model as an index."""


class Role(IntEnum):
    """Item roles of every model of the window. Objects are frozen; sequences arrive as lists.

    Transcript: ENTRY is an ItemEntry, NoticeEntry or GapEntry; TARGET the Target an act on this row
    would have, or None; MARK a RaisedMark of what became of it, or None.
    Open items: RAISED is a list of RaisedItem, one incident. TARGET, MARK.
    Calls: CALL is a Call, None in the first row, "All calls"; CID is "" there; PEOPLE, UNSEEN and
    REQUESTS are counts; HEAT a float, 0.0 is cold; SPARKLINE 24 counts of raised lines and TALK 24
    counts of lines, oldest first, 15 s each; OPEN a count of open items and OLDEST for how long
    the oldest of them is open, in words; UNMONITORED since when nobody listens (unix seconds), 0.0
    for never; NOT_HEARD says so in words, with a running clock; PINNED a bool;
    WATCHERS how those of the team are called who look at it, None where that is not known;
    NOT_JUDGED the language that it speaks and nothing judges, "" for none;
    LISTENING the words and colour token of how it is listened to here, None where it is not.
    People: PERSON is a Participant, of all of their devices; DEVICES a count; SPEAKING a bool;
    YOU words for oneself, "" for others;
    TARGET. APPEARANCE a RaisedItem, what is open about their name or picture, or
    None.
    Acts: STEPS is a ReceiptSteps, None for what a colleague did; WHY_NOT says why the buttons of
    the rows do nothing now, "" when they do.
    Tables: TONE is a colour token, "" for the usual one; ACTION the action whose badge a cell
    shows, if any; MARKS the Stretches of its words to mark.
    WHO is how the person of a row is called, safe to look at.
    WATCHED says that a moderator wants the person of a row to be watched.
    WHEN says in words how long a row has waited, is open or goes on, and how it ended.
    CALL_NAME is the name of the row's call. GONE says that a row is over that is held in place.
    """

    ENTRY = Qt.ItemDataRole.UserRole + 1
    TARGET = Qt.ItemDataRole.UserRole + 2
    CALL = Qt.ItemDataRole.UserRole + 3
    CID = Qt.ItemDataRole.UserRole + 4
    CALL_NAME = Qt.ItemDataRole.UserRole + 5
    PEOPLE = Qt.ItemDataRole.UserRole + 6
    HEAT = Qt.ItemDataRole.UserRole + 7
    SPARKLINE = Qt.ItemDataRole.UserRole + 8
    TALK = Qt.ItemDataRole.UserRole + 9
    UNSEEN = Qt.ItemDataRole.UserRole + 10
    PINNED = Qt.ItemDataRole.UserRole + 11
    UNMONITORED = Qt.ItemDataRole.UserRole + 12
    REQUESTS = Qt.ItemDataRole.UserRole + 13
    PERSON = Qt.ItemDataRole.UserRole + 14
    SPEAKING = Qt.ItemDataRole.UserRole + 15
    STEPS = Qt.ItemDataRole.UserRole + 16
    TONE = Qt.ItemDataRole.UserRole + 17
    ACTION = Qt.ItemDataRole.UserRole + 18
    MARKS = Qt.ItemDataRole.UserRole + 19
    GONE = Qt.ItemDataRole.UserRole + 20
    WHO = Qt.ItemDataRole.UserRole + 21
    NOT_HEARD = Qt.ItemDataRole.UserRole + 40
    WHEN = Qt.ItemDataRole.UserRole + 41
    NOT_JUDGED = Qt.ItemDataRole.UserRole + 45
    LISTENING = Qt.ItemDataRole.UserRole + 42
    WATCHERS = Qt.ItemDataRole.UserRole + 44
    APPEARANCE = Qt.ItemDataRole.UserRole + 43
    WHY_NOT = Qt.ItemDataRole.UserRole + 22
    YOU = Qt.ItemDataRole.UserRole + 46
    WATCHED = Qt.ItemDataRole.UserRole + 23
    DEVICES = Qt.ItemDataRole.UserRole + 24
    MARK = Qt.ItemDataRole.UserRole + 25
    RAISED = Qt.ItemDataRole.UserRole + 26
    OPEN = Qt.ItemDataRole.UserRole + 27
    OLDEST = Qt.ItemDataRole.UserRole + 28
