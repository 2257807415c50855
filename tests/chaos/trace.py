"""What happened in an episode, second by second, to find the cause of a broken promise."""

from collections import Counter

from tests.chaos.outcome import Outcome


def trace(outcome: Outcome, strikes: list[tuple[float, str, str]]) -> list[str]:
    """One line for each strike, state, gap, receipt and second with lines that nobody heard.

    Times are real seconds since the window first said that it hears.
    """
    live = next((shown.at for shown in outcome.timeline if shown.hears), outcome.origin)
    events = [(at, f"strike {name}: {what}") for at, name, what in strikes]
    events += [
        (shown.at, f"window {shown.phase}, hears {shown.hears}: {shown.sentence}")
        for shown in outcome.timeline
    ]
    events += [(each.at, f"done {each.what} {each.target}") for each in outcome.done]
    events += [(each.at, f"put back {each.what} {each.target}") for each in outcome.contrary]
    events += [(each.at, f"refused {each.what} {each.target}") for each in outcome.refused]
    missed = Counter(int(one.at) for one in outcome.said if not outcome.shown[one.number])
    events += [(at, f"{lines} lines said that nobody heard") for at, lines in missed.items()]
    for gap in outcome.gaps:
        since, until = (
            outcome.origin + (at - outcome.origin) / outcome.speed for at in (gap.since, gap.until)
        )
        events.append((since, f"gap until {until - live:.1f} in {len(gap.cids)} calls"))
    for act_id in outcome.given:
        receipt = outcome.acts[act_id].receipt
        act = outcome.acts[act_id].act
        events.append(
            (
                outcome.given[act_id],
                f"act {act.kind} {''.join(act.user_ids) or act.cid} ends {receipt.state} after "
                f"{receipt.attempts} attempts: {receipt.evidence} {receipt.reason}",
            )
        )
    end = max((at for at, _ in events), default=live)
    events.append((end, f"still wait: {outcome.waiting}"))
    return [f"{at - live:8.2f}  {what}" for at, what in sorted(events)]
