"""What the card of a person says, in words that are safe to look at. Pure."""

from collections.abc import Sequence
from datetime import datetime

from console.base.plain_text import visible
from console.domain.about_person import Note, PersonSession
from console.domain.act import ReceiptState
from console.domain.automation.coming import Coming, next_of
from console.domain.call import BANNED_IN_CHAT, SHADOWED_IN_CHAT, TRACKS, Participant
from console.domain.impersonation import is_same_name
from console.domain.strikes import LASTING_DAYS
from console.protocol.acts import ActProgress
from console.protocol.people import PersonCard
from console.ui.people.people_delegate import track_sign
from console.ui.state.proposal_words import response_words
from console.ui.state.targets import clipped
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


def chat_chips(in_chat: str) -> list[Chip]:
    """What holds of a person in the chat of the call; see Call.in_chat."""
    words = {BANNED_IN_CHAT: "banned from chat", SHADOWED_IN_CHAT: "shadowed in chat"}
    return [("chat", words[in_chat], "bad")] if in_chat in words else []


def earlier_names(card: PersonCard, name: str) -> str:
    """What they were called when they said something, but for ``name``; empty for nothing else."""
    others = [each for each in card.names if each and not is_same_name(each, name)]
    shown = [visible(clipped(each)) for each in others]
    return f"earlier {', '.join(shown)}" if shown else ""


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


def standing_line(card: PersonCard, raised: int, said: int) -> str:
    """How they stand: lines raised here, strikes, and what the rules have for them next."""
    here = f"{raised} of {said} raised" if raised else ""
    strikes = card.strikes
    struck = count(strikes.count, "strike") if strikes.count else "no strikes"
    return " · ".join(filter(None, (here, struck, f"next: {_next_words(card)}")))


def _next_words(card: PersonCard) -> str:
    found = next_of(card.coming)
    if card.exempt or found is None:
        return "by hand"
    words = response_words(found.responses, found.minutes)
    return f"{words}, if accepted" if found.asks else words


def standing_help(card: PersonCard, now: float) -> str:
    """What a strike is, and what each rule in use would do the next time it fits."""
    strikes = card.strikes
    last = f" The last was at {when(strikes.last_at, now)}." if strikes.count else ""
    words = (
        f"Each incident of the last {LASTING_DAYS} days that was answered with a sanction is a"
        f" strike.{last}"
    )
    if card.exempt:
        return f"{words} No rule of automation touches them."
    if not card.coming:
        return f"{words} No rule in use does anything to people, so what comes next is up to you."
    return " ".join((words, *map(_coming_words, card.coming)))


def _coming_words(one: Coming) -> str:
    what = response_words(one.responses, one.minutes)
    step = f", time {one.number}" if one.steps > 1 or one.number > 1 else ""
    does = "would suggest" if one.asks else "would do"
    return f"The rule “{visible(one.rule)}”{step} {does}: {what}."


def devices_words(devices: Sequence[str], calls: Sequence[str]) -> str:
    """``2 devices``, or in how many calls they are; "" for the usual one of each."""
    words = []
    if len(devices) > 1:
        words.append(count(len(devices), "device"))
    if len(calls) > 1:
        words.append(f"in {count(len(calls), 'call')}")
    return ", ".join(words)
