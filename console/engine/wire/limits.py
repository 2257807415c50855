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
"""Longest wait for each step of a request."""

WHOLE_REQUEST_LIMIT_S = 12.0
"""Longest wait for all of them, for an answer that comes in drops."""

SIGN_IN_LIMIT_S = 15.0
"""Longest wait for a socket, and again for Stream's word that we are in."""

MAX_ID = 512
"""Characters of an id. Stream's own end at 255; what has a longer one is refused, never cut."""

MAX_PAGE_TOKEN = 8_192
"""Characters of what names the next page; after a longer one there is none."""

MAX_NAME = 200
"""Characters of the name of a person or call."""

MAX_ADDRESS = 4_096
"""Characters of the address of a picture."""

MAX_WORD = 100
"""Characters of a role, a language, a label, a permission."""

MAX_REASON = 500
"""Characters of a reason or a warning."""

MAX_URL = 4_096
"""Characters of the address of a picture; what has a longer one has none."""

MAX_TEXT = 32_768
"""Characters of what somebody said or wrote; Stream ends chat messages at 20,000 and before."""

MAX_PEOPLE = 5_000
"""People of one call who are listed, as many as the window sorts in a frame; others are counted."""

MAX_COUNT = 100_000_000
"""The largest number of people that is believed."""

MAX_ATTACHMENTS = 30
"""Attachments of one chat message; Stream's own bound (STREAM.md 12.9)."""
