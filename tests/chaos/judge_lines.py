"""Whether every line that was said was shown and kept once, or lies in a gap that is told. Pure."""

from bisect import bisect_right

from tests.chaos.outcome import DEAF, DOUBLED, LOST, STUCK, UNKEPT, Outcome, Violation
from tests.chaos.truth import Said

WATCH_LIMIT_S = 45.0
"""How long the console may say that it hears when it does not, in seconds of its clock."""

EDGE_S = 1.0
"""How far a line may lie outside of a gap, in real seconds: it was under way."""


def judge(outcome: Outcome) -> list[Violation]:
    """All violations of what is promised about lines."""
    found: list[Violation] = []
    live = next((shown.at for shown in outcome.timeline if shown.hears), None)
    if live is None:
        return [Violation(STUCK, "the console never became live")]
    told = [said for said in outcome.said if said.at > live + EDGE_S]
    missed = [said for said in told if not outcome.shown[said.number]]
    lost = [said for said in missed if not _in_gap(outcome, said)]
    if len(lost) > outcome.counted:
        found.append(Violation(LOST, f"{len(lost)} of {len(told)} lines: {_some(lost)}"))
    deaf = [said for said in missed if _says_live(outcome, said)]
    if deaf:
        found.append(
            Violation(
                DEAF,
                f"{len(deaf)} lines were not heard, and {WATCH_LIMIT_S:.0f} s later it still said "
                f"live: {_some(deaf)}",
            )
        )
    twice = [number for number, times in outcome.shown.items() if times > 1]
    twice += [number for number, times in outcome.stored.lines.items() if times > 1]
    if twice:
        found.append(Violation(DOUBLED, f"lines {sorted(set(twice))[:10]}"))
    by_number = {said.number: said for said in outcome.said}
    unkept = [
        by_number[number]
        for number in outcome.shown
        if not outcome.stored.lines[number] and number in by_number
    ]
    unkept = [said for said in unkept if not _in_gap(outcome, said)]
    if len(unkept) > outcome.counted:
        sentence = f"{len(unkept)} lines were shown and are not in the store: {_some(unkept)}"
        found.append(Violation(UNKEPT, sentence))
    if not outcome.hears_at_end:
        last = outcome.timeline[-1]
        found.append(
            Violation(STUCK, f"at the end it does not hear: {last.phase}, {last.sentence!r}")
        )
    if outcome.waiting:
        sentence = f"{len(outcome.waiting)} lines wait for a verdict: {outcome.waiting[:3]}"
        found.append(Violation(STUCK, sentence))
    return found


def _in_gap(outcome: Outcome, said: Said) -> bool:
    edge = (EDGE_S + outcome.lag) * outcome.speed
    clock = outcome.origin + (said.at - outcome.origin) * outcome.speed
    times = [clock + ahead for ahead in outcome.aheads]
    return any(
        said.cid in gap.cids and any(gap.since - edge <= at <= gap.until + edge for at in times)
        for gap in outcome.gaps
    )


def _says_live(outcome: Outcome, said: Said) -> bool:
    """Whether the window said all the time, from the line to the limit, that it hears."""
    times = [shown.at for shown in outcome.timeline]
    first = bisect_right(times, said.at - EDGE_S - outcome.lag) - 1
    last = bisect_right(times, said.at + WATCH_LIMIT_S / outcome.speed) - 1
    return all(shown.hears for shown in outcome.timeline[max(first, 0) : last + 1])


def _some(lines: list[Said]) -> str:
    first = ", ".join(f"{said.number} at {said.at:.2f} in {said.cid}" for said in lines[:4])
    return first + (" ..." if len(lines) > 4 else "")
