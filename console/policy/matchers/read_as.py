"""How an entry of a word list was disguised where it was found, in words for a moderator. Pure."""

from collections.abc import Iterable

from console.policy.model import Blocklist, Hit
from console.policy.text.folding import PLAIN, words_of
from console.policy.text.shown import shown
from console.policy.text.variants import Need

MOST = 3
"""Entries named in one sentence."""

_DISGUISES = (
    (Need.CONFUSABLE, "look-alike letters"),
    (Need.LEET, "signs for letters"),
    (Need.SPACING, "cut or joined"),
    (Need.REPETITION, "letters repeated"),
    (Need.ENDING, "with an ending"),
    (Need.RESPELLING, "misspelt"),
    (Need.COMPOUND, "in a longer word"),
    (Need.ROMANIZED, "in Latin letters"),
)


def read_as(text: str, hits: Iterable[Hit], blocklist: Blocklist) -> str:
    """What ``hits`` of a word list in ``text`` were read as and why; empty where all stand so.

    The text itself is not repeated.
    """
    found: dict[str, str] = {}
    hits = sorted(hits, key=lambda each: (each.start, each.entry))
    plain = {(hit.start, hit.end) for hit in hits if _is_plain(text, hit, blocklist)}
    for hit in hits:
        entry = blocklist.words[hit.entry]
        if entry not in found and (hit.start, hit.end) not in plain:
            found[entry] = _disguise(hit.needs)
    named = [f"“{entry}”{how}" for entry, how in list(found.items())[:MOST]]
    if len(found) > MOST:
        named.append(f"{len(found) - MOST} more")
    return f"read as {', '.join(named)}" if named else ""


def _is_plain(text: str, hit: Hit, blocklist: Blocklist) -> bool:
    """Whether the entry stands there as it is listed."""
    written = shown(text[hit.start : hit.end])[0].text
    return words_of(written, PLAIN) == words_of(blocklist.words[hit.entry], PLAIN)


def _disguise(needs: int) -> str:
    names = [name for need, name in _DISGUISES if needs & need]
    return f" ({', '.join(names)})" if names else ""
