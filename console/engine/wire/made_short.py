"""A call with more people than are listed, cut before it is decoded.

To decode hundreds of thousands of people takes seconds, in which nothing else is done; to find
where each of them ends takes a tenth of a second.
"""

import msgspec
from msgspec import Struct

from console.engine.wire.bounded import CUT
from console.engine.wire.limits import MAX_PEOPLE

SHORTEST = 32 * MAX_PEOPLE
"""In fewer bytes there cannot be more people."""


class _Session(Struct):
    participants: msgspec.Raw = msgspec.Raw(b"[]")


class _Call(Struct):
    session: _Session | None = None


class _Holder(Struct):
    """An event, or an entry of a page."""

    call: _Call | None = None


_holder = msgspec.json.Decoder(_Holder)
_people = msgspec.json.Decoder(list[msgspec.Raw])


def made_short(untrusted: bytes) -> bytes:
    """``untrusted`` with no more people in its call's session than are listed.

    What is malformed is left as it is, for the decoder that follows.

    Raises:
        RecursionError: it nests too deep.
    """
    if len(untrusted) < SHORTEST:
        return untrusted
    try:
        call = _holder.decode(untrusted).call
        if call is None or call.session is None:
            return untrusted
        written = memoryview(call.session.participants)
        people = _people.decode(written)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return untrusted
    if len(people) <= MAX_PEOPLE:
        return untrusted
    left_out = len(people) - MAX_PEOPLE
    CUT.note(f"People of one call beyond {MAX_PEOPLE:,} were left out.", left_out)
    kept = b"[" + b",".join(bytes(person) for person in people[:MAX_PEOPLE]) + b"]"
    begin = _place(untrusted, written)
    return b"".join((untrusted[:begin], kept, untrusted[begin + len(written) :]))


def _place(untrusted: bytes, part: memoryview) -> int:
    """Where ``part`` of ``untrusted`` begins. ``bytes.find`` of so long a part takes longer."""
    start = bytes(part[:64])
    at = untrusted.find(start)
    while not untrusted.startswith(part, at):
        at = untrusted.find(start, at + 1)
    return at
