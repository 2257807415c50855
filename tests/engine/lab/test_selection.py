"""Pages of rows: whatever is asked for, it is what a plain loop over all rows would give."""

from hypothesis import given
from hypothesis import strategies as st

from console.domain.results import Judgement
from console.domain.verdict import Match, Severity, action_rank
from console.engine.services.lab.columns import Columns
from console.engine.services.lab.outcome import Outcome
from console.engine.services.lab.row_file import RowFile
from console.engine.services.lab.selection import Selection
from console.policy.measures.scoring import ErrorKind
from console.protocol.lab_runs import AskRows, Flip, RowFilter, RowOrder, RunRow

ACTIONS = ("keep", "flag", "remove")
RULES = ("one", "two", "three")


def judgement(action: str, rule: str, severity: Severity) -> Judgement:
    if action == "keep":
        return Judgement()
    match = Match(rule=rule, label=rule.upper(), severity=severity, action=action)
    return Judgement(
        action=action, severity=severity, labels=(rule.upper(),), rule=rule, matches=(match,)
    )


JUDGEMENTS = st.builds(
    judgement, st.sampled_from(ACTIONS), st.sampled_from(RULES), st.sampled_from(list(Severity))
)
ROWS = st.lists(
    st.tuples(
        st.builds(
            RunRow,
            index=st.just(0),
            line=st.integers(0, 9),
            text=st.text(max_size=6),
            a=JUDGEMENTS,
            b=st.none() | JUDGEMENTS,
            flip=st.sampled_from(list(Flip)),
            speaker=st.sampled_from(["", "ann", "bob"]),
            call=st.sampled_from(["", "a:1", "a:2"]),
            labels=st.none() | st.just(()) | st.just(("X",)),
        ),
        st.sampled_from([None, *ErrorKind]),
    ),
    max_size=25,
)
FILTERS = st.builds(
    RowFilter,
    actions=st.lists(st.sampled_from(ACTIONS), max_size=2).map(tuple),
    flips=st.lists(st.sampled_from(list(Flip)), max_size=2).map(tuple),
    rules=st.lists(st.sampled_from(RULES), max_size=1).map(tuple),
    labels=st.lists(st.sampled_from(["ONE", "TWO"]), max_size=1).map(tuple),
    errors=st.lists(st.sampled_from([each.value for each in ErrorKind]), max_size=1).map(tuple),
    contains=st.sampled_from(["", "A", "0"]),
    bad=st.sampled_from([None, True, False]),
)


def fits(row: RunRow, error: ErrorKind | None, only: RowFilter) -> bool:
    both = [each for each in (row.a, row.b) if each is not None]
    rules = {match.rule for each in both for match in each.matches}
    labels = {label for each in both for label in each.labels}
    return (
        (not only.actions or any(each.action in only.actions for each in both))
        and (not only.flips or row.flip in only.flips)
        and (not only.rules or bool(rules & set(only.rules)))
        and (not only.labels or bool(labels & set(only.labels)))
        and (not only.errors or (error is not None and error.value in only.errors))
        and only.contains.casefold() in row.text.casefold()
        and (only.bad is None or (row.labels is not None and bool(row.labels) == only.bad))
    )


KEYS = {
    RowOrder.INDEX: lambda row: row.index,
    RowOrder.ACTION_A: lambda row: action_rank(row.a.action),
    RowOrder.ACTION_B: lambda row: action_rank((row.b or row.a).action),
    RowOrder.SEVERITY_A: lambda row: row.a.severity.rank,
    RowOrder.SEVERITY_B: lambda row: (row.b or row.a).severity.rank,
    RowOrder.RULE_A: lambda row: row.a.rule,
    RowOrder.RULE_B: lambda row: (row.b or row.a).rule,
    RowOrder.FLIP: lambda row: [Flip.SAME, Flip.MILDER, Flip.STRICTER].index(row.flip),
    RowOrder.SPEAKER: lambda row: row.speaker,
    RowOrder.CALL: lambda row: row.call,
}


@given(
    ROWS,
    st.lists(
        st.tuples(FILTERS, st.sampled_from(list(RowOrder)), st.booleans(), st.integers(-1, 30)),
        min_size=1,
        max_size=4,
    ),
)
def test_every_page_is_what_a_plain_loop_gives(given_rows, questions):
    spool, columns = RowFile(), Columns()
    kept: list[tuple[RunRow, ErrorKind | None]] = []
    selection = Selection(spool, columns)
    try:
        for index, (some, error) in enumerate(given_rows):
            row = RunRow(
                **{**{f: getattr(some, f) for f in some.__struct_fields__}, "index": index}
            )
            spool.add(row)
            columns.add(row, Outcome(error))
            kept.append((row, error))
        for only, order, descending, start in questions:
            page = selection.page(
                AskRows(
                    request_id="1",
                    run_id="r",
                    start=start,
                    count=10,
                    order=order,
                    descending=descending,
                    only=only,
                )
            )
            wanted = sorted(
                (row for row, error in kept if fits(row, error, only)),
                key=KEYS[order],
                reverse=descending,
            )
            assert page.total == len(wanted)
            assert page.start == max(0, start)
            assert list(page.rows) == wanted[page.start : page.start + 10]
    finally:
        spool.close()
