"""The verdict in the same frame: the policy that is in force here (DESIGN.md 9)."""

from collections.abc import Callable

from console.base.clock import Clock
from console.domain.utterance import Utterance
from console.domain.verdict import Source, Verdict
from console.policy.evaluator import Evaluator
from console.policy.line_judge import LineJudge


class LocalJudge:
    """Judges lines at once by what ``in_force`` gives at that moment.

    ``provisional``: Stream is expected to decide.
    """

    def __init__(
        self, in_force: Callable[[], Evaluator | None], clock: Clock, *, provisional: bool
    ) -> None:
        self._in_force = in_force
        self._clock = clock
        self._provisional = provisional
        self._lines: LineJudge | None = None

    def judge(self, line: Utterance) -> Verdict | None:
        """The local verdict on ``line``; None while no policy is in force."""
        evaluator = self._in_force()
        if evaluator is None:
            return None
        began = self._clock.monotonic()
        if self._lines is None:
            self._lines = LineJudge(evaluator)
        self._lines.follow(evaluator)
        # A translation is no further line of its speaker.
        speaker = "" if line.translated else f"{line.cid}\x1f{line.speaker_id}"
        judgement = self._lines.judge(line.text, line.language, speaker, line.start_time)
        now = self._clock.now()
        return Verdict(
            utterance_id=line.utterance_id,
            source=Source.LOCAL,
            action=judgement.action,
            labels=judgement.labels,
            severity=judgement.severity,
            rule=judgement.rule,
            why=judgement.why,
            matches=judgement.matches,
            provisional=self._provisional,
            judged_at=now,
            waited_ms=max(0.0, (now - line.received_at) * 1000),
            checked_ms=(self._clock.monotonic() - began) * 1000,
            revision=line.revision,
        )
