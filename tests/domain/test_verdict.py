"""Which verdict stands where two sources judged one item."""

import pytest

from console.domain.item import CAPTION, Item, Text
from console.domain.verdict import EarlierWords, JudgedItem, Match, Source, Verdict, outlasts

ITEM = Item(
    item_id="u2",
    kind=CAPTION,
    cid="default:hall",
    session_id="s",
    author_id="ann",
    author_name="Ann",
    body=Text("yourself today"),
    start_time=1.0,
    end_time=2.0,
    received_at=3.0,
)
CUT = Match(rule="threats", action="flag", end=8, earlier=(EarlierWords("u1", 11, 15),))
OWN = Match(rule="threats", action="flag", end=8)


def local(*matches: Match, revision: int = 0) -> Verdict:
    return Verdict(
        item_id="u2",
        source=Source.LOCAL,
        action="flag" if matches else "keep",
        matches=matches,
        provisional=True,
        judged_at=1.0,
        revision=revision,
    )


def stream(action: str) -> Verdict:
    return Verdict(item_id="u2", source=Source.STREAM, action=action, judged_at=2.0)


@pytest.mark.parametrize(
    ("before", "decided", "stands"),
    [
        (local(CUT), stream("keep"), True),
        (local(CUT), stream("flag"), False),
        (local(CUT), stream("remove"), False),
        (local(OWN), stream("keep"), False),
        (local(), stream("keep"), False),
        (local(CUT, revision=1), stream("keep"), False),
        (None, stream("keep"), False),
        (stream("flag"), stream("keep"), False),
    ],
)
def test_words_that_begin_in_another_line_outlast_who_cannot_know_them(before, decided, stands):
    assert outlasts(before, decided) == stands
    if before is not None and before.revision == 0 and before.source is Source.LOCAL:
        assert JudgedItem(ITEM, (before, decided)).standing == (before if stands else decided)
