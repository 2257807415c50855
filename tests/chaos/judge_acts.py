"""Whether every act ended in a told outcome that is true, and none was repeated to harm. Pure."""

from console.domain.act import Receipt, ReceiptState
from console.protocol.acts import ActProgress
from tests.chaos.outcome import LOST, REPEATED, STUCK, UNKEPT, WRONG, Outcome, Violation
from tests.chaos.truth import Done
from tests.chaos.what_acts_do import opposite, repeat_harms, what_is_done

_OPEN = (ReceiptState.QUEUED, ReceiptState.SENT, ReceiptState.ACCEPTED)
_MAYBE = ("not known", "may have been", "perhaps", "could not be seen")
"""What a reason says that leaves open whether it was done."""


def judge(outcome: Outcome) -> list[Violation]:
    """All violations of what is promised about acts."""
    found: list[Violation] = []
    for act_id in outcome.given:
        progress = outcome.acts.get(act_id)
        if progress is None:
            found.append(Violation(LOST, f"act {act_id} has no receipt"))
            continue
        found += _judge_one(outcome, progress)
    return found


def _judge_one(outcome: Outcome, progress: ActProgress) -> list[Violation]:
    act, receipt = progress.act, progress.receipt
    name = f"{act.kind} on {act.user_ids[0] if act.user_ids else act.cid} ({act.act_id[:6]})"
    done = _of(outcome.done, progress)
    contrary = _of(outcome.contrary, progress)
    found: list[Violation] = []
    if receipt.state in _OPEN:
        found.append(Violation(STUCK, f"{name} is still {receipt.state}: {receipt.reason!r}"))
    if receipt.state is ReceiptState.SEEN and not done and not _done_by_others(outcome, progress):
        found.append(
            Violation(WRONG, f"{name} is told as seen ({receipt.evidence}) and was never done")
        )
    if receipt.state is ReceiptState.FAILED and done and not is_open(receipt):
        found.append(Violation(WRONG, f"{name} is told as failed and was done: {receipt.reason!r}"))
    could_be_seen = done and not contrary and outcome.visible.get(act.act_id, False)
    if could_be_seen and receipt.state not in (ReceiptState.SEEN, *_OPEN) and is_open(receipt):
        found.append(
            Violation(WRONG, f"{name} is told as not known and could be seen: {receipt.reason!r}")
        )
    for what in what_is_done(act):
        harm = _harm([each for each in done if each.what == what], contrary)
        if harm and repeat_harms(what):
            found.append(Violation(REPEATED, f"{name}: {harm}; told as {receipt.state}"))
    kept = outcome.stored.acts.get(act.act_id)
    if kept != receipt.state and not (kept is None and receipt.state is ReceiptState.FAILED):
        found.append(Violation(UNKEPT, f"{name} is shown as {receipt.state} and kept as {kept}"))
    return found


def is_open(receipt: Receipt) -> bool:
    """Whether it tells that nobody knows whether the act was done."""
    if receipt.state in (ReceiptState.SEEN, *_OPEN):
        return False
    return receipt.state is not ReceiptState.FAILED or any(
        words in receipt.reason for words in _MAYBE
    )


def _of(log: list[Done], progress: ActProgress) -> list[Done]:
    """What of the log is about this act: each act has a person of its own."""
    act = progress.act
    return [
        each
        for each in log
        if each.what in what_is_done(act)
        and each.target in act.targets
        and each.cid in ("", act.cid)
    ]


def _done_by_others(outcome: Outcome, progress: ActProgress) -> bool:
    """Whether a colleague did the same, by putting back an act that this one takes back.

    The call shows that it is done, and not every event of Stream names who did it.
    """
    act = progress.act
    wanted = {opposite(what) for what in what_is_done(act)} - {""}
    return any(
        each.what in wanted and each.target in act.targets and each.cid in ("", act.cid)
        for each in outcome.contrary
    )


def _harm(done: list[Done], contrary: list[Done]) -> str:
    times = sorted(each.at for each in done)
    for back in contrary:
        later = [at for at in times if at > back.at]
        if later and times[0] < back.at:
            return (
                f"done at {times[0]:.2f}, put back by others at {back.at:.2f}, "
                f"done again at {later[0]:.2f}"
            )
    return ""
