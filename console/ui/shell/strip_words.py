"""What the strip says of the connection, of the last act and of what is heard. Pure."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from console.base.plain_text import visible
from console.domain.act import ReceiptState
from console.domain.acts.table import spec_of
from console.domain.automation.proposal import Proposal
from console.domain.call import Call
from console.domain.phase import MEANINGS, Phase
from console.protocol.acts import ActProgress
from console.protocol.to_window import EngineState, Pulse
from console.ui.state.proposal_words import what, who
from console.ui.state.trouble import token_words
from console.ui.state.wording import (
    done_text,
    lasting,
    reason_with_details,
    receipt_words,
    who_text,
)
from console.ui.widgets.short_texts import clock_minute, count, milliseconds

MOST_NAMED = 4
"""So many of the people of one press are named."""

_WORST = {
    ReceiptState.SEEN: 0,
    ReceiptState.ACCEPTED: 1,
    ReceiptState.SENT: 2,
    ReceiptState.QUEUED: 3,
    ReceiptState.UNCONFIRMED: 4,
    ReceiptState.FAILED: 5,
}

SLOW_WAIT_MS = 3000.0
"""From here on the strip says how late verdicts are."""

_TOKENS = {Phase.SIGNED_OUT: "idle", Phase.LIVE: "good", Phase.REFUSED: "bad"}


class Said(Struct, frozen=True):
    """A sentence, its colour token and what its tooltip adds."""

    words: str
    token: str = ""
    help: str = ""


def connection_said(state: EngineState, *, engine_up: bool, now: float) -> Said:
    """The connection in one word, and who is signed in; ``now`` is unix seconds."""
    word, token = MEANINGS[state.phase].word, _TOKENS.get(state.phase, "warn")
    if not engine_up and state.phase is Phase.SIGNED_OUT:
        word, token = "starting", "warn"
    who = f" · {visible(state.profile)}" if state.profile else ""
    help_text = f"{state.sentence} {state.advice}".strip()
    if state.user_id:
        help_text = f"{help_text}\nSigned in as {state.user_id}".strip()
    if state.phase is Phase.LIVE and (ends := token_words(state, now)):
        return Said(f"{word}{who} · token ends", "warn", f"{ends}\n{help_text}".strip())
    return Said(f"{word}{who}", token, help_text)


def act_said(progress: ActProgress, *, signed_out: bool = False, with_it: str = "") -> Said:
    """An act and how far it got, in one sentence; ``with_it``: what was done beside it."""
    act, receipt = progress.act, progress.receipt
    if receipt.undone_by:
        return Said(f"{_past(progress)}{with_it}, undone since")
    match receipt.state:
        case ReceiptState.SEEN:
            after = milliseconds(max(0.0, (receipt.seen_at - act.requested_at) * 1000.0))
            return Said(f"{_past(progress)}{with_it}, seen after {after}", "good")
        case ReceiptState.FAILED:
            why = visible(receipt.reason) or "no reason was given"
            return Said(f"{_name(progress)} failed: {why}", "bad", reason_with_details(receipt))
        case ReceiptState.UNCONFIRMED:
            words = f"{_name(progress)}: {receipt_words(receipt)}"
            return Said(words, "idle" if receipt.left else "warn", reason_with_details(receipt))
        case _:
            trouble = visible(receipt.reason)
            words = receipt_words(receipt, signed_out=signed_out)
            words = words if signed_out else trouble or words
            return Said(f"{_name(progress)}{with_it}: {words}", "warn" if trouble else "")


def press_said(acts: Sequence[ActProgress], *, signed_out: bool = False) -> Said:
    """The acts of one press and how far they got, in one sentence; the one that is worst off."""
    first = acts[0].act
    if len(acts) == 1:
        return act_said(acts[0], signed_out=signed_out)
    if len({each.act.kind for each in acts}) > 1:
        return _bundle_said(acts, signed_out=signed_out)
    people = tuple(user_id for each in acts for user_id in each.act.user_ids)
    names = tuple(name for each in acts for name in each.act.names)
    # The last of them stands for all: they are undone, or seen, when it is.
    worst = max(acts, key=lambda each: (_WORST.get(each.receipt.state, 0), each.receipt.seen_at))
    shown = names[:MOST_NAMED]
    more = len(people) - len(shown)
    who = replace(
        first,
        user_ids=people[: len(shown)] + (("",) if more else ()),
        names=shown + ((f"{more} more",) if more else ()),
        requested_at=worst.act.requested_at,
    )
    said = act_said(ActProgress(who, worst.receipt), signed_out=signed_out)
    state = worst.receipt.state
    many = sum(each.receipt.state is state for each in acts)
    if state is ReceiptState.SEEN or many == len(acts):
        return said
    return Said(f"{said.words} ({many} of {len(acts)})", said.token, said.help)


def _bundle_said(acts: Sequence[ActProgress], *, signed_out: bool) -> Said:
    """Acts of several kinds by one press: each is named, the one that is worst off first, and
    where none is, the one that lasts, which is the gravest.
    """
    first = max(
        reversed(acts),
        key=lambda each: (_WORST.get(each.receipt.state, 0), each.act.minutes is not None),
    )
    others = dict.fromkeys(_with_time(each) for each in acts if each.act.kind != first.act.kind)
    lasts = "" if first.act.minutes is None else f" for {lasting(first.act.minutes)}"
    beside = f", with {', '.join(others)}"
    if all(each.receipt.state is first.receipt.state for each in acts):
        return act_said(first, signed_out=signed_out, with_it=f"{lasts}{beside}")
    said = act_said(first, signed_out=signed_out, with_it=lasts)
    also = f"; beside it: {', '.join(others)}"
    return replace(said, words=f"{said.words.rstrip('.')}{also}")


def _with_time(progress: ActProgress) -> str:
    title, minutes = spec_of(progress.act.kind).title.lower(), progress.act.minutes
    return title if minutes is None else f"{title} for {lasting(minutes)}"


def with_handled(said: Said, handled: int) -> Said:
    """The same, with how many raised items the acts of the press have ended."""
    if not handled:
        return said
    words = f"{said.words}, {count(handled, 'open item')} handled by it"
    return replace(said, words=words)


def idle_said(newest: Proposal | None) -> Said:
    """What is said before any act; ``newest``: what automation did last, without an act."""
    if newest is None:
        return Said("Nothing has been done yet.", "idle")
    when = clock_minute(newest.at)
    return Said(f"Automation at {when}: {what(newest).lower()}, {who(newest)}.", "idle")


def hearing_said(
    calls: Collection[Call], state: EngineState, pulse: Pulse | None, *, heard_until: float = 0.0
) -> Said:
    """How many of the calls are heard, and how late their verdicts are.

    ``heard_until``: unix seconds up to which any was; 0.0 while some are.
    """
    if state.phase is Phase.SIGNED_OUT:
        return Said("")
    active = [call for call in calls if not call.ended_at]
    lost = [call for call in active if call.unmonitored_since]
    silent = [call for call in active if not call.captioning and not call.listened]
    mute = [call for call in silent if not call.unmonitored_since]
    heard = len(active) - len(lost) - len(mute)
    if not active:
        return Said("No call is active")
    if not MEANINGS[state.phase].hears:
        since = f" since {clock_minute(heard_until)}" if heard_until else ""
        return Said(f"Hearing none of {count(len(active), 'call')}{since}", "bad", state.sentence)
    words = f"Hearing {heard:,} of {count(len(active), 'call')}"
    if heard == len(active):
        words = "Hearing the call" if heard == 1 else f"Hearing all {heard:,} calls"
    if lost:
        since = clock_minute(min(call.unmonitored_since for call in lost))
        words += f", {len(lost):,} not since {since}"
    if mute:
        words += f", {len(mute):,} without captions"
    token = "bad" if lost else "warn" if mute else ""
    if pulse is not None and pulse.chat_lost_since:
        words, token = (
            f"{words}, chat not since {clock_minute(pulse.chat_lost_since)}",
            token or "warn",
        )
    slow = pulse is not None and pulse.oldest_waiting_ms >= SLOW_WAIT_MS
    if pulse is not None and slow:
        words += f" · verdicts {milliseconds(pulse.oldest_waiting_ms)} late"
    help_text = "\n".join(visible(call.name) for call in (*lost, *mute)[:20])
    return Said(words, "warn" if slow and not lost else token, help_text)


def _past(progress: ActProgress) -> str:
    words = done_text(progress.act)
    return words[:1].upper() + words[1:]


def _name(progress: ActProgress) -> str:
    return f"{spec_of(progress.act.kind).title} for {who_text(progress.act)}"
