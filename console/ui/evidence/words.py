"""What evidence says in words, safe to look at. Pure."""

from console.base.plain_text import visible
from console.domain.acts.table import spec_of
from console.domain.evidence import Evidence, EvidenceHead, EvidenceLine, EvidenceNote, Hold
from console.domain.item import Picture, Text
from console.ui.widgets.short_texts import clock, count, moment

NAMED = 4
"""So many people of one act are named."""


def head_line(head: EvidenceHead) -> str:
    """One row of the list: when, what, of whom, by whom, and whether it is held."""
    who = _who(head.names) or visible(head.cid)
    held = " · held" if head.hold is not None else ""
    return f"{moment(head.at)}  {spec_of(head.kind).title}: {who} · {visible(head.by)}{held}"


def hold_words(hold: Hold | None) -> str:
    """Who holds it and why."""
    if hold is None:
        return "Not held: it goes when its time is over."
    return f"Held by {visible(hold.by)} since {moment(hold.at)}: {visible(hold.why)}"


def evidence_text(evidence: Evidence, notes: tuple[EvidenceNote, ...]) -> str:
    """All of it as plain lines."""
    act, policy = evidence.act, evidence.policy
    who = _who(act.names or act.user_ids) or "everybody in the call"
    late = ", late: the program had ended before it could" if evidence.late else ""
    head = [
        f"{spec_of(act.kind).title}: {who}",
        f"Wanted at {moment(act.requested_at)} by {visible(act.by) or 'nobody'}",
        f"Reason: {visible(act.reason) or 'none given'}",
        f"Rule: {visible(act.rule)}" if act.rule else "",
        f"Call: {visible(act.call_name or act.cid)}, session {visible(act.session_id) or '--'}",
        f"Policy: {visible(policy.name) or 'none'}, SHA-256 {policy.sha256[:16] or 'unknown'}",
        f"Console: {visible(evidence.console)}",
        f"Frozen at {moment(evidence.frozen_at)}{late}",
        _left_out(evidence),
    ]
    lines = [_line(each) for each in evidence.lines] or ["Nothing was said or shown."]
    told = [_note(note) for note in notes]
    parts = ("\n".join(filter(None, head)), "\n".join(lines), "\n".join(told))
    return "\n\n".join(filter(None, parts))


def _who(names: tuple[str, ...]) -> str:
    more = len(names) - NAMED
    return ", ".join(map(visible, names[:NAMED])) + (f" and {more} more" if more > 0 else "")


def _left_out(evidence: Evidence) -> str:
    left = evidence.left_out
    if not left.anything:
        return ""
    parts = (
        count(left.theirs, "person said more", "people said more") if left.theirs else "",
        count(left.around, "line around") if left.around else "",
        count(left.people, "further person", "further people") if left.people else "",
        count(left.pictures, "picture") if left.pictures else "",
    )
    return f"Left out: {', '.join(filter(None, parts))}"


def _line(each: EvidenceLine) -> str:
    item, standing = each.line.item, each.line.standing
    sign = "▶" if each.subject else "•" if each.theirs else " "
    body = item.body
    what = visible(item.text)
    if isinstance(body, Picture):
        what = f"[{body.track or 'picture'}] {what}".strip()
    verdict = ""
    if standing is not None and standing.raised:
        labels = ", ".join(map(visible, standing.labels))
        verdict = f"   [{visible(standing.action)}{': ' if labels else ''}{labels}]"
    before = "".join(
        f"\n      before: {visible(one.body.text)}"
        for one in each.earlier
        if isinstance(one.body, Text)
    )
    return f"{sign} {clock(item.start_time)}  {visible(item.author_name)}: {what}{verdict}{before}"


def _note(note: EvidenceNote) -> str:
    why = f": {visible(note.why)}" if note.why else ""
    return f"{moment(note.at)}  {note.what.value} by {visible(note.by)}{why}"
