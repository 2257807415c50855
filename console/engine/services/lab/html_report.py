"""A run as one HTML file that needs nothing else: no script, no font, nothing from a network.

Every text in it is hostile and goes through :func:`shown`.
"""

from collections.abc import Iterable, Iterator
from html import escape

from console.base.plain_text import visible
from console.domain.results import BesideModerators, Confusion, Judgement
from console.domain.verdict import Match
from console.policy.report import outcome
from console.protocol.lab_results import CallActions, PolicyResult, RunFinished
from console.protocol.lab_runs import RunRow

MAX_SHOWN = 5_000
"""Rows in the table; more would be slow in every browser. The totals count all."""

MAX_VIOLATIONS = 100
"""Violations of call rules in the table; the totals count all."""

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2.2rem }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem;
  border-bottom: 1px solid var(--line) }
th { font-weight: 600 } td.n, th.n { text-align: right }
tr:nth-child(even) td { background: var(--soft) }
td.text { white-space: pre-wrap; overflow-wrap: anywhere }
mark { background: #f5c54299; color: inherit; border-radius: 2px }
.quiet { opacity: .7 } .keep { opacity: .6 }
.flag, .mask { color: #b26a00 } .block, .shadow_block, .bounce { color: #c62828 }
.columns { display: flex; gap: 2rem; flex-wrap: wrap } .columns > div { flex: 1 1 22rem }
@media print { body { max-width: none; margin: 0 } }
"""


def shown(text: str) -> str:
    """Hostile text as HTML: nothing in it is markup, and nothing in it deceives."""
    return escape(visible(text))


def _grid(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of texts."""
    cells = "".join(f"<th>{shown(each)}</th>" for each in head)
    body = "".join(
        f"<tr>{''.join(f'<td>{shown(each)}</td>' for each in row)}</tr>\n" for row in rows
    )
    return f"<table><thead><tr>{cells}</tr></thead><tbody>\n{body}</tbody></table>\n"


def html_report(rows: Iterable[RunRow], finished: RunFinished | None) -> Iterator[str]:
    """The report in pieces."""
    names = [each.name for each in _results(finished)]
    title = " and ".join(names) or "Policy run"
    yield (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{shown(title)}</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>{shown(title)}</h1>\n"
    )
    if finished is not None:
        yield _head(finished)
        yield '<div class="columns">'
        for result in _results(finished):
            yield f"<div>{''.join(_result(result))}</div>"
        yield "</div>\n"
        yield from _comparison(finished)
    yield from _table(rows, two=len(names) > 1)
    yield "</body></html>\n"


def _results(finished: RunFinished | None) -> list[PolicyResult]:
    if finished is None:
        return []
    return [each for each in (finished.a, finished.b) if each is not None]


def _head(finished: RunFinished) -> str:
    parts = [f"{finished.lines:,} lines in {finished.seconds:.1f} s"]
    if finished.labelled:
        parts.append(f"{finished.labelled:,} with labels")
    if finished.unreadable:
        parts.append(f"{finished.unreadable:,} rows could not be read")
    if finished.sentence:
        parts.append(shown(finished.sentence))
    return f"<p>{' · '.join(parts)}</p>\n"


def _result(result: PolicyResult) -> Iterator[str]:
    yield f"<h2>{shown(result.name)}</h2>\n"
    for note in result.notes:
        yield f'<p class="quiet">{shown(note)}</p>\n'
    counts = [(outcome(c.name), f"{c.count:,}", f"{c.share:.1%}") for c in result.actions]
    yield _grid(("Action", "Lines", "Share"), counts)
    if result.labels:
        labels = [(c.name, f"{c.count:,}", f"{c.share:.1%}") for c in result.labels]
        yield _grid(("Label", "Lines", "Share"), labels)
    rules = [
        (
            each.rule + (" (very often)" if each.often else ""),
            f"{each.lines:,}",
            f"{each.decided:,}",
        )
        for each in result.rules
        if each.lines
    ]
    if rules:
        yield _grid(("Rule", "Lines", "Decided"), rules)
    if result.never_matched:
        yield f"<p>Never matched: {shown(', '.join(result.never_matched))}.</p>\n"
    if result.raised is not None:
        scores = [_score("raised", result.raised)]
        scores += [_score(name, counted) for name, counted in result.by_label.items()]
        yield _grid(("Label", "Right", "Wrong", "Missed", "Precision", "Recall", "F1"), scores)
        errors = [(e.kind, f"{e.count:,}", f"{e.weight:g}", f"{e.cost:g}") for e in result.errors]
        yield _grid(("Error", "Lines", "Weight", "Cost"), errors)
    if result.call_actions is not None:
        yield from _call_actions(result.call_actions)
    if result.counterfactual is not None:
        other = result.counterfactual
        yield _grid(
            ("Beside the moderators", "Lines"),
            [
                ("A moderator acted", f"{other.acted:,}"),
                ("Both agreed", f"{other.agreed:,}"),
                ("Kept here, but a moderator acted", f"{other.missed_by_policy:,}"),
                ("Raised here, but nobody acted", f"{other.only_policy:,}"),
                ("Acts taken back", f"{other.undone:,}"),
                ("Of the lines acted on, overturned", f"{other.overturned:.1%}"),
            ],
        )


def _call_actions(found: CallActions) -> Iterator[str]:
    """What call rules would have done."""
    violations = "1 violation" if found.triggered == 1 else f"{found.triggered:,} violations"
    people = "1 person" if found.people == 1 else f"{found.people:,} people"
    yield f"<p>Call rules: {violations} by {people}.</p>\n"
    yield _grid(("Call rule", "Violations"), [(c.name, f"{c.count:,}") for c in found.rules])
    if found.actions:
        yield _grid(("In the call", "Times"), [(c.name, f"{c.count:,}") for c in found.actions])
    if found.beside is not None:
        yield _grid(("Call rules beside the moderators", "Times"), _beside_moderators(found.beside))
    if not found.listed:
        return
    rows = [
        (
            str(each.number or ""),
            each.call,
            each.speaker,
            f"{each.rule} ({each.violation_number})",
            ", ".join(each.actions) or "nothing",
        )
        for each in found.listed[:MAX_VIOLATIONS]
    ]
    yield _grid(("Line", "Call", "Who", "Call rule", "In the call"), rows)
    left_off = found.triggered - len(rows)
    if left_off:
        yield f"<p>{left_off:,} more violations are not shown here.</p>\n"


def _beside_moderators(found: BesideModerators) -> list[tuple[str, str]]:
    rows = [
        ("Both did something", f"{found.agreed:,}"),
        ("Only the rules", f"{found.only_rules:,}"),
        ("Only a moderator", f"{found.only_moderators:,}"),
    ]
    if found.seconds_before is not None:
        when = "earlier" if found.seconds_before >= 0 else "later"
        rows.append((f"The rules {when} by", f"{abs(found.seconds_before):.0f} s"))
    return rows


def _score(name: str, each: Confusion) -> tuple[str, ...]:
    shares = ("–" if s is None else f"{s:.2f}" for s in (each.precision, each.recall, each.f1))
    counts = (each.true_positive, each.false_positive, each.false_negative)
    return (name, *(f"{count:,}" for count in counts), *shares)


def _comparison(finished: RunFinished) -> Iterator[str]:
    found = finished.comparison
    if found is None:
        return
    yield (
        f"<h2>Flips</h2>\n<p>{found.flips:,} lines: {found.stricter:,} stricter, "
        f"{found.milder:,} milder.</p>\n"
    )
    if found.steps:
        steps = [(outcome(s.before), outcome(s.after), f"{s.count:,}", s.rule) for s in found.steps]
        yield _grid(("A", "B", "Lines", "Mostly by"), steps)


def _table(rows: Iterable[RunRow], *, two: bool) -> Iterator[str]:
    heads = ("Line", "A", "B", "Why", "Text") if two else ("Line", "Action", "Why", "Text")
    cells = "".join(f"<th>{each}</th>" for each in heads)
    yield f"<h2>Lines</h2>\n<table><thead><tr>{cells}</tr></thead><tbody>\n"
    left_off = 0
    for number, row in enumerate(rows):
        if number < MAX_SHOWN:
            yield _row(row, two=two)
        else:
            left_off += 1
    yield "</tbody></table>\n"
    if left_off:
        yield f"<p>{left_off:,} more lines are not shown here; the totals count them.</p>\n"


def _row(row: RunRow, *, two: bool) -> str:
    why = row.b.why if row.b is not None and row.b.why else row.a.why
    actions = [row.a, row.b] if two and row.b is not None else [row.a]
    speaker = f"<b>{shown(row.speaker)}</b> " if row.speaker else ""
    matches = [match for each in actions for match in each.matches]
    return (
        f'<tr><td class="n">{row.line or row.index + 1}</td>{"".join(map(_action, actions))}'
        f'<td>{shown(why)}</td><td class="text">{speaker}{marked(row.text, matches)}</td></tr>\n'
    )


def _action(judgement: Judgement) -> str:
    name = outcome(judgement.action)
    return f'<td class="{name}">{name}</td>'


def marked(text: str, matches: Iterable[Match]) -> str:
    """``text`` as HTML with the matched passages marked."""
    inside = [False] * len(text)
    for match in matches:
        for at in range(max(0, match.start), min(match.end, len(text))):
            inside[at] = True
    pieces: list[str] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and inside[at] == inside[start]:
            continue
        piece = shown(text[start:at])
        pieces.append(f"<mark>{piece}</mark>" if inside[start] else piece)
        start = at
    return "".join(pieces)
