"""The verdict in the same frame: the policy that comes with the program (DESIGN.md 9)."""

from pathlib import Path

from console.base.clock import Clock
from console.base.errors import WorldError
from console.domain.utterance import Utterance
from console.domain.verdict import Source, Verdict
from console.policy.evaluator import Evaluator
from console.policy.policy_file import read_policy


def load_evaluator(path: Path) -> Evaluator:
    """The policy at ``path``, ready to judge.

    Raises:
        WorldError: the file cannot be read or is no policy; the sentence names the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WorldError(f"The policy {path.name} could not be read.") from error
    read = read_policy(text, path.name)
    if read.policy is None:
        first = read.errors[0]
        raise WorldError(f"{first.place}:{first.line}: {first.sentence}")
    return Evaluator(read.policy)


class LocalJudge:
    """Judges lines at once. ``provisional``: Stream is expected to decide."""

    def __init__(self, evaluator: Evaluator, clock: Clock, *, provisional: bool) -> None:
        self._evaluator = evaluator
        self._clock = clock
        self._provisional = provisional

    def judge(self, line: Utterance) -> Verdict:
        """The local verdict on ``line``."""
        began = self._clock.monotonic()
        judgement = self._evaluator.judge(line.text, line.language)
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
