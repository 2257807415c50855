"""The roles under which models hand out the frozen objects that delegates paint."""

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
"""What Qt may hand to a model as an index."""


class Role(IntEnum):
    """Item roles of every model of the window. Objects are frozen; sequences arrive as lists.

    Transcript: ENTRY is a ItemEntry, NoticeEntry or GapEntry (``entries.py``); VERDICT a Verdict or
    None; ENTRY_KIND an EntryKind; TARGET the Target an act on this row would have, or None.
    Calls: CALL is a Call, None in the first row, "All calls"; CID is "" there; HEAT a float, 0.0
    is cold; SPARKLINE 24 counts of raised lines and TALK 24 counts of lines, oldest first, 15 s
    each; UNSEEN a count; PINNED a bool; UNMONITORED unix seconds or 0.0; REQUESTS a count.
    People: PERSON is a Participant; SPEAKING a bool; TARGET.
    Acts: ACT and RECEIPT, or NOTICE for what a colleague did; STEPS a ReceiptSteps.
    Tables: TONE is a colour token, "" for the usual one; ACTION the action whose badge a cell
    shows, if any; MARKS the Stretches of its words to mark.
    All: SEARCH is the folded text that filters match; GONE tells that a row that is held in place
    is over.
    """

    ENTRY = Qt.ItemDataRole.UserRole + 1
    ENTRY_KIND = Qt.ItemDataRole.UserRole + 2
    VERDICT = Qt.ItemDataRole.UserRole + 3
    TARGET = Qt.ItemDataRole.UserRole + 4
    CALL = Qt.ItemDataRole.UserRole + 5
    CID = Qt.ItemDataRole.UserRole + 6
    HEAT = Qt.ItemDataRole.UserRole + 7
    SPARKLINE = Qt.ItemDataRole.UserRole + 8
    TALK = Qt.ItemDataRole.UserRole + 9
    UNSEEN = Qt.ItemDataRole.UserRole + 10
    PINNED = Qt.ItemDataRole.UserRole + 11
    UNMONITORED = Qt.ItemDataRole.UserRole + 12
    REQUESTS = Qt.ItemDataRole.UserRole + 13
    PERSON = Qt.ItemDataRole.UserRole + 14
    SPEAKING = Qt.ItemDataRole.UserRole + 15
    ACT = Qt.ItemDataRole.UserRole + 16
    RECEIPT = Qt.ItemDataRole.UserRole + 17
    NOTICE = Qt.ItemDataRole.UserRole + 18
    STEPS = Qt.ItemDataRole.UserRole + 19
    SEARCH = Qt.ItemDataRole.UserRole + 20
    GONE = Qt.ItemDataRole.UserRole + 21
    CALL_NAME = Qt.ItemDataRole.UserRole + 22
    TONE = Qt.ItemDataRole.UserRole + 23
    ACTION = Qt.ItemDataRole.UserRole + 24
    MARKS = Qt.ItemDataRole.UserRole + 25
