"""What the rules of a policy need to know of each line, and lines that do not tell it.

Velocity rules count the lines of one speaker over time. Without speakers or times they would say
nothing, which looks as if all were well.
"""

from collections.abc import Sequence

from console.policy.inputs.text_row import TextRow
from console.policy.inputs.understood import Understood
from console.policy.model import Policy
from console.policy.sections.call_rules import call_rules
from console.policy.sections.velocity import velocity_filter


class Needs:
    """What some policies need, and how many lines do without."""

    def __init__(self, policies: Sequence[Policy]) -> None:
        self._velocity = any(velocity_filter(each.sections) is not None for each in policies)
        self._calls = any(call_rules(each.sections) for each in policies)
        self._lines = 0
        self._without = 0
        self._first = 0

    def lacking(self, understood: Understood) -> str:
        """A sentence about rules that can say nothing of such a file; empty for none."""
        missing = [
            what
            for what, told, needed in (
                ("speakers", understood.speakers_told, self._velocity or self._calls),
                ("times", understood.times_told, self._velocity),
            )
            if needed and not told
        ]
        if not missing:
            return ""
        whose = "Velocity rules" if self._velocity else "Call rules"
        return f"{whose} of the policy say nothing: the file tells no {' and no '.join(missing)}."

    def add(self, row: TextRow) -> None:
        """One line that is judged."""
        self._lines += 1
        if self._velocity and not (row.at and row.speaker):
            self._without += 1
            self._first = self._first or row.line

    @property
    def sentence(self) -> str:
        """How many lines the velocity rules could not count; empty for none."""
        if not self._without:
            return ""
        return (
            f"Velocity rules do not count {self._without:,} of {self._lines:,} lines: they tell no "
            f"time or no speaker (the first is line {self._first})."
        )
