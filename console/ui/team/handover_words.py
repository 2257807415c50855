"""The hand-over sheet as plain text. Pure."""

from collections.abc import Callable
from datetime import datetime

from console.base.plain_text import visible
from console.domain.automation.proposal import Proposal
from console.domain.call import permission_words
from console.domain.names import plain_name
from console.domain.raised import RaisedItem
from console.domain.sanction import Sanction
from console.domain.suspended import Suspension
from console.protocol.handover import Handover
from console.protocol.review import QueueState
from console.ui.state.wording import verdict_words
from console.ui.widgets.short_texts import count, span

LINE = 160
"""Characters of a line's words that are quoted."""


def sheet(
    found: Handover,
    *,
    since: float,
    by: str,
    app: str,
    call_name: Callable[[str], str],
    called: Callable[[str], str] = visible,
    queue: str = "",
) -> str:
    """The whole sheet.

    ``by``: who hands over; ``called``: how a moderator is called; ``queue``: how Stream's review
    queue stands, in words.
    """
    held = [one for one in found.open_items if one.handling.holder]
    parts = [
        f"Hand-over of {visible(app)}\n"
        f"Written {_at(found.at)} by {called(by) or 'somebody'}, for the time since {_at(since)}."
        f" {count(found.done, 'act')} were done in it.",
        _part(
            f"Open: {count(found.open_count, 'raised item')}",
            [_open(one, found.at, call_name, called) for one in found.open_items],
            found.open_count,
        ),
        _part(
            f"Held: {count(len(held), 'of them', 'of them')}",
            [f"{called(one.handling.holder)}: {_quote(one)}" for one in held],
        ),
        _part(
            f"In force: {count(len(found.in_force), 'sanction')}",
            [_sanction(sanction, found.at, called) for sanction in found.in_force],
        ),
        _part(
            f"Suspended: {count(len(found.suspended), 'call')}",
            [_suspended(one, call_name, called) for one in found.suspended],
        ),
        _part(
            f"Members only: {count(len(found.doors), 'call')}",
            [
                f"{visible(call_name(door.cid))}, since {_at(door.since)} by {called(door.by)};"
                f" {count(len(door.put_out), 'person', 'people')} put out"
                for door in found.doors
            ],
        ),
        _part(
            f"Proposed by rules: {count(len(found.proposed), 'act')}",
            [_proposed(one, call_name) for one in found.proposed],
        ),
        _part(
            f"Paused by the guard: {count(len(found.paused), 'rule')}",
            [visible(name) for name in found.paused],
        ),
        _part("Review queue", [queue] if queue else ["it was not read"]),
        _part(
            f"Watched: {count(len(found.watched), 'person', 'people')}",
            [
                f"{plain_name(mark.name, mark.user_id)} ({visible(mark.user_id)}), since"
                f" {_at(mark.at)} by {called(mark.by)}"
                for mark in found.watched
            ],
        ),
        _part(
            f"Noted: {count(len(found.notes), 'note')}",
            [
                f"{_at(note.at)} {called(note.by)} about {visible(note.user_id)}:"
                f" {visible(' '.join(note.text.split()))}"
                for note in found.notes
            ],
        ),
    ]
    return "\n\n".join(parts) + "\n"


def queue_words(state: QueueState, now: float) -> str:
    """How many items of Stream's review queue wait, and for how long; "" where it was not read."""
    if not state.read_at or state.refused:
        return ""
    due = count(state.due, "item waits", "items wait")
    least = "" if state.due_exact else "at least "
    age = f", the oldest for {span(now - state.oldest_at)}" if state.oldest_at else ""
    return f"{least}{due}{age}"


def _suspended(
    one: Suspension, call_name: Callable[[str], str], called: Callable[[str], str]
) -> str:
    by = f" by {called(one.by)}" if one.by else ""
    waits = count(len(one.people), "person waits", "people wait")
    return f"{visible(call_name(one.cid))}, since {_at(one.since)}{by}; {waits} for what they had"


def _proposed(one: Proposal, call_name: Callable[[str], str]) -> str:
    who = plain_name(one.item.author_name, one.item.author_id)
    where = visible(call_name(one.item.cid))
    what = ", ".join(each.replace("_", " ") for each in one.responses)
    return f"{visible(one.rule)}: {what} for {who} in {where}, since {_at(one.at)}"


def _part(title: str, lines: list[str], total: int = 0) -> str:
    body = [f"  - {line}" for line in lines] or ["  - nothing"]
    if total > len(lines):
        body.append(f"  - and {count(total - len(lines), 'more', 'more')}, less grave")
    return "\n".join([title, *body])


def _at(moment: float) -> str:
    return datetime.fromtimestamp(moment).strftime("%d %b %Y %H:%M") if moment > 0 else "--"


def _quote(one: RaisedItem) -> str:
    text = visible(" ".join(one.item.text.split()))
    who = plain_name(one.item.author_name, one.item.author_id)
    return f"{who}: “{text if len(text) <= LINE else text[: LINE - 1] + '…'}”"


def _open(
    one: RaisedItem, now: float, call_name: Callable[[str], str], called: Callable[[str], str]
) -> str:
    age = span(now - one.handling.raised_at)
    holder = f", held by {called(one.handling.holder)}" if one.handling.holder else ""
    where = visible(call_name(one.item.cid))
    return f"{_quote(one)} in {where}, {verdict_words(one.verdict)}, open for {age}{holder}"


def _sanction(sanction: Sanction, now: float, called: Callable[[str], str]) -> str:
    taken = f" ({permission_words((sanction.what,))})" if sanction.what else ""
    where = visible(sanction.call_name) or visible(sanction.cid)
    name = plain_name(sanction.name, sanction.user_id)
    words = (
        f"{name} is {sanction.form}{visible(taken)}{f' in {where}' if where else ' from the app'}"
    )
    if sanction.until:
        words += f" until {_at(sanction.until)} ({span(sanction.until - now)} from now)"
    claims = [
        f"{called(claim.by) or 'somebody'}{f': {visible(claim.reason)}' if claim.reason else ''}"
        for claim in sanction.claims
    ]
    sticky = ", applied again by this console" if sanction.sticky else ""
    return f"{words}{sticky}, by {'; '.join(claims)}"
