"""The form in which words travel in messages and events of the team's channel."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from console.base.plain_text import visible
from console.domain.acts.table import spec_of
from console.domain.team import (
    Acted,
    Ended,
    GaveBack,
    HeldDoor,
    Id,
    LetIn,
    Marked,
    Reopened,
    Restored,
    SharedVerdict,
    Skipped,
    Took,
    Withheld,
    Word,
    Wrote,
)
from console.engine.wire.decode import convert_untrusted

FIELD = "moderator_console"
"""The custom field of messages, and the type of events."""
VERSION = 1
ROOM = 4_400
"""Bytes of JSON; Stream takes 5 KB of custom data (STREAM.md 12.9)."""
MAX_WORDS = 200


class _Envelope(Struct):
    v: int
    console: Id
    words: Annotated[list[Any], Meta(max_length=MAX_WORDS)] = []


class _OneWord(Struct):
    word: Word


class Beat(Struct, frozen=True):
    """A console is there. ``leaves``: it ends. ``shares``: it shares Stream's verdicts.

    ``acts``: its rules act by themselves.
    ``last``: the last message that it wrote; who does not know it has missed some.
    """

    v: int
    console: Id
    cid: Id = ""
    shares: bool = False
    leaves: bool = False
    acts: bool = False
    last: Id = ""
    verdicts: Annotated[list[Any], Meta(max_length=MAX_WORDS)] = []


class NotOursError(ValueError):
    """A message that no console wrote, or one of a version that this one does not know."""


def pack(console_id: str, words: Sequence[Word]) -> dict[str, Any]:
    """The custom data of a message with these words."""
    return {
        FIELD: {
            "v": VERSION,
            "console": console_id,
            "words": [msgspec.to_builtins(word) for word in words],
        }
    }


def fitting(console_id: str, words: Sequence[Word]) -> int:
    """How many of the first words fit into one message; at least one."""
    count = 1
    while count < min(len(words), MAX_WORDS):
        if len(msgspec.json.encode(pack(console_id, words[: count + 1]))) > ROOM:
            break
        count += 1
    return count


def unpack(custom: Any) -> tuple[str, list[Word], list[str]]:
    """Console id and words of a message, and what was wrong with those that are left out.

    Raises:
        NotOursError: no console of this version wrote it.
    """
    try:
        found = convert_untrusted(custom, dict[str, Any]).get(FIELD)
        envelope = convert_untrusted(found, _Envelope)
    except msgspec.ValidationError as error:
        raise NotOursError from error
    if envelope.v != VERSION:
        raise NotOursError
    words: list[Word] = []
    wrong: list[str] = []
    for each in envelope.words:
        try:
            words.append(convert_untrusted({"word": each}, _OneWord).word)
        except msgspec.ValidationError as error:
            wrong.append(visible(str(error))[:200])
    return envelope.console, words, wrong


def unpack_beat(custom: Any) -> tuple[Beat, list[SharedVerdict]]:
    """A beat with the verdicts that it shares; those that cannot be read are left out.

    Raises:
        NotOursError: no console of this version sent it.
    """
    try:
        beat = convert_untrusted(custom, Beat)
    except msgspec.ValidationError as error:
        raise NotOursError from error
    if beat.v != VERSION:
        raise NotOursError
    verdicts = []
    for each in beat.verdicts:
        try:
            verdicts.append(convert_untrusted(each, SharedVerdict))
        except msgspec.ValidationError:
            continue
    return beat, verdicts


def in_words(words: Sequence[Word]) -> str:
    """The words as a person reads them who has no console: the text of the message."""
    return "; ".join(_line(word) for word in words[:8]) + ("; …" if len(words) > 8 else "")


def _line(word: Word) -> str:
    match word:
        case Took(item_ids=items):
            return f"took {len(items)} raised"
        case GaveBack(item_ids=items):
            return f"gave back {len(items)}"
        case Ended(step=step, item_ids=items):
            return f"{step.value}: {len(items)} raised"
        case Reopened(item_ids=items):
            return f"opened {len(items)} again"
        case Acted(kind=kind, names=names, call_name=call):
            who = ", ".join(visible(name) for name in names[:3]) or visible(call) or "a call"
            return f"{spec_of(kind).title}: {who}"
        case Wrote(user_id=user_id, removed=removed):
            return f"{'took back a note' if removed else 'wrote a note'} about {visible(user_id)}"
        case Marked(name=name, on=on):
            return f"{'watches' if on else 'no longer watches'} {visible(name)}"
        case Withheld(people=people):
            return f"{len(people)} in a suspended call wait for their rights"
        case HeldDoor(put_out=people):
            return f"only members may come into a call; {len(people)} were put out"
        case LetIn(user_ids=people):
            return f"{len(people) or 'all'} may come into a call again"
        case Skipped():
            return "passed over an item of the review queue"
        case Restored(user_ids=people):
            return f"{len(people) or 'all'} in a suspended call have their rights back"
