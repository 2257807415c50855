"""What the card of a person says, in words that are safe to look at. Pure."""

from collections.abc import Sequence
from datetime import datetime

from console.base.plain_text import visible
from console.domain.about_person import Note, PersonSession
from console.domain.act import ReceiptState
from console.domain.acts.table import spec_of
from console.domain.call import TRACKS, Participant
from console.domain.strikes import LASTING_DAYS, Strikes
from console.protocol.acts import ActProgress
from console.ui.people.people_delegate import track_sign
from console.ui.state.wording import done_text, receipt_words
from console.ui.widgets.short_texts import clock_minute, count

Chip = tuple[str, str, str]
"""Icon, word and token."""

LEFT: Chip = ("kick", "not in the call", "text_faint")


def chips_of(person: Participant | None) -> list[Chip]:
    """Each state of a person worth a chip."""
    if person is None:
        return []
    chips: list[Chip] = []
    if person.banned:
        chips.append(("ban", "banned", "bad"))
    if person.blocked:
        chips.append(("block", "blocked", "bad"))
    if not person.user_session_id:
        chips.append(LEFT)
    else:
        signs = (track_sign(person, track) for track in TRACKS)
        chips += [(sign.icon, _short(sign.words), sign.token) for sign in signs if sign]
    return chips


def _short(words: str) -> str:
    words = words.lower().replace(" by a moderator", "")
    return words.replace("microphone", "mic").replace("screen share", "screen")


def when(at: float, now: float) -> str:
    """``14:02``, with the day where it is not that of ``now``."""
    moment = datetime.fromtimestamp(at)
    if moment.date() == datetime.fromtimestamp(now).date():
        return moment.strftime("%H:%M")
    return moment.strftime("%d %b %H:%M" if now - at < 300 * 86_400 else "%d %b %Y")


def done_line(progress: ActProgress, now: float) -> str:
    """One act on this person: when, who, what, until when, why and what became of it."""
    act, receipt = progress.act, progress.receipt
    words = [f"{when(act.requested_at, now)}  {visible(act.by) or 'somebody'} {done_text(act)}"]
    if act.minutes is not None:
        ends = act.requested_at + 60.0 * act.minutes
        words.append(f"{'until' if ends > now else 'ended'} {when(ends, now)}")
    if act.reason:
        words.append(f"“{visible(act.reason)}”")
    if receipt.undone_by:
        words.append("undone")
    elif receipt.state is not ReceiptState.SEEN:
        words.append(receipt_words(receipt))
    return " · ".join(words)


def session_line(session: PersonSession, now: float, *, running: bool) -> str:
    """One session that they spoke in: which call, when, and how much of it was raised."""
    until = "now" if running else clock_minute(session.until)
    raised = f", {session.raised} raised" if session.raised else ""
    said = count(session.lines, "line")
    name = visible(session.call_name)
    return f"{name} · {when(session.since, now)}–{until} · {said}{raised}"


def note_line(note: Note, now: float) -> str:
    """One note with who wrote it and when; its own line breaks become spaces."""
    text = visible(" ".join(note.text.split()))
    return f"{when(note.at, now)}  {visible(note.by) or 'somebody'}: {text}"


def standing_line(raised: int, said: int, strikes: Strikes) -> str:
    """How they stand: lines raised here, strikes, and what the ladder has for the next one."""
    here = f"{raised} of {said} raised" if raised else ""
    struck = count(strikes.count, "strike") if strikes.count else "no strikes"
    coming = f"next: {spec_of(strikes.next_kind).title.lower()}"
    return " · ".join(filter(None, (here, struck, coming)))


def standing_help(strikes: Strikes, now: float) -> str:
    """What a strike is, and what the step after it means."""
    last = f" The last was at {when(strikes.last_at, now)}." if strikes.count else ""
    return (
        f"Each incident of the last {LASTING_DAYS} days that was answered with a sanction is a"
        f" strike.{last} The ladder would answer the next one with:"
        f" {spec_of(strikes.next_kind).title.lower()}. Nothing is done by itself."
    )


def devices_words(devices: Sequence[str], calls: Sequence[str]) -> str:
    """``2 devices``, or in how many calls they are; "" for the usual one of each."""
    words = []
    if len(devices) > 1:
        words.append(count(len(devices), "device"))
    if len(calls) > 1:
        words.append(f"in {count(len(calls), 'call')}")
    return ", ".join(words)
