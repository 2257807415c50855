"""JSON made shallow before anything decodes it: what nests too deep becomes null.

A decoder gives up on a whole page where one value in it nests too deep for the stack, and what
walks that value later may not give up in time. So the value is taken out, and only the value.
"""

import re
from collections.abc import Iterator

from console.engine.wire.limits import MAX_DEPTH

# A bracket, or a whole string, whose brackets do not count. A string without its end goes on to
# the end of everything: the decoder that follows refuses it.
_TOKEN = re.compile(rb'[\[{\]}]|"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)', re.DOTALL)
_STRING = re.compile(rb'"[^"]*"')
_NO_BRACKET = bytes(sorted(set(range(256)) - set(b'"[{]}')))
_ONE_KIND = bytes.maketrans(b"[]", b"{}")


def made_shallow(untrusted: bytes, most: int = MAX_DEPTH) -> tuple[bytes, int]:
    """``untrusted`` with null for each object or list deeper than ``most``, and how many.

    Nothing is checked here but the nesting; what is no JSON stays none.
    """
    if _is_shallow(untrusted, most):
        return untrusted, 0
    parts: list[bytes] = []
    taken_to = 0
    for begin, end in _too_deep(untrusted, most):
        parts += (untrusted[taken_to:begin], b"null")
        taken_to = end
    return b"".join((*parts, untrusted[taken_to:])), len(parts) // 2


def _is_shallow(untrusted: bytes, most: int) -> bool:
    """Whether nothing can be too deep; at the speed of ``bytes.replace``."""
    if len(untrusted) <= most or untrusted.count(b"{") + untrusted.count(b"[") <= most:
        return True
    marks = untrusted.replace(b"\\\\", b"").replace(b'\\"', b"").translate(_ONE_KIND, _NO_BRACKET)
    # Two quotes side by side are removed: what is inside a string and what is not stays so.
    brackets = _STRING.sub(b"", marks.replace(b'""', b""))
    for _ in range(most):  # each turn removes the innermost level
        brackets = brackets.replace(b"{}", b"")
    return not brackets


def _too_deep(untrusted: bytes, most: int) -> Iterator[tuple[int, int]]:
    depth = 0
    begin = 0
    for token in _TOKEN.finditer(untrusted):
        match untrusted[token.start()]:
            case 0x7B | 0x5B:
                depth += 1
                if depth == most + 1:
                    begin = token.start()
            case 0x7D | 0x5D:
                depth -= 1
                if depth == most:
                    yield begin, token.end()
    if depth > most:  # it never ends
        yield begin, len(untrusted)
