"""What one policy's call rules would have done over a run, line by line and in total."""

from pathlib import PurePath

from msgspec.structs import replace

from console.domain.results import CallAction, Judgement
from console.engine.services.lab.run_worker_messages import Begin, RunLine
from console.policy.calls.tally import CallTally
from console.policy.calls.watch import CallWatch
from console.policy.model import Policy
from console.policy.sections.call_rules import call_rules
from console.protocol.lab_results import CallActions, Count
from console.protocol.lab_runs import FileSource

MAX_ROWS = 20
"""Rows named of one violation."""


class CallTotals:
    """Watches the lines of a run; without call rules it does nothing."""

    def __init__(self, policy: Policy, file: str = "", *, saved: bool) -> None:
        """``file``: what a call without a name is called.

        A file that names speakers and times but no call holds one. ``saved``: the lines are of
        saved calls, with what moderators did.
        """
        self._watch = CallWatch(call_rules(policy.sections))
        self._tally = CallTally(self._watch.rules)
        self._file = file
        self._saved = saved
        self._names: dict[tuple[str, str], str] = {}
        self._lines: dict[int, int] = {}  # of the file, by row

    def observe(self, line: RunLine, judgement: Judgement, row: int) -> tuple[str, ...]:
        """The actions, in Stream's names, that the rules take at ``line``, row ``row`` of a run."""
        if not self._watch.rules:
            return ()
        call, speaker = line.call or self._file, line.speaker_id or line.speaker
        found = self._watch.observe(judgement, call=call, speaker=speaker, at=line.at, line=row)
        listed = len(self._tally.listed)
        self._tally.add(found)
        if len(self._tally.listed) > listed:
            self._names[call, speaker] = line.speaker
            self._lines[row] = line.line
        if self._saved:
            times = [act.at for act in line.acts if not act.undone]
            self._tally.moderators(call, speaker, times)
        return tuple(name for each in found for name in each.actions)

    def result(self) -> CallActions | None:
        """The totals so far; None for a policy without call rules."""
        if not self._watch.rules:
            return None
        tally = self._tally
        return CallActions(
            triggered=tally.triggered,
            people=len(tally.people),
            actions=_counts(tally.actions.most_common(), tally.triggered),
            rules=_counts(tally.rules.most_common(), tally.triggered),
            listed=tuple(map(self._named, tally.listed)),
            unlisted=tally.triggered - len(tally.listed),
            beside=tally.beside() if self._saved else None,
        )

    def _named(self, found: CallAction) -> CallAction:
        """``found`` with the name of the speaker, the line in the file, and fewer rows."""
        return replace(
            found,
            speaker=self._names.get((found.call, found.speaker)) or found.speaker,
            rows=found.rows[-MAX_ROWS:],
            line=self._lines.get(found.rows[-1], 0) if found.rows else 0,
        )


def file_of(begin: Begin) -> str:
    """The name of the file that a run reads; empty for other sources."""
    source = begin.request.source
    return PurePath(source.path).name if isinstance(source, FileSource) else ""


def _counts(counted: list[tuple[str, int]], of: int) -> tuple[Count, ...]:
    return tuple(Count(name, count, count / of if of else 0.0) for name, count in counted)
