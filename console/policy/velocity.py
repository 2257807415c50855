"""How much one speaker says, and how often the same: velocity and flood rules (STREAM.md 6.3).

Pure: the state goes in with the line and comes out again. One state belongs to one speaker; it is
bounded, so a talker without end costs no memory.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from console.domain.verdict import FLAG, Match
from console.policy.folding import CONFUSABLE, words_of

MOST_LINES = 200
"""Recent lines kept of one speaker; thresholds above it are never reached."""

# Two lines are similar when they share this part of their words (Jaccard index).
SIMILAR = 0.6

_LINK = re.compile(r"https?://|www\.|\w\.[a-z]{2,}\b", re.IGNORECASE)


class VelocityRule(Struct, frozen=True, kw_only=True):
    """One rule of ``velocity_filter_config``. A threshold of 0 never fires.

    Attributes:
        fast_spam_threshold: lines within ``fast_spam_ttl`` seconds; the slow pair likewise.
        url_only: only lines with a link count.
    """

    action: str = FLAG
    fast_spam_threshold: int = 0
    fast_spam_ttl: float = 0.0
    slow_spam_threshold: int = 0
    slow_spam_ttl: float = 0.0
    url_only: bool = False


class FloodRule(Struct, frozen=True, kw_only=True):
    """``flood_config``: so many identical, or similar, lines. 0 never fires.

    Attributes:
        allowlist: folded lines that may be repeated ("yes", "thank you").
        window: seconds that a line is remembered. Ours; Stream's sources name none.
    """

    identical: int = 0
    similar: int = 0
    allowlist: frozenset[str] = frozenset()
    window: float = 60.0
    action: str = FLAG


class _Line(Struct, frozen=True):
    at: float
    words: str
    has_link: bool


class Recent(Struct, frozen=True):
    """The recent lines of one speaker, oldest first."""

    lines: tuple[_Line, ...] = ()


class VelocityFilter:
    """Rules over a speaker's recent lines."""

    def __init__(self, rules: Sequence[VelocityRule] = (), flood: FloodRule | None = None) -> None:
        self.rules = tuple(rules)
        self.flood = flood or FloodRule()
        self._keep = max(
            (max(rule.fast_spam_ttl, rule.slow_spam_ttl) for rule in self.rules), default=0.0
        )
        self._keep = max(self._keep, self.flood.window)

    def observe(self, recent: Recent, text: str, at: float) -> tuple[Recent, tuple[Match, ...]]:
        """Add one line said at ``at`` (unix seconds); returns the new state and what it broke."""
        line = _Line(at, words_of(text, CONFUSABLE), bool(_LINK.search(text)))
        kept = [each for each in recent.lines if each.at > at - self._keep]
        lines = (*kept[-(MOST_LINES - 1) :], line)
        matches = [
            Match(rule="velocity", label=label, action=rule.action, kind="velocity")
            for rule in self.rules
            for label in _broken(rule, lines, line)
        ]
        matches += self._flooded(lines, line)
        return Recent(lines), tuple(matches)

    def _flooded(self, lines: tuple[_Line, ...], line: _Line) -> list[Match]:
        flood = self.flood
        if not line.words or line.words in flood.allowlist:
            return []
        near = [each for each in lines if each.at > line.at - flood.window]
        if flood.identical and sum(each.words == line.words for each in near) >= flood.identical:
            return [Match(rule="flood", label="IDENTICAL_FLOOD", action=flood.action, kind="flood")]
        if flood.similar and sum(_similar(each, line) for each in near) >= flood.similar:
            return [Match(rule="flood", label="SIMILAR_FLOOD", action=flood.action, kind="flood")]
        return []


def _broken(rule: VelocityRule, lines: tuple[_Line, ...], line: _Line) -> list[str]:
    if rule.url_only and not line.has_link:
        return []
    times = [each.at for each in lines if each.has_link or not rule.url_only]
    labels = []
    for label, threshold, ttl in (
        ("FAST_SPAM", rule.fast_spam_threshold, rule.fast_spam_ttl),
        ("SLOW_SPAM", rule.slow_spam_threshold, rule.slow_spam_ttl),
    ):
        if threshold > 0 and sum(time > line.at - ttl for time in times) >= threshold:
            labels.append(label)
    return labels


def _similar(one: _Line, other: _Line) -> bool:
    if one.words == other.words:
        return True
    first, second = set(one.words.split()), set(other.words.split())
    union = len(first | second)
    return union > 0 and len(first & second) / union >= SIMILAR


def velocity_filter(sections: Mapping[str, Any]) -> VelocityFilter | None:
    """The filter that the sections of a policy describe; None when there is none or it is off."""
    config = sections.get("velocity_filter_config") or {}
    rules = []
    if config.get("enabled", True):
        rules = [_rule(row) for row in config.get("rules") or () if isinstance(row, Mapping)]
    flood = sections.get("flood_config")
    if not rules and not flood:
        return None
    return VelocityFilter(rules, _flood(flood) if flood else None)


def _rule(row: Mapping[str, Any]) -> VelocityRule:
    return VelocityRule(
        action=str(row.get("action") or FLAG),
        fast_spam_threshold=int(_number(row.get("fast_spam_threshold"))),
        fast_spam_ttl=_number(row.get("fast_spam_ttl")),
        slow_spam_threshold=int(_number(row.get("slow_spam_threshold"))),
        slow_spam_ttl=_number(row.get("slow_spam_ttl")),
        url_only=bool(row.get("url_only", False)),
    )


def _flood(row: Mapping[str, Any]) -> FloodRule:
    return FloodRule(
        identical=int(_number(row.get("identical"))),
        similar=int(_number(row.get("similar"))),
        allowlist=frozenset(words_of(str(each), CONFUSABLE) for each in row.get("allowlist") or ()),
    )


def _number(value: Any) -> float:
    """A finite number of at least zero; zero for everything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value) if 0 <= value < 1e12 else 0.0
