"""Evidence as one readable page that runs nothing: everything in it is escaped, and it says so."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from html import escape

from console.base.plain_text import visible
from console.domain.acts.table import spec_of
from console.domain.evidence import Evidence, EvidenceLine, EvidenceNote, Hold
from console.domain.verdict import Verdict

_CSP = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'"
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 60em; color: #1b1f24;
  background: #fff; padding: 0 1em; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin-top: 2em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35em .6em;
  border-bottom: 1px solid #d8dee4; }
tr.theirs td { background: #fff4e5; } tr.subject td { background: #ffe3e0; }
.dim { color: #57606a; } .earlier { color: #57606a; text-decoration: line-through; }
img { max-width: 320px; display: block; margin: .5em 0; }
"""


def page(
    evidence: Evidence,
    media: Mapping[str, str],
    notes: Iterable[EvidenceNote] = (),
    hold: Hold | None = None,
    *,
    redacted: bool = False,
) -> str:
    """The page. ``media``: by the hash of a picture the name of its file beside the page."""
    act = evidence.act
    who = ", ".join(act.names) or ", ".join(act.user_ids) or "the call"
    title = f"{spec_of(act.kind).title}: {who}"
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_CSP)}">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{_shown(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{_shown(title)}</h1>",
        *([f"<p>{_REDACTED}</p>"] if redacted else []),
        _facts(_act_facts(evidence)),
        "<h2>What was said</h2>",
        "<p class='dim'>Red: what the act answers. Yellow: lines of whom it was about. Direction"
        " marks and control characters are shown as signs.</p>",
        "<table><thead><tr><th>Time (UTC)</th><th>Who</th><th>What</th><th>Verdicts</th></tr>"
        "</thead><tbody>",
        *map(_line, evidence.lines),
        "</tbody></table>",
        *_pictures(evidence, media),
        *_left_out(evidence),
        "<h2>Kept and opened</h2>",
        _facts(_kept_facts(hold, notes)),
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


_REDACTED = (
    "Redacted: people have pseudonyms, pictures are left out, and what looks like a name, an email,"
    " a phone number, an address or an id is masked. A person should read it before it is given"
    " away."
)


def when(at: float) -> str:
    """A time in UTC, to the second; ``--`` for none."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S") if at > 0 else "--"


def verdict_words(verdict: Verdict) -> str:
    """A verdict in one line."""
    labels = ", ".join(verdict.labels)
    rule = f"rule {verdict.rule}" if verdict.rule else ""
    severity = "" if verdict.severity.rank == 0 else verdict.severity.value
    parts = (verdict.source.value, verdict.action, severity, labels, rule, verdict.why)
    return " · ".join(filter(None, parts))


def _act_facts(evidence: Evidence) -> list[tuple[str, str]]:
    act, policy = evidence.act, evidence.policy
    late = " (late: the program had ended before it could)" if evidence.late else ""
    return [
        ("Act", f"{spec_of(act.kind).title} ({act.kind})"),
        ("Of whom", ", ".join(act.names or act.user_ids) or "everybody in the call"),
        ("Ids", ", ".join(act.user_ids)),
        ("Wanted at", when(act.requested_at)),
        ("Wanted by", act.by or "--"),
        ("Reason", act.reason or "--"),
        ("Lasts", "for good" if act.minutes is None else f"{act.minutes} minutes"),
        ("Rule of automation", act.rule or "--"),
        ("Call", f"{act.call_name or act.cid} ({act.cid}), session {act.session_id or '--'}"),
        ("Policy", f"{policy.name or '--'}, SHA-256 {policy.sha256 or '--'}"),
        ("Console", evidence.console or "--"),
        ("Frozen at", when(evidence.frozen_at) + late),
        ("Evidence", evidence.evidence_id),
    ]


def _line(each: EvidenceLine) -> str:
    item = each.line.item
    kind = "subject" if each.subject else "theirs" if each.theirs else ""
    text = _shown(item.text) or f"<span class='dim'>{_shown(item.kind)}</span>"
    earlier = "".join(
        f"<div class='earlier'>{_shown(getattr(one.body, 'text', '') or '')} "
        f"({when(one.received_at)})</div>"
        for one in each.earlier
    )
    verdicts = "<br>".join(_shown(verdict_words(one)) for one in each.line.verdicts) or "--"
    who = f"{_shown(item.author_name)} <span class='dim'>{_shown(item.author_id)}</span>"
    return (
        f"<tr class='{kind}'><td>{when(item.start_time)}</td><td>{who}</td>"
        f"<td>{earlier}{text}</td><td>{verdicts}</td></tr>"
    )


def _pictures(evidence: Evidence, media: Mapping[str, str]) -> list[str]:
    if not evidence.pictures:
        return []
    rows = ["<h2>Pictures</h2>"]
    for frame in evidence.pictures:
        words = f"{when(frame.at)} · SHA-256 {frame.picture_id}"
        name = media.get(frame.picture_id)
        if frame.withheld:
            rows.append(f"<p>{_shown(words)} · shown to nobody; only its hash is kept</p>")
        elif name is None:
            rows.append(f"<p>{_shown(words)} · not kept</p>")
        else:
            image = f"<img src='{escape(name, quote=True)}' alt='Picture of the evidence'>"
            rows.append(f"<p>{_shown(words)}{image}</p>")
    return rows


def _left_out(evidence: Evidence) -> list[str]:
    left = evidence.left_out
    if not left.anything:
        return []
    parts = (
        (left.theirs, "people of whom there was more"),
        (left.around, "lines around that were left out, or more of them"),
        (left.people, "further people of this act"),
        (left.pictures, "pictures"),
    )
    words = ", ".join(f"{words}: {many}" for many, words in parts if many)
    return ["<h2>Left out</h2>", f"<p>{_shown(words)}</p>"]


def _kept_facts(hold: Hold | None, notes: Iterable[EvidenceNote]) -> list[tuple[str, str]]:
    held = f"by {hold.by} since {when(hold.at)}: {hold.why}" if hold is not None else "no"
    rows = [("Held", held)]
    for note in notes:
        why = f": {note.why}" if note.why else ""
        rows.append((when(note.at), f"{note.what.value} by {note.by}{why}"))
    return rows


def _facts(rows: Iterable[tuple[str, str]]) -> str:
    body = "".join(
        f"<tr><th>{_shown(name)}</th><td>{_shown(told)}</td></tr>" for name, told in rows
    )
    return f"<table>{body}</table>"


def _shown(text: str) -> str:
    return escape(visible(text), quote=True)
