"""What a person needs to write a policy: its words, and its sections as tables with cards."""

from enum import StrEnum
from typing import Any

from msgspec import Struct


class Word(Struct, frozen=True):
    """One thing that may be written. ``insert`` is what is written for it, ``|`` the cursor."""

    name: str
    help: str = ""
    insert: str = ""

    @property
    def text(self) -> str:
        """What to write."""
        return self.insert or self.name


class KeyWords(Struct, frozen=True, kw_only=True):
    """A key of a table of a policy.

    Attributes:
        values: what it may be set to, where that is known.
        names_of: the list of tables whose names it may be set to; empty for none.
        quoted: its value stands in quotes.
    """

    word: Word
    values: tuple[Word, ...] = ()
    names_of: str = ""
    quoted: bool = False


class Tone(StrEnum):
    """What the words of a cell are."""

    PLAIN = ""
    ACTION = "action"
    SEVERITY = "severity"
    DIM = "dim"
    FAINT = "faint"
    GOOD = "good"


class FieldKind(StrEnum):
    """How a value is changed."""

    TEXT = "text"
    CHOICE = "choice"
    SUGGESTED = "suggested"
    NUMBER = "number"
    SWITCH = "switch"
    LINES = "lines"


class FormColumn(Struct, frozen=True, kw_only=True):
    """A column of a section's table.

    Attributes:
        width: in pixels; 0 takes what the other columns leave.
        room: the column is hidden while the table is narrower than this, in pixels.
        number: cells are aligned to the right.
    """

    title: str
    tip: str = ""
    width: int = 0
    room: int = 0
    number: bool = False


class FormField(Struct, frozen=True, kw_only=True):
    """A value on the card of a row.

    Attributes:
        key: what an edit calls it.
        spoken: what a screen reader says.
        words: SUGGESTED offers them, CHOICE allows nothing else.
        empty: what no value is called; empty where there must be one.
        most, step, decimals: of a NUMBER, which begins at 0.
    """

    key: str
    title: str
    kind: FieldKind
    help: str = ""
    spoken: str = ""
    words: tuple[Word, ...] = ()
    empty: str = ""
    most: float = 0.0
    step: float = 0.0
    decimals: int = 2


class FormCell(Struct, frozen=True):
    """The words of a cell, in Stream's spelling where they are an action."""

    text: str
    tone: Tone = Tone.PLAIN


class FormRow(Struct, frozen=True, kw_only=True):
    """One rule, or one list with its rule.

    Attributes:
        values: by the key of each field; of LINES only the first where ``cut``.
        fixed: keys of the fields that cannot be changed; empty key: the row cannot be removed.
        note, more: what there is to say of it, and what a tool tip adds.
    """

    name: str
    cells: tuple[FormCell, ...]
    values: dict[str, Any]
    fixed: tuple[str, ...] = ()
    cut: bool = False
    note: str = ""
    more: str = ""


class FormSwitch(Struct, frozen=True):
    """A switch of a whole section. ``path``: where it stands in the policy."""

    title: str
    path: tuple[str, ...]
    on: bool


class SectionForm(Struct, frozen=True, kw_only=True):
    """A section of a policy as a table with a card for the chosen row.

    Attributes:
        key: what an edit calls it.
        noun: what a row is, e.g. ``list``.
        switches: the first says whether the section counts.
        source: what judges by it on this machine.
        blank: what to say while there is no row.
        across: fields beside each other.
        lines_title, switches_title: the heads of those fields.
    """

    key: str
    title: str
    help: str
    noun: str
    columns: tuple[FormColumn, ...]
    fields: tuple[FormField, ...]
    switches: tuple[FormSwitch, ...]
    source: str = ""
    blank: str = ""
    across: int = 3
    lines_title: str = ""
    switches_title: str = ""
    rows: tuple[FormRow, ...] = ()
