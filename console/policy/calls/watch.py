"""What a policy's call rules would have done, line after line of recorded calls.

Every call counts as one session, since lines do not tell where a session ends.
"""

from collections import OrderedDict
from collections.abc import Sequence

from console.domain.results import CallAction, Judgement
from console.domain.verdict import Severity
from console.policy.calls.rules import (
    CAPTION,
    NEW,
    CallRule,
    Observed,
    RuleState,
    labelled,
    observe,
)

MAX_PEOPLE = 10_000
"""People in calls whose violations are remembered; who was silent longest is forgotten first."""


class CallWatch:
    """Call rules over the lines of calls, in the order in which they were said."""

    def __init__(self, rules: Sequence[CallRule], most_people: int = MAX_PEOPLE) -> None:
        self.rules = tuple(rules)
        self._most = most_people
        self._states: OrderedDict[tuple[str, str], list[RuleState]] = OrderedDict()

    def observe(
        self, judgement: Judgement, *, call: str, speaker: str, at: float, line: int
    ) -> tuple[CallAction, ...]:
        """What the rules do at a line that was judged so.

        Nothing without a call, a speaker or a time: violations belong to a person in a call.
        """
        if not (self.rules and call and speaker and at):
            return ()
        states = self._states.pop((call, speaker), None) or [NEW] * len(self.rules)
        self._states[call, speaker] = states
        if len(self._states) > self._most:
            self._states.popitem(last=False)
        seen = Observed(
            kind=CAPTION,
            labels=labels_of(judgement),
            at=at,
            line=line,
            call_type=call.partition(":")[0],
        )
        out = []
        for place, rule in enumerate(self.rules):
            states[place], triggered = observe(rule, states[place], seen)
            if triggered is not None:
                out.append(
                    CallAction(
                        rule=triggered.rule,
                        violation_number=triggered.violation_number,
                        actions=triggered.actions,
                        warning_text=triggered.warning_text,
                        call=call,
                        speaker=speaker,
                        at=at,
                        rows=triggered.lines,
                    )
                )
        return tuple(out)


def labels_of(judgement: Judgement) -> dict[str, Severity]:
    """The labels of a judgement by ``label_key``, each with the gravest severity of its matches."""
    if not judgement.labels:
        return {}
    out = labelled(dict.fromkeys(judgement.labels, Severity.NONE))
    for match in judgement.matches:
        for label, severity in labelled({match.label: match.severity}).items():
            if label in out and severity.rank > out[label].rank:
                out[label] = severity
    return out
