"""What stands after Stream answered, or refused."""

from msgspec.structs import replace

from console.domain.item import Item, Text
from console.domain.stages import NotLooked, Reason, Stage
from console.domain.verdict import FLAG, KEEP, REMOVE, Severity, Source, Verdict
from console.engine.services.judging.answer import verdict_of, verdict_without_stream
from console.engine.wire.check import CheckAnswer

LINE = Item(
    item_id="u1",
    kind="caption",
    cid="default:a",
    session_id="s",
    author_id="ada",
    author_name="Ada",
    body=Text("the very secret text"),
    start_time=0.0,
    end_time=0.0,
    received_at=1.0,
    revision=2,
)
LOCAL = Verdict(
    item_id="u1",
    source=Source.LOCAL,
    action=REMOVE,
    labels=("insult",),
    severity=Severity.HIGH,
    why="A word list matched.",
    provisional=True,
    revision=2,
)


def judged(answer: CheckAnswer) -> Verdict:
    return verdict_of(answer, LINE, judged_at=9.0, waited_ms=1.0, checked_ms=2.0, attempts=3)


def test_an_answer_becomes_the_deciding_verdict():
    answer = CheckAnswer(
        action=FLAG,
        status="complete",
        labels=("scam", "spam"),
        severity=Severity.MEDIUM,
        confidence=0.5,
        rule="links",
        why="A link.",
    )

    assert judged(answer) == Verdict(
        item_id="u1",
        source=Source.STREAM,
        action=FLAG,
        labels=("scam", "spam"),
        severity=Severity.MEDIUM,
        confidence=0.5,
        rule="links",
        why="Stream says flag for scam, spam by the rule links. A link.",
        judged_at=9.0,
        waited_ms=1.0,
        checked_ms=2.0,
        attempts=3,
        revision=2,
        status="complete",
        looked=(Stage.STREAM,),
    )


def test_what_is_kept_says_so():
    assert judged(CheckAnswer(action=KEEP)).why == "Stream found nothing."


def test_hostile_names_are_made_visible():
    assert judged(CheckAnswer(action="ban\u202e")).why == "Stream says ban⟦RLO⟧."


def test_when_stream_refuses_the_local_verdict_stands():
    found = verdict_without_stream(
        LINE,
        [replace(LOCAL, source=Source.SHARED), LOCAL],
        "Not allowed.",
        judged_at=9.0,
        attempts=1,
    )

    assert found == replace(
        LOCAL,
        provisional=False,
        why="A word list matched. Stream did not judge it: Not allowed.",
        judged_at=9.0,
        not_looked=(NotLooked(Stage.STREAM, Reason.REFUSED),),
    )


def test_a_line_that_nobody_judged_is_flagged():
    found = verdict_without_stream(LINE, [], "Not allowed.", judged_at=9.0, attempts=1)

    assert (found.source, found.action, found.provisional) == (Source.LOCAL, FLAG, False)
    assert found.revision == 2
    assert found.why == "Nobody judged this line. Stream did not judge it: Not allowed."
