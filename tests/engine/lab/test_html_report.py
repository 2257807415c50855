"""The report for people: nothing in it is markup but ours."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.results import Judgement
from console.domain.verdict import Match
from console.engine.services.lab.html_report import MAX_SHOWN, html_report, marked
from console.protocol.lab_runs import RunRow


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag, attrs) -> None:
        self.seen.add(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)

    def handle_data(self, data) -> None:
        self.text += data


def row(index: int, text: str, speaker: str = "") -> RunRow:
    found = Judgement(action="flag", why=f"Word list “{text}”.", rule=text, labels=(text,))
    return RunRow(index=index, line=index + 1, text=text, a=found, speaker=speaker)


OURS = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "div", "b", "mark"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


@given(st.text(alphabet="<>&\"'/=a script onload\u202e\x00\ud800", max_size=40))
def test_hostile_texts_stay_texts(text):
    tags = Tags()
    tags.feed("".join(html_report([row(0, text, text)], None)))
    assert tags.seen <= OURS


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("", [], ""),
        ("you fool", [(4, 8)], "you <mark>fool</mark>"),
        ("abc", [(0, 2), (1, 3)], "<mark>abc</mark>"),
        ("a<b", [(1, 2)], "a<mark>&lt;</mark>b"),
        ("ab", [(0, 0), (5, 9), (1, 99)], "a<mark>b</mark>"),
    ],
)
def test_matches_are_marked(text, spans, expected):
    matches = [Match(rule="x", start=start, end=end) for start, end in spans]
    assert marked(text, matches) == expected


def test_very_many_rows_are_cut_and_it_says_so():
    report = "".join(html_report((row(n, "x") for n in range(MAX_SHOWN + 3)), None))
    assert report.count("<tr>") == MAX_SHOWN + 1
    assert "3 more lines are not shown here" in report
