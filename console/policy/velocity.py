"""How much one speaker says, and how often the same: velocity and flood rules (STREAM.md 6.3).

Pure: the state goes in with the line and comes out again. One state belongs to one speaker; it is
bounded, so a talker without end costs no memory.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from console.domain.verdict import FLAG, Match
from console.policy.text.folding import CONFUSABLE, words_of

MAX_LINES = 200
"""Recent lines kept of one speaker; thresholds above it are never reached."""

MAX_LETTERS = 1_000
"""Letters compared of each line; the rest counts as the same."""

# Without a distance two lines are similar when they share this part of their words (Jaccard index).
SIMILAR = 0.6

_LINK = re.compile(r"https?://|www\.|\w\.[a-z]{2,}\b", re.IGNORECASE)


class VelocityRule(Struct, frozen=True, kw_only=True):
    """One rule of ``velocity_filter_config``. A threshold of 0 never fires.

    Attributes:
        fast_spam_threshold: lines within ``fast_spam_ttl`` seconds; the slow pair likewise.
        url_only: only lines with a link count.
        cascading_threshold: from so many times broken on, ``cascading_action`` is taken (?).
    """

    action: str = FLAG
    fast_spam_threshold: int = 0
    fast_spam_ttl: float = 0.0
    slow_spam_threshold: int = 0
    slow_spam_ttl: float = 0.0
    url_only: bool = False
    cascading_threshold: int = 0
    cascading_action: str = ""


class FloodRule(Struct, frozen=True, kw_only=True):
    """``flood_config``: so many identical, or similar, lines within a time. 0 never fires.

    Attributes:
        allowlist: folded lines that may be repeated ("yes", "thank you").
        distance: letters that similar lines may differ in; None: they share most of their words.
    """

    identical: int = 0
    identical_window: float = 60.0
    identical_action: str = FLAG
    similar: int = 0
    similar_window: float = 60.0
    similar_action: str = FLAG
    distance: int | None = None
    allowlist: frozenset[str] = frozenset()


class _Line(Struct, frozen=True):
    """``bag``: the words; empty where nothing asks for them."""

    at: float
    words: str
    has_link: bool
    bag: frozenset[str] = frozenset()


class Recent(Struct, frozen=True):
    """The recent lines of one speaker, oldest first.

    ``broken``: how often each velocity rule was.
    """

    lines: tuple[_Line, ...] = ()
    broken: tuple[int, ...] = ()


class VelocityFilter:
    """Rules over a speaker's recent lines."""

    def __init__(self, rules: Sequence[VelocityRule] = (), flood: FloodRule | None = None) -> None:
        self.rules = tuple(rules)
        self.flood = flood or FloodRule()
        self._keep = max(
            (max(rule.fast_spam_ttl, rule.slow_spam_ttl) for rule in self.rules), default=0.0
        )
        if self.flood.identical:
            self._keep = max(self._keep, self.flood.identical_window)
        if self.flood.similar:
            self._keep = max(self._keep, self.flood.similar_window)

    def observe(self, recent: Recent, text: str, at: float) -> tuple[Recent, tuple[Match, ...]]:
        """Add one line said at ``at`` (unix seconds); returns the new state and what it broke."""
        line = self._line(text, at)
        kept = [each for each in recent.lines if each.at > at - self._keep]
        lines = (*kept[-(MAX_LINES - 1) :], line)
        matches: list[Match] = []
        same = len(recent.broken) == len(self.rules)
        broken = list(recent.broken) if same else [0] * len(self.rules)
        for place, rule in enumerate(self.rules):
            labels = _broken(rule, lines, line)
            broken[place] += bool(labels)
            action = rule.action
            if rule.cascading_action and broken[place] >= rule.cascading_threshold > 0:
                action = rule.cascading_action
            matches += [
                Match(rule="velocity", label=label, action=action, kind="velocity")
                for label in labels
            ]
        matches += self._flooded(lines, line)
        return Recent(lines, tuple(broken)), tuple(matches)

    def _line(self, text: str, at: float) -> _Line:
        words, has_link = words_of(text, CONFUSABLE), bool(_LINK.search(text))
        if not self.flood.similar:
            return _Line(at, words, has_link)
        if self.flood.distance is None:
            return _Line(at, words, has_link, bag=frozenset(words.split()))
        return _Line(at, words, has_link)

    def _flooded(self, lines: tuple[_Line, ...], line: _Line) -> list[Match]:
        flood = self.flood
        if not line.words or line.words in flood.allowlist:
            return []
        matches = []
        if flood.identical:
            near = _since(lines, line.at - flood.identical_window)
            if _reaches(flood.identical, (each.words == line.words for each in near)):
                matches.append(_flood("IDENTICAL_FLOOD", flood.identical_action))
        if flood.similar:
            near = _since(lines, line.at - flood.similar_window)
            if _reaches(flood.similar, (self._similar(each, line) for each in near)):
                matches.append(_flood("SIMILAR_FLOOD", flood.similar_action))
        return matches

    def _similar(self, one: _Line, other: _Line) -> bool:
        if one.words == other.words:
            return True
        distance = self.flood.distance
        if distance is not None:
            return within_distance(one.words, other.words, distance)
        shared = len(one.bag & other.bag)
        union = len(one.bag) + len(other.bag) - shared
        return union > 0 and shared / union >= SIMILAR


def within_distance(one: str, other: str, most: int) -> bool:
    """Whether ``other`` is ``one`` with at most ``most`` letters added, removed or replaced."""
    one, other = one[:MAX_LETTERS], other[:MAX_LETTERS]
    return Levenshtein.distance(one, other, score_cutoff=most) <= most


def _flood(label: str, action: str) -> Match:
    return Match(rule="flood", label=label, action=action, kind="flood")


def _reaches(wanted: int, answers: Iterable[bool]) -> bool:
    """Whether so many of ``answers`` are true; no more of them are asked for than it takes."""
    return sum(1 for _ in islice(filter(None, answers), wanted)) == wanted


def _since(lines: tuple[_Line, ...], at: float) -> list[_Line]:
    return [each for each in lines if each.at > at]


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
