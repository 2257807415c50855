"""A policy on the lines of calls: each text by itself, behind its speaker's last words, and how
much the speaker says.

Holds the recent lines of a bounded number of speakers; everything else is as in ``evaluator``.
"""

from collections import OrderedDict
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from console.domain.results import Judgement, weight
from console.domain.verdict import Match, action_rank
from console.policy.evaluator import Evaluator
from console.policy.last_words import LastWords, Window, marked, still_heard, with_line
from console.policy.required_stages import WhenMissed
from console.policy.sections.section import Found
from console.policy.sections.velocity import velocity_filter
from console.policy.velocity import Recent, VelocityFilter

MAX_SPEAKERS = 10_000

_WHY = {
    "FAST_SPAM": "The speaker says very much in a short time",
    "SLOW_SPAM": "The speaker says very much over a while",
    "IDENTICAL_FLOOD": "The speaker repeats the same line",
    "SIMILAR_FLOOD": "The speaker repeats nearly the same line",
}


class _Talk(Struct, frozen=True):
    """What a speaker said: when last, the state before that line, and after it."""

    at: float
    item: str
    before: Recent
    after: Recent
    words_before: LastWords
    words_after: LastWords


class LineJudge:
    """Judges lines in the order in which they were said; not safe in several threads at once.

    Attributes:
        evaluator: the policy that it judges by now.
    """

    def __init__(self, evaluator: Evaluator, most_speakers: int = MAX_SPEAKERS) -> None:
        self.evaluator = evaluator
        self._velocity: VelocityFilter | None = velocity_filter(evaluator.policy.sections)
        self._most = most_speakers
        self._talks: OrderedDict[str, _Talk] = OrderedDict()

    def follow(self, evaluator: Evaluator) -> None:
        """Judge by another policy from now on; what speakers said is still known."""
        if evaluator is not self.evaluator:
            self.evaluator = evaluator
            self._velocity = velocity_filter(evaluator.policy.sections)

    def judge(
        self,
        text: str,
        language: str,
        speaker: str,
        at: float,
        *,
        item: str = "",
        spoken: str = "",
        by_models: bool = True,
        when_missed: WhenMissed = WhenMissed.COUNTS,
    ) -> Judgement:
        """What the policy recommends for a line of ``speaker`` said at ``at`` (unix seconds).

        ``speaker`` has to differ between calls. Without a speaker or a time only the text counts.
        A line of the same time as the last is that line with another text. ``item`` names the
        line in matches that begin in it and end in a later one. ``spoken``,
        ``by_models`` and ``when_missed`` as for :meth:`Evaluator.judge`.
        """
        judgement = self.evaluator.judge(
            text, language, spoken=spoken, by_models=by_models, when_missed=when_missed
        )
        if not speaker:
            return judgement
        talk = self._talks.pop(speaker, _SILENT)
        again = talk.at == at
        before = talk.before if again else talk.after
        words = talk.words_before if again and talk.item == item else talk.words_after
        after = before
        broken: tuple[Match, ...] = ()
        found: list[Found] = []
        before_it: LastWords = ()
        if at:
            if self._velocity is not None:
                after, broken = self._velocity.observe(before, text, at)
            before_it = still_heard(words, at)
            found = self._across(before_it, text, language, judgement)
        # The first line of a file may begin at 0.0; where no line has a time, none goes on.
        words_after = words
        if at >= talk.at:  # one that comes late is nobody's last words
            heard = marked(before_it, [each.match for each in found]) if found else before_it
            words_after = with_line(heard, item, text, at, judgement.matches)
        self._talks[speaker] = _Talk(max(at, talk.at), item, before, after, words, words_after)
        if len(self._talks) > self._most:
            self._talks.popitem(last=False)
        found += [Found(match, _why(match)) for match in broken]
        return with_found(judgement, found) if found else judgement

    def _across(
        self, words: LastWords, text: str, language: str, judgement: Judgement
    ) -> list[Found]:
        """What begins in ``words`` and ends in ``text``; each once."""
        if not words:
            return []
        window = Window(words, text)
        found: dict[Match, str] = {}
        for match, why in self.evaluator.across(window.text, language, window.crosses):
            placed = window.placed(match, judgement.matches)
            if placed is not None:
                found[placed] = f"{why} {_BEGINS_BEFORE}"
        return [Found(match, why) for match, why in found.items()]


_BEGINS_BEFORE = "It begins in what the speaker said just before."
_SILENT = _Talk(0.0, "", Recent(), Recent(), (), ())


def with_found(judgement: Judgement, more: Sequence[Found]) -> Judgement:
    """``judgement`` with matches of rules that are about more than this text."""
    gravest = sorted(more, key=lambda found: weight(found.match), reverse=True)
    first, why = gravest[0]
    labels = [match.label for match, _ in gravest]
    decides = action_rank(first.action) > action_rank(judgement.action)
    severities = (judgement.severity, *(match.severity for match, _ in more))
    return replace(
        judgement,
        action=first.action if decides else judgement.action,
        severity=max(severities, key=lambda severity: severity.rank),
        labels=tuple(
            dict.fromkeys((*labels, *judgement.labels) if decides else (*judgement.labels, *labels))
        ),
        rule=first.rule if decides else judgement.rule,
        why=why if decides else judgement.why,
        confidence=first.confidence if decides else judgement.confidence,
        matches=(*judgement.matches, *(match for match, _ in more)),
    )


def _why(match: Match) -> str:
    return f"{_WHY.get(match.label, 'The speaker says very much')} (rule {match.rule})."
