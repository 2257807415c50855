"""How much of what comes from outside is taken in: sizes, depth, numbers and times.

docs/ARCHITECTURE.md has the table of all bounds, with what is said when one is met.
"""

MAX_FRAME_BYTES = 64 * 1024 * 1024
"""One frame of a socket. A session of thousands of people comes as one event of some megabytes."""

MAX_PAGE_BYTES = 64 * 1024 * 1024
"""One page of calls, unpacked."""

MAX_ANSWER_BYTES = 16 * 1024 * 1024
"""Any other answer that is read for what is in it, unpacked."""

MAX_SHORT_ANSWER_BYTES = 64 * 1024
"""An answer to an act, or an error: only code, message and status matter."""

MAX_DEPTH = 32
"""Objects and lists inside each other. Stream's own go to about ten; ``custom`` is anybody's."""

LONGEST_RETRY_AFTER_S = 30.0
"""However long we are asked to hold back: a gateway in between may say anything."""

SHORTEST_RETRY_AFTER_S = 0.25

REQUEST_LIMIT_S = 10.0
"""Longest wait for each step of a request; the whole of it may take a little more."""

SIGN_IN_LIMIT_S = 15.0
"""Longest wait for a socket, and again for Stream's word that we are in."""
