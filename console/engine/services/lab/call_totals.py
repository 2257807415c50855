"""What one policy's call rules would have done over a run, line by line and in total."""

from pathlib import PurePath

from console.engine.services.lab.run_worker_messages import Begin, RunLine
from console.policy.call_rule_section import call_rules
from console.policy.call_tally import CallTally
from console.policy.call_watch import CallAction as Found
from console.policy.call_watch import CallWatch
from console.policy.judgement import Judgement
from console.policy.model import Policy
from console.protocol.lab_results import BesideModerators, CallAction, CallActions, Count
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
        beside = tally.beside()
        return CallActions(
            triggered=tally.triggered,
            people=len(tally.people),
            actions=_counts(tally.actions.most_common(), tally.triggered),
            rules=_counts(tally.rules.most_common(), tally.triggered),
            listed=tuple(map(self._told, tally.listed)),
            unlisted=tally.triggered - len(tally.listed),
            beside=BesideModerators(
                agreed=beside.agreed,
                only_rules=beside.only_rules,
                only_moderators=beside.only_moderators,
                seconds_before=beside.seconds_before,
            )
            if self._saved
            else None,
        )

    def _told(self, found: Found) -> CallAction:
        return CallAction(
            rule=found.rule,
            violation_number=found.violation_number,
            actions=found.actions,
            warning_text=found.warning_text,
            call=found.call,
            speaker=self._names.get((found.call, found.speaker)) or found.speaker,
            at=found.at,
            rows=found.lines[-MAX_ROWS:],
            line=self._lines.get(found.lines[-1], 0) if found.lines else 0,
        )


def file_of(begin: Begin) -> str:
    """The name of the file that a run reads; empty for other sources."""
    return PurePath(begin.source.path).name if isinstance(begin.source, FileSource) else ""


def _counts(counted: list[tuple[str, int]], of: int) -> tuple[Count, ...]:
    return tuple(Count(name, count, count / of if of else 0.0) for name, count in counted)
