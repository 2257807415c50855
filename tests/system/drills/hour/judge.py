"""Holds what two consoles told of an hour against what their sandbox was asked to do. Pure."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from console.base.percentiles import percentiles
from console.domain.act import Act, ReceiptState
from console.domain.acts.ban import BAN
from console.domain.acts.block import BLOCK, BLOCK_FOR
from console.domain.acts.permission import KEEP_MUTED
from console.domain.acts.table import spec_of
from console.protocol.acts import ActProgress
from tests.chaos.truth import Done, done_by
from tests.chaos.what_acts_do import what_is_done

_HELD_BY = {BLOCK_FOR: "blocked", BLOCK: "blocked", BAN: "banned", KEEP_MUTED: "revoked"}
MOST_LATE_S = 60.0
"""A clock may end so much later: its console was killed, or heard nothing, for a while."""

_LIFTED_BY = {BLOCK_FOR: "unblock", KEEP_MUTED: "grant send-audio"}


class Kept(Struct, frozen=True, kw_only=True):
    """What the store of one console holds at the end.

    ``heard``: ids of all items. ``raised``: the state of each raised item by id. ``escalated``:
    who said what is escalated.
    """

    heard: frozenset[str]
    raised: dict[str, str]
    escalated: frozenset[str]


class Told(Struct, frozen=True, kw_only=True):
    """What one console told.

    Attributes:
        acts: all that it knows of. flagged: whose items its moderator escalated.
        raised: ids of all items that it ever showed as raised.
        counts: its numbers of raised items, as it shows them. outlived: of its sanctions.
        suspended: calls that it shows as suspended at the end, when all were given back.
    """

    acts: tuple[ActProgress, ...]
    flagged: frozenset[str]
    raised: frozenset[str]
    counts: dict[str, int]
    outlived: int
    suspended: frozenset[str]
    kept: Kept


class Verdict(Struct, frozen=True, kw_only=True):
    """What was counted, and each promise that was broken, in one sentence."""

    counted: dict[str, Any]
    broken: tuple[str, ...]


def judge(told: tuple[Told, Told], log: Iterable[bytes], state: dict[str, Any]) -> Verdict:
    """``log``: lines of the sandbox's log. ``state``: what it holds at the end."""
    rows = [msgspec.json.decode(line) for line in log]
    acts = tuple({p.act.act_id: p for each in told for p in each.acts}.values())
    asked = [done for row in rows for done in _asked(row)]
    late = _lateness(acts, asked)
    broken = [
        *_unsettled(acts),
        *_wrong_targets(acts, asked, told, state["reviewed_of"]),
        *_never_asked(acts, asked),
        *_overdue(acts, state),
        *_late(acts, asked),
        *(f"{item_id} is still locked in the review queue" for item_id in state["locked"]),
        *(f"{cid} is still suspended" for each in told for cid in each.suspended),
        *(sentence for number, each in enumerate(told) for sentence in _lost(number, each)),
    ]
    heard_by_both = told[0].kept.heard & told[1].kept.heard
    both = [each.kept.raised.keys() & heard_by_both for each in told]
    if both[0] != both[1]:
        broken.append(
            f"{len(both[0] ^ both[1])} items that both heard are raised at one console only"
        )
    states = Counter(str(p.receipt.state) for p in acts)
    late_seconds = percentiles(late)
    return Verdict(
        counted={
            "acts": dict(states),
            "acts_by_kind": dict(Counter(p.act.kind for p in acts)),
            "requests_of_acts": len(rows),
            "raised": [each.counts for each in told],
            "heard_by_both": len(heard_by_both),
            "raised_of_these": [len(each) for each in both],
            "clocks_that_ended": len(late),
            "late_s": {"p50": round(late_seconds.p50, 1), "max": round(max(late, default=0.0), 1)},
            "outlived_by_10_s": [each.outlived for each in told],
            "locked": len(state["locked"]),
        },
        broken=tuple(broken),
    )


def _asked(row: dict[str, Any]) -> list[Done]:
    if not row["body"]:
        return []  # it was refused before its body was read
    if row["path"].endswith("/submit_action"):
        body = msgspec.json.decode(row["body"])
        found = done_by(row["path"], row["query"], row["body"].encode(), row["at"])
        item = body.get("item_id") or ""
        return [*found, Done("review", "", item, row["at"])] if item else found
    return done_by(row["path"], row["query"], row["body"].encode(), row["at"])


def _does(act: Act) -> set[str]:
    if act.review is not None:
        return {"review"}
    if act.kind == BLOCK_FOR:
        return {"block"}
    if act.kind == KEEP_MUTED:
        return {*what_is_done(act), "mute audio"}
    return set(what_is_done(act))


def _unsettled(acts: Iterable[ActProgress]) -> Iterable[str]:
    under_way = (ReceiptState.QUEUED, ReceiptState.SENT, ReceiptState.ACCEPTED)
    for progress in acts:
        receipt, name = progress.receipt, f"{progress.act.kind} {progress.act.act_id[:8]}"
        if receipt.state in under_way:
            yield f"{name} is still {receipt.state}: {receipt.reason!r}"
        elif receipt.state is ReceiptState.FAILED and not receipt.reason:
            yield f"{name} failed without a reason"


