"""Names before texts, as in ``Ann Creep: hello``: whether a file writes them so, and their parts.

Whether "Listen: you" begins with a name is seen from the whole file, never from one line: where
nearly all lines begin so they are names, else they are part of what was said.
"""

import re
from collections.abc import Sequence

_NAME = re.compile(
    r"(?:>>\s*|-\s+)?([^\W_][^:：.!?;\n\"“”<>]{0,60}?(?:\.[^:：.!?;\n]{0,40}?)?)\s*[:：]\s+(?=\S)"
)
MOST_WORDS = 6
CLOCK_ALONE = re.compile(r"\s*[\[(]?(\d{1,2}:\d{2}(?::\d{2})?)[\])]?\s*")
"""A line that says only when the next ones were said, as in transcripts of Google Meet."""


def name_and_text(line: str) -> tuple[str, str]:
    """``("Ann Creep", "hello")``; the name is empty for a line that begins with none."""
    match = _NAME.match(line)
    if match is None or len(match[1].split()) > MOST_WORDS:
        return "", line
    return match[1].strip(), line[match.end() :]


def are_named(lines: Sequence[str], *, cues: bool) -> bool:
    """Whether these lines, the first of a file, begin with names.

    Subtitles (``cues``) need most of their lines to do so. In plain lines names have to come again
    as well: a list of texts with colons is no conversation.
    """
    spoken = [line for line in lines if not CLOCK_ALONE.fullmatch(line)]
    names = [name for name, _ in map(name_and_text, spoken) if name]
    if not names or len(names) * 10 < len(spoken) * (6 if cues else 7):
        return False
    return cues or (len(spoken) >= 3 and len(set(names)) * 2 <= len(names) + 1)
