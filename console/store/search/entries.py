"""What the index holds of one thing. The tables: schema/version_6.sql."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

from console.domain.about_person import Note
from console.domain.act import Act, Receipt
from console.domain.acts.table import spec_of
from console.domain.item import ATTACHMENT, AVATAR
from console.domain.search.fields import Kind
from console.domain.search.tokens import squeezed, words_of
from console.domain.verdict import JudgedItem

ITEM, ACT, COLLEAGUE_ACT, NOTE, NAME = range(5)
"""The families of ``search_entries``."""
SEPARATOR = "\x1f"
"""Between the parts of a source."""

PLACES_PER_MS = 256
MAX_MS = 1 << 46
RAISED = "raised"
"""The mark of what a verdict raised."""


class Source(NamedTuple):
    """Which row something is made from: a place for items and acts, else its key."""

    family: int
    app_id: int
    source: int | str


class Entry(NamedTuple):
    """One row of the index, as tokens. ``at``: unix seconds."""

    at: float
    words: str
    why: str = ""
    who: str = ""
    spot: str = ""
    doer: str = ""
    marks: str = ""


def place_of(at: float, source: Source) -> int:
    """Where something of ``at`` stands; another thing may stand there already."""
    ms = int(min(max(at, 0.0) * 1000, MAX_MS))
    return ms * PLACES_PER_MS + crc32(repr(source).encode()) % PLACES_PER_MS


def first_place(at: float) -> int:
    """The first place of ``at`` (unix seconds)."""
    return int(min(max(at * 1000, 0.0), MAX_MS)) * PLACES_PER_MS


_KINDS = {kind.value: kind for kind in Kind} | dict.fromkeys((ATTACHMENT, AVATAR), Kind.PICTURE)


def app_mark(app_id: int) -> str:
    """Of everything that belongs to an app."""
    return f"p{app_id}"


def kind_mark(kind: Kind) -> str:
    """Of everything of one kind."""
    return f"t{kind}"


def kind_of(kind: str) -> Kind | None:
    """How the search calls a kind of item; None for one that it does not know."""
    return _KINDS.get(kind)


def _marks(app_id: int, kind: Kind | None, more: Iterable[str] = ()) -> str:
    kinds = [kind_mark(kind)] if kind else []
    return " ".join(dict.fromkeys([app_mark(app_id), *kinds, *more]))


def _who(pairs: Iterable[tuple[str, str]]) -> str:
    return words_of(" . ".join(f"{name} . {user_id}" for user_id, name in pairs))


def item_entry(app_id: int, judged: JudgedItem, earlier: Sequence[str], call: str) -> Entry:
    """Of an item; ``earlier``: the texts it had before. ``call``: how its call is called."""
    item, verdict = judged.item, judged.standing
    marks: list[str] = []
    why = ""
    if verdict is not None and verdict.raised:
        why = words_of(f"{verdict.why} . {verdict.rule}")
        labels = (*verdict.labels, *(match.label for match in verdict.matches))
        marks = [RAISED, f"a{squeezed(verdict.action)}", f"s{verdict.severity.rank}"]
        marks += [f"l{squeezed(label)}" for label in labels if label]
    return Entry(
        item.start_time,
        words_of(" . ".join((item.text, *earlier))),
        why,
        _who([(item.author_id, item.author_name)]),
        words_of(f"{call} . {item.cid}"),
        marks=_marks(app_id, kind_of(item.kind), marks),
    )


def act_entry(app_id: int, act: Act, receipt: Receipt, call: str) -> Entry:
    """Of an act with how far it got."""
    people = list(zip(act.user_ids, act.names, strict=False)) or [(u, "") for u in act.user_ids]
    kinds = [f"d{word}" for word in (*act.kind.split("_"), squeezed(act.kind))]
    said = " . ".join((spec_of(act.kind).label, act.reason, *act.names))
    return Entry(
        act.requested_at,
        words_of(said),
        words_of(f"{act.rule} . {receipt.reason}"),
        _who(people),
        words_of(f"{call or act.call_name} . {act.cid}"),
        words_of(act.by),
        _marks(app_id, Kind.ACT, kinds),
    )


def note_entry(app_id: int, note: Note, names: Sequence[str]) -> Entry:
    """Of a note; ``names``: those of the person."""
    who = words_of(" . ".join((*names, note.user_id)))
    marks = _marks(app_id, Kind.NOTE)
    return Entry(note.at, words_of(note.text), "", who, "", words_of(note.by), marks)


def name_entry(app_id: int, user_id: str, name: str, since: float) -> Entry:
    """Of a name that somebody had."""
    marks = _marks(app_id, Kind.NAME)
    return Entry(since, words_of(name), "", _who([(user_id, name)]), "", "", marks)
