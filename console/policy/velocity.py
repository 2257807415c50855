"""How much one speaker says, and how often the same: velocity and flood rules (STREAM.md 6.3).

Pure: the state goes in with the line and comes out again. One state belongs to one speaker; it is
bounded, so a talker without end costs no memory.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Annotated, Any

from msgspec import Struct
from pydantic import BeforeValidator, Field
from rapidfuzz.distance import Levenshtein

from console.domain.verdict import FLAG, REMOVE, Match
from console.policy.sections.schema import ASKED, Choice, Count, Many, Period, Table, wrong
from console.policy.sections.words import UNNAMED, VELOCITY_ACTIONS
from console.policy.text.folding import CONFUSABLE, words_of

MAX_LINES = 200
"""Recent lines kept of one speaker; thresholds above it are never reached."""

MAX_LETTERS = 1_000
"""Letters compared of each line; the rest counts as the same."""

# Without a distance two lines are similar when they share this part of their words (Jaccard index).
SIMILAR = 0.6

BAN = "ban"
USUAL_WINDOW = 60.0
"""Seconds in which lines may flood where the config names none (?)."""

_LINK = re.compile(r"https?://|www\.|\w\.[a-z]{2,}\b", re.IGNORECASE)


class VelocityRule(Table):
    """A rule about one speaker. A threshold of 0 never fires."""

    action: Annotated[str, Choice(VELOCITY_ACTIONS)] = Field(
        default=FLAG, description="What happens on a match.", json_schema_extra=ASKED
    )
    cascading_action: Annotated[str, Choice((UNNAMED, *VELOCITY_ACTIONS))] = Field(
        default="", description="What repeated matches do."
    )
    fast_spam_threshold: Count = Field(default=0, description="Lines within the short window.")
    fast_spam_ttl: Count = Field(default=0, description="The short window, in seconds.")
    slow_spam_threshold: Count = Field(default=0, description="Lines within the long window.")
    slow_spam_ttl: Count = Field(default=0, description="The long window, in seconds.")
    ban_duration: Count = Field(default=0, description="With the action ban: for how long.")
    slow_spam_ban_duration: Count = Field(default=0, description="The same for the long window.")
    probation_period: Count = Field(default=0, description="How long somebody is watched after it.")
    cascading_threshold: Count = Field(default=0, description="How many matches that takes.")
    ip_ban: bool = Field(default=False, description="Bans the address too.")
    shadow_ban: bool = Field(default=False, description="The banned person does not notice.")
    url_only: bool = Field(default=False, description="Only lines with links.")
    check_message_context: bool = Field(default=False, description="Looks at the lines around it.")


def _detector(value: Any) -> Any:
    """A detector as Stream has it, or only its threshold."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        wrong("expected a whole number or a table with a threshold.")
    if value < 0:
        wrong(f"{value} is not a whole number of at least 0.")
    return {"threshold": value}


class Detector(Table):
    """When lines of one speaker are too much alike."""

    enabled: bool = Field(default=True, description="Whether this section counts.")
    action: Annotated[str, Choice(VELOCITY_ACTIONS, free=True)] = Field(
        default="", description="What happens on a match."
    )
    threshold: Count = Field(default=0, description="How many lines.")
    time_window: Period = Field(default=0.0, description="Within 30s, 5m, 24h.")

    @property
    def lines(self) -> int:
        """How many lines it takes; 0 never fires."""
        return self.threshold if self.enabled else 0

    @property
    def window(self) -> float:
        """Seconds within which they count."""
        return self.time_window or USUAL_WINDOW


class SimilarDetector(Detector):
    """The same for lines that differ a little.

    Without a distance they are those that share most of their words.
    """

    similarity_distance: Count | None = Field(default=None, description="How different.")


class FloodConfig(Table):
    """``flood_config``."""

    identical: Annotated[Detector, BeforeValidator(_detector)] = Field(
        default=Detector(), description="The same line again."
    )
    similar: Annotated[SimilarDetector, BeforeValidator(_detector)] = Field(
        default=SimilarDetector(), description="Nearly the same line again."
    )
    allowlist: Many[str] = Field(default=(), description="Lines that may be repeated.")


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

    def __init__(
        self, rules: Sequence[VelocityRule] = (), flood: FloodConfig | None = None
    ) -> None:
        self.rules = tuple(rules)
        self.flood = flood or FloodConfig()
        self._allowed = frozenset(words_of(each, CONFUSABLE) for each in self.flood.allowlist)
        self._keep = max(
            (
                *(max(rule.fast_spam_ttl, rule.slow_spam_ttl) for rule in self.rules),
                *(each.window for each in (self.flood.identical, self.flood.similar) if each.lines),
            ),
            default=0.0,
        )

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
        similar = self.flood.similar
        compared = similar.lines and similar.similarity_distance is None
        return _Line(at, words, has_link, frozenset(words.split()) if compared else frozenset())

    def _flooded(self, lines: tuple[_Line, ...], line: _Line) -> Iterator[Match]:
        if not line.words or line.words in self._allowed:
            return
        for label, detector, alike in (
            ("IDENTICAL_FLOOD", self.flood.identical, _identical),
            ("SIMILAR_FLOOD", self.flood.similar, self._similar),
        ):
            near = _since(lines, line.at - detector.window)
            if detector.lines and _reaches(detector.lines, (alike(each, line) for each in near)):
                action = REMOVE if detector.action == BAN else detector.action or FLAG
                yield Match(rule="flood", label=label, action=action, kind="flood")

    def _similar(self, one: _Line, other: _Line) -> bool:
        if _identical(one, other):
            return True
        distance = self.flood.similar.similarity_distance
        if distance is not None:
            return within_distance(one.words, other.words, distance)
        shared = len(one.bag & other.bag)
        union = len(one.bag) + len(other.bag) - shared
        return union > 0 and shared / union >= SIMILAR


def _identical(one: _Line, other: _Line) -> bool:
    return one.words == other.words


def within_distance(one: str, other: str, most: int) -> bool:
    """Whether ``other`` is ``one`` with at most ``most`` letters added, removed or replaced."""
    one, other = one[:MAX_LETTERS], other[:MAX_LETTERS]
    return Levenshtein.distance(one, other, score_cutoff=most) <= most


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
