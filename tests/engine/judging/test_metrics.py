"""Stream's verdicts beside the local ones."""

import pytest

from console.domain.item import Item, Text
from console.domain.verdict import Source, Verdict
from console.engine.services.judging.metrics import REMEMBERED, VerdictMetrics


def line(number: int = 0) -> Item:
    return Item(
        item_id=f"u{number}",
        kind="caption",
        cid="default:one",
        session_id="s",
        author_id="ann",
        author_name="Ann",
        body=Text("x"),
        start_time=1.0,
        end_time=2.0,
        received_at=3.0,
    )


def verdict(action: str, source: Source = Source.STREAM, number: int = 0) -> Verdict:
    return Verdict(item_id=f"u{number}", source=source, action=action)


@pytest.mark.parametrize(
    ("local", "stream", "source", "expected"),
    [
        ("keep", "keep", Source.STREAM, 0),
        ("flag", "keep", Source.STREAM, 1),
        ("flag", "remove", Source.STREAM, 1),
        ("flag", "keep", Source.LOCAL, 0),  # Stream refused for good
    ],
)
def test_a_disagreement_is_another_action_of_stream(local, stream, source, expected):
    answers = VerdictMetrics()
    answers.expect([verdict(local, Source.LOCAL)])
    answers.judged(line(), verdict(stream, source), now=5.0)
    answers.judged(line(), verdict("remove"), now=5.0)  # asked again: counted once
    assert answers.disagreements == expected
    assert answers.received_to_judged.recent(5.0).p50 == 2000.0


def test_what_waits_is_bounded():
    answers = VerdictMetrics()
    answers.expect(verdict("flag", Source.LOCAL, n) for n in range(REMEMBERED + 1))
    answers.judged(line(0), verdict("keep", number=0), now=3.0)
    assert answers.disagreements == 0
    answers.judged(line(1), verdict("keep", number=1), now=3.0)
    assert answers.disagreements == 1
