"""What stands in the way of hearing the calls, in words, and what can be done about it. Pure."""

from msgspec import Struct

from console.base.plain_text import visible
from console.domain.phase import MEANINGS, Phase, Way
from console.protocol.to_window import EngineState, Pulse, StoreState
from console.ui.widgets.short_texts import clock, count, span

WARN_S = 600.0
"""Seconds before the end of a token from which on it is told."""

WORDS = {
    Way.SIGN_IN: "Sign in…",
    Way.TRY_NOW: "Try now",
    Way.SIGN_OUT: "Sign out",
    Way.NEW_STORE: "Begin a new store",
}
"""How the window calls each way."""


class Trouble(Struct, frozen=True):
    """``ways``: what helps, the best first; at most two."""

    words: str
    ways: tuple[Way, ...] = ()


def trouble_of(state: EngineState, *, heard_until: float, now: float) -> Trouble | None:
    """What to say above what is known; None while all is well or nobody is signed in.

    ``heard_until`` and ``now``: unix seconds; nothing was heard in between, unless it is 0.0.
    """
    if state.phase is Phase.SIGNED_OUT:
        return None
    if state.phase is Phase.LIVE:
        words = token_words(state, now)
        return Trouble(words, (Way.SIGN_IN,)) if words else None
    meaning = MEANINGS[state.phase]
    parts = [visible(state.sentence), visible(state.advice)]
    if heard_until and not meaning.hears:
        parts.append(
            f"Not heard since {clock(heard_until)}, for {span(max(0.0, now - heard_until))}."
        )
    if state.retry_at > now:
        parts.append(f"Next attempt in {span(state.retry_at - now)}.")
    words = " ".join(filter(None, parts)) or "The connection is lost; it is tried again by itself."
    return Trouble(words, meaning.ways[:2])


def trouble_of_store(store: StoreState, pulse: Pulse | None) -> Trouble | None:
    """What to say of a damaged store, with what is not in it; None while all is well."""
    if not store.damage:
        return None
    waiting = (pulse.lines_unwritten, pulse.receipts_unwritten) if pulse is not None else (0, 0)
    lost = (pulse.lines_lost, pulse.receipts_lost) if pulse is not None else (0, 0)
    parts = [visible(store.damage), visible(store.advice)]
    if any(waiting):
        parts.append(f"In memory only: {_lines_and_receipts(*waiting)}.")
    if any(lost):
        parts.append(f"Lost: {_lines_and_receipts(*lost)}.")
    return Trouble(" ".join(filter(None, parts)), (Way.NEW_STORE,))


def both(heard: Trouble, kept: Trouble) -> Trouble:
    """Nothing is heard and nothing is kept, which may be the same trouble."""
    words = heard.words if kept.words in heard.words else f"{heard.words} {kept.words}"
    return Trouble(words, (*kept.ways, *heard.ways[:1]))


def _lines_and_receipts(lines: int, receipts: int) -> str:
    return f"{count(lines, 'line')}, {count(receipts, 'receipt')}"


def token_words(state: EngineState, now: float) -> str:
    """That the token of this sign-in ends soon; empty while it does not."""
    left = state.token_ends_at - now
    if not state.token_ends_at or left > WARN_S:
        return ""
    if left <= 0:
        return "Your token has ended: sign in with a new one before the connection is lost."
    return f"Your token ends in {span(left)}: sign in with a new one before."


def why_no_act(state: EngineState) -> str:
    """Why no act can be sent in this phase; empty where one can, or waits until it can."""
    if state.phase not in (Phase.REFUSED, Phase.WAITING):
        return ""
    return f"{visible(state.sentence)} {visible(state.advice)}".strip()
