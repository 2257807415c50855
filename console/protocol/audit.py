"""What only the window knows, for the log of what was done."""

from msgspec import Struct


class NoteSetting(Struct, frozen=True, tag="note_setting"):
    """A setting of the window was changed; values as the settings' file has them, in JSON."""

    name: str
    before: str
    after: str
    at: float


class NoteExport(Struct, frozen=True, tag="note_export"):
    """Something was written to a file. ``what``: in a few words; ``count``: rows or items of it."""

    what: str
    file: str
    count: int
    at: float
