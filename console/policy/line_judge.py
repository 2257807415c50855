"""A policy on the lines of calls: each text by itself, and how much its speaker says.

Holds the recent lines of a bounded number of speakers; everything else is as in ``evaluator``.
"""

from collections import OrderedDict

from msgspec import Struct

from console.domain.results import Judgement, weight
from console.domain.verdict import Match, action_rank
from console.policy.evaluator import Evaluator
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
    before: Recent
    after: Recent


class LineJudge:
    """Judges lines in the order in which they were said; not safe in several threads at once."""

    def __init__(self, evaluator: Evaluator, most_speakers: int = MAX_SPEAKERS) -> None:
        self._evaluator = evaluator
        self._velocity: VelocityFilter | None = velocity_filter(evaluator.policy.sections)
        self._most = most_speakers
        self._talks: OrderedDict[str, _Talk] = OrderedDict()

    def follow(self, evaluator: Evaluator) -> None:
        """Judge by another policy from now on; what speakers said is still known."""
        if evaluator is not self._evaluator:
            self._evaluator = evaluator
            self._velocity = velocity_filter(evaluator.policy.sections)

    def judge(
        self, text: str, language: str, speaker: str, at: float, *, by_models: bool = True
    ) -> Judgement:
        """What the policy recommends for a line of ``speaker`` said at ``at`` (unix seconds).

        ``speaker`` has to differ between calls. Without a speaker or a time only the text counts.
        A line of the same time as the last is that line with another text. ``by_models`` as for
        :meth:`Evaluator.judge`.
        """
        judgement = self._evaluator.judge(text, language, by_models=by_models)
        if self._velocity is None or not speaker or not at:
            return judgement
        talk = self._talks.pop(speaker, None)
        before = Recent()
        if talk is not None:
            before = talk.before if talk.at == at else talk.after
        after, broken = self._velocity.observe(before, text, at)
        self._talks[speaker] = _Talk(at, before, after)
        if len(self._talks) > self._most:
            self._talks.popitem(last=False)
        return with_matches(judgement, broken) if broken else judgement


def with_matches(judgement: Judgement, more: tuple[Match, ...]) -> Judgement:
    """``judgement`` with matches of rules that are about more than this text."""
    gravest = sorted(more, key=weight, reverse=True)
    first = gravest[0]
    labels = [match.label for match in gravest]
    decides = action_rank(first.action) > action_rank(judgement.action)
    severities = (judgement.severity, *(match.severity for match in more))
    return Judgement(
        action=first.action if decides else judgement.action,
        severity=max(severities, key=lambda severity: severity.rank),
        labels=tuple(
            dict.fromkeys((*labels, *judgement.labels) if decides else (*judgement.labels, *labels))
        ),
        rule=first.rule if decides else judgement.rule,
        why=_why(first) if decides else judgement.why,
        matches=(*judgement.matches, *more),
        unlisted=judgement.unlisted,
    )


def _why(match: Match) -> str:
    return f"{_WHY.get(match.label, 'The speaker says very much')} (rule {match.rule})."
