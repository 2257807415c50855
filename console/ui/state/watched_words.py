"""Who of the team watches a call, in words for rows and tiles. Pure."""

from collections.abc import Sequence

NAME_SIGNS = 16
NOBODY = "unwatched"


def watched_words(watchers: Sequence[str] | None) -> str:
    """In as few words as a row has room for; "" where it is not known."""
    if watchers is None:
        return ""
    if not watchers:
        return NOBODY
    first = watchers[0] if len(watchers[0]) <= NAME_SIGNS else watchers[0][: NAME_SIGNS - 1] + "…"
    return f"{first} +{len(watchers) - 1}" if len(watchers) > 1 else first


def watched_spoken(watchers: Sequence[str] | None) -> str:
    """In full, for screen readers and tooltips; "" where it is not known."""
    if watchers is None:
        return ""
    return f"watched by {', '.join(watchers)}" if watchers else "nobody watches it"