def _wrong_targets(
    acts: Iterable[ActProgress],
    asked: Iterable[Done],
    told: tuple[Told, Told],
    reviewed_of: dict[str, str],
) -> Iterable[str]:
    """What the desk decides is marked in the review queue, too: that is no act of its own."""
    meant: set[tuple[str, str, str]] = set()
    whole_calls: set[str] = set()
    for act in (progress.act for progress in acts):
        spec = spec_of(act.kind)
        if spec.for_each:
            whole_calls.add(act.cid)
        if act.review is not None:
            meant.add(("review", "", act.review.item_id))
        meant |= {
            (what, cid, person) for what in _does(act) for cid in ("", act.cid)
            for person in act.user_ids
        }  # fmt: skip
    flagged = {author for each in told for author in each.flagged | each.kept.escalated}
    decided = {
        item_id for each in told for item_id, state in each.kept.raised.items()
        if state in ("handled", "dismissed")
    }  # fmt: skip
    for done in asked:
        verb = done.what.partition(" ")[0]
        if (done.what, done.cid, done.target) in meant:
            continue
        if verb in ("grant", "revoke", "mute") and done.cid in whole_calls:
            continue
        if done.what == "flag" and done.target in flagged:
            continue
        if done.what == "review" and reviewed_of.get(done.target) in decided:
            continue
        yield f"{done.what} on {done.target} in {done.cid or 'the app'} was meant by no act"


def _never_asked(acts: Iterable[ActProgress], asked: Iterable[Done]) -> Iterable[str]:
    known = {(done.what, done.target) for done in asked}
    for progress in acts:
        act, receipt = progress.act, progress.receipt
        if receipt.state is not ReceiptState.SEEN or spec_of(act.kind).for_each:
            continue
        targets = (act.review.item_id,) if act.review is not None else act.user_ids
        does = _does(act)
        if does and not any((what, target) in known for what in does for target in targets):
            yield f"{act.kind} on {', '.join(targets)} is confirmed ({receipt.evidence}), and"\
                " the sandbox was never asked for it"  # fmt: skip


def _overdue(acts: Iterable[ActProgress], state: dict[str, Any]) -> Iterable[str]:
    timed: dict[tuple[str, str, str], Act] = {}
    for_good: set[tuple[str, str, str]] = set()
    suspended = {p.act.cid for p in acts if spec_of(p.act.kind).for_each}
    for act in (progress.act for progress in acts):
        held = _HELD_BY.get(act.kind, "")
        for person in act.user_ids if held else ():
            key = (held, "" if held == "banned" else act.cid, person)
            if act.minutes is None and not act.holding:
                for_good.add(key)
            elif act.minutes is not None:
                timed[key] = act
    in_force = {("blocked", *pair) for pair in state["blocked"]}
    in_force |= {("revoked", *pair) for pair in state["revoked"]}
    in_force |= {("banned", "", person) for person in state["banned"]}
    for key in in_force & timed.keys() - for_good:
        more = " (the call was suspended meanwhile)" if key[1] in suspended else ""
        yield f"{key[2]} is still {key[0]} in {key[1] or 'the app'} after the time was over{more}"


def _lateness(acts: Iterable[ActProgress], asked: list[Done]) -> list[float]:
    """By how many seconds what the engine's clocks took back came late."""
    return [late for _, late in _ends(acts, asked)]


def _late(acts: tuple[ActProgress, ...], asked: list[Done]) -> Iterable[str]:
    """What came much too late, where nobody held the whole call meanwhile."""
    suspended = {p.act.cid for p in acts if spec_of(p.act.kind).for_each}
    for act, late in _ends(acts, asked):
        if late > MOST_LATE_S and act.cid not in suspended:
            yield f"{act.kind} of {', '.join(act.user_ids)} was taken back {late:.0f} s late"


def _ends(acts: Iterable[ActProgress], asked: list[Done]) -> Iterable[tuple[Act, float]]:
    """Acts whose time ended, each with the seconds by which it was taken back late."""
    for progress in acts:
        act, receipt = progress.act, progress.receipt
        lifted = _LIFTED_BY.get(act.kind)
        if lifted is None or act.minutes is None or not receipt.accepted_at or act.holding:
            continue
        due = receipt.accepted_at + 60 * act.minutes
        times = [
            done.at
            for done in asked
            if done.what == lifted and done.target in act.user_ids and done.cid == act.cid
            and done.at >= due - 5
        ]  # fmt: skip
        if times:
            yield act, max(0.0, min(times) - due)


def _lost(number: int, told: Told) -> Iterable[str]:
    name, kept = f"console {number + 1}", told.kept
    if gone := told.raised - kept.raised.keys():
        yield f"{len(gone)} raised items of {name} are in no state: {sorted(gone)[:3]}"
    if unheard := kept.raised.keys() - kept.heard:
        yield f"{len(unheard)} raised items of {name} are of lines that it did not keep"
    states, counts = Counter(kept.raised.values()), told.counts
    shown = {
        "handled": states["handled"] + states["escalated"],
        "dismissed": states["dismissed"],
        "open": states["open"],
    }
    if shown != {key: counts[key] for key in shown}:
        yield f"{name} counts {counts}, and its store holds {dict(states)}"
