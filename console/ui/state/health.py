"""Everything the program counts and measures of itself, in words. Pure."""

from msgspec import Struct

from console.base.percentiles import Percentiles
from console.protocol.to_window import Pulse
from console.ui.state.history import Tally
from console.ui.widgets.short_texts import count, milliseconds


class Health(Struct, frozen=True):
    """The counters of one window and its engine.

    Attributes:
        restarts: engines that died and were started again. refused_lines: what an engine wrote
            that is no message.
        spoken_to_shown, shown_to_judged: delays of lines in the last minute.
    """

    pulse: Pulse | None
    tally: Tally
    restarts: int = 0
    refused_lines: int = 0
    spoken_to_shown: Percentiles = Percentiles()
    shown_to_judged: Percentiles = Percentiles()


def engine_words(health: Health) -> str:
    """What the engine counted since the sign-in; empty before its first pulse."""
    pulse = health.pulse
    if pulse is None:
        return ""
    return (
        f"Heard {pulse.heard:,}, judged {pulse.judged:,}, repeated requests {pulse.retried:,}, "
        f"known twice {pulse.duplicates:,}, malformed {pulse.malformed:,}, "
        f"judged only locally {pulse.given_up:,}, "
        f"too many at once for models {pulse.skipped_models:,}. {pulse.waiting:,} wait for a "
        f"verdict, {count(pulse.checks_in_flight, 'check')} under way. "
        f"{_seen_words(pulse)}{_store_words(pulse)}The engine uses {pulse.rss_mb:.0f} MB."
    )


def _seen_words(pulse: Pulse) -> str:
    """What became of messages, pictures, names and webhooks; only what there is."""
    told = (
        (pulse.messages, "chat messages"),
        (pulse.frames_judged, "frames judged"),
        (pulse.pictures_waiting, "pictures waiting"),
        (pulse.pictures_unreadable, "pictures that nobody could look at"),
        (pulse.pictures_shed, "pictures left out"),
        (pulse.names_judged, "names judged"),
        (pulse.names_left, "names of which Stream was not asked"),
        (pulse.webhooks_taken, "webhooks taken"),
        (pulse.webhooks_refused, "webhooks refused"),
        (pulse.webhooks_doubled, "webhooks that came twice"),
    )
    words = ", ".join(f"{what} {number:,}" for number, what in told if number)
    return f"{words[0].upper()}{words[1:]}. " if words else ""


def _store_words(pulse: Pulse) -> str:
    """What the store does not hold of what was heard and done; empty when it holds all."""
    words = ""
    if pulse.lines_unwritten or pulse.receipts_unwritten:
        words = (
            f"Not on disk yet: {count(pulse.lines_unwritten, 'line')},"
            f" {count(pulse.receipts_unwritten, 'receipt')}. "
        )
    if pulse.lines_lost or pulse.receipts_lost:
        words += (
            f"Lost for the disk: {count(pulse.lines_lost, 'line')},"
            f" {count(pulse.receipts_lost, 'receipt')}. "
        )
    if pulse.audit_unwritten or pulse.audit_lost:
        words += (
            f"Of the log of what was done, {count(pulse.audit_unwritten, 'row')} not on disk yet,"
            f" {pulse.audit_lost:,} lost. "
        )
    return words


def window_words(health: Health) -> str:
    """What the window counted since the sign-in."""
    tally = health.tally
    strays = count(tally.strays, "verdict")
    return (
        f"This window: {count(tally.lines, 'line')}, {tally.revised:,} changed later, "
        f"{tally.duplicated:,} came twice, {tally.trimmed:,} dropped because the memory is full; "
        f"{strays} for lines it does not hold."
    )


def restart_words(health: Health) -> str:
    """How often the engine had to be started again."""
    if not health.restarts:
        words = "The engine never had to be started again."
    else:
        times = "once" if health.restarts == 1 else f"{health.restarts:,} times"
        words = f"The engine was started again {times}."
    if health.refused_lines:
        words += f" {count(health.refused_lines, 'line')} of it could not be read."
    return words


def delay_words(name: str, span: Percentiles) -> str:
    """One kind of delay; empty when nothing was measured."""
    if not span.n:
        return ""
    return (
        f"{name}: half of the last minute's {count(span.n, 'line')} at most "
        f"{milliseconds(span.p50)}, 95 of 100 at most {milliseconds(span.p95)}, "
        f"99 of 100 at most {milliseconds(span.p99)}."
    )


def all_words(health: Health) -> str:
    """All of it, a line each."""
    parts = (
        engine_words(health),
        window_words(health),
        restart_words(health),
        delay_words("From the spoken word to its line", health.spoken_to_shown),
        delay_words("From the line to its verdict", health.shown_to_judged),
    )
    return "\n".join(part for part in parts if part)
