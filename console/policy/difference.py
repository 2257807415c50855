"""What pushing a policy to a Stream app would change there. Nothing is deleted for good."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from console.policy.model import STREAM_FLAGS, Blocklist, Policy
from console.policy.stream_config import to_stream, to_wire, without_defaults

LIST_FIELDS = ("words", "type", *STREAM_FLAGS)
"""The fields of a list that Stream knows; ours stay in the policy file."""


class ListChange(Struct, frozen=True):
    """One list that would be written.

    Attributes:
        new: there is none of this name in the app.
        replaced: the one there is of another type. No request changes a type, so it has to go
            before this one can come.
    """

    blocklist: Blocklist
    new: bool
    sentence: str
    replaced: bool = False


class Difference(Struct, frozen=True):
    """Everything that would be written.

    Attributes:
        config: the config to write whole, or None when the app's is the same.
        config_sentences: what about the config differs, one sentence a section.
    """

    lists: tuple[ListChange, ...] = ()
    config: dict[str, Any] | None = None
    config_sentences: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything, one sentence each, lists first; empty when nothing differs."""
        return (*(each.sentence for each in self.lists), *self.config_sentences)


def difference(mine: Policy, theirs: Policy | None) -> Difference:
    """What it takes to make ``theirs``, None when the app has no such config, into ``mine``."""
    config, _ = to_stream(mine)
    other: Mapping[str, Any] = to_stream(theirs)[0] if theirs is not None else {}
    sentences = (
        tuple(_sections(config, other))
        if theirs is not None
        else (f"The config “{mine.key}” is new.",)
    )
    known = {each.name: each for each in theirs.blocklists} if theirs is not None else {}
    changes = [
        _list_change(each, known.get(each.name)) for each in mine.blocklists if not each.stand_in
    ]
    return Difference(
        tuple(change for change in changes if change is not None),
        config if sentences else None,
        sentences,
    )


def _sections(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    mine, theirs = without_defaults(mine), without_defaults(theirs)
    out = []
    for name in sorted({*mine, *theirs}):
        kind = "section" if isinstance(mine.get(name, theirs.get(name)), dict) else "setting"
        what = f"{kind} {name}"
        if name not in theirs:
            out.append(f"The {what} is new.")
        elif name not in mine:
            out.append(f"The {what} is removed.")
        elif mine[name] != theirs[name]:
            out.append(f"The {what} changes.")
    return out


def changed_fields(mine: Blocklist, theirs: Blocklist) -> tuple[str, ...]:
    """The fields that Stream knows and that differ, ``words`` left out."""
    one, other = to_wire(mine), to_wire(theirs)
    return tuple(field for field in LIST_FIELDS if field != "words" and one[field] != other[field])


def _list_change(mine: Blocklist, theirs: Blocklist | None) -> ListChange | None:
    if theirs is None:
        entries = "1 entry" if len(mine.words) == 1 else f"{len(mine.words)} entries"
        return ListChange(mine, True, f"The list “{mine.name}” is new: {entries}.")
    one, other = to_wire(mine), to_wire(theirs)
    if all(one[field] == other[field] for field in LIST_FIELDS):
        return None
    added = len(set(one["words"]) - set(other["words"]))
    removed = len(set(other["words"]) - set(one["words"]))
    parts = [f"{added} added"] * bool(added) + [f"{removed} removed"] * bool(removed)
    if one["type"] != other["type"]:
        what = ", ".join([f"{other['type']} becomes {one['type']}", *parts])
        sentence = f"The list “{mine.name}” is deleted and created anew: {what}."
        return ListChange(mine, False, sentence, replaced=True)
    what = ", ".join([*parts, *changed_fields(mine, theirs)]) or "another order"
    return ListChange(mine, False, f"The list “{mine.name}” changes: {what}.")
