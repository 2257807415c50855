"""How many lines of a call nobody judged for meaning, why, and what the call speaks."""

import pytest
from msgspec.structs import replace

from console.domain.spoken_language import KnownBy
from console.domain.stages import NotLooked, Reason, Stage
from console.domain.verdict import Source
from console.ui.state.not_judged import ENOUGH, MOST_KINDS, RECENT

THAI = NotLooked(Stage.AI_TEXT, Reason.LANGUAGE, "th")
BUSY = NotLooked(Stage.AI_TEXT, Reason.LOAD)
CID = "default:a"


@pytest.fixture
def hear(session, make):
    """Lines of one call with what their verdict says of the stages."""

    def hear(first, last, *gaps, language="th", provisional=False, source=Source.LOCAL):
        for number in range(first, last):
            said = make.said(f"u{number}", cid=CID, language=language, language_by=KnownBy.WORDS)
            verdict = make.verdict(
                f"u{number}",
                action="keep",
                source=source,
                provisional=provisional,
                looked=(Stage.LISTS,),
                not_looked=gaps,
            )
            session.apply(make.heard(said, verdicts=(verdict,)))

    return hear


def test_a_call_whose_language_nothing_judges_says_which(session, hear):
    hear(0, ENOUGH - 1, THAI)
    assert session.not_judged.language(CID) == "", "too little to say so"
    hear(ENOUGH - 1, ENOUGH, THAI)
    assert session.not_judged.language(CID) == "Thai"
    assert session.not_judged.words(CID) == ("5 not judged", "Not judged for meaning: Thai 5")
    assert session.not_judged.words("") == session.not_judged.words(CID)
    assert session.not_judged.words("default:other") == ("", "")


def test_a_call_that_goes_on_in_another_language_is_judged_again(session, hear):
    hear(0, RECENT, THAI)
    hear(RECENT, RECENT + RECENT // 2, language="en")
    assert session.not_judged.language(CID) == ""
    assert session.not_judged[CID].not_judged == RECENT


def test_a_call_is_not_called_foreign_because_it_was_busy(session, hear):
    hear(0, 10, BUSY, language="en")
    assert session.not_judged.language(CID) == ""
    assert session.not_judged.words(CID)[1] == "Not judged for meaning: too much at once 10"


def test_what_stream_judges_later_counts_no_more(session, hear, make):
    hear(0, 6, THAI)
    for number in range(6):
        session.apply(
            make.judged(
                make.verdict(
                    f"u{number}", action="keep", source=Source.STREAM, looked=(Stage.STREAM,)
                )
            )
        )
    assert session.not_judged.words(CID) == ("", "")
    assert session.not_judged.language(CID) == ""
    entry = session.history.line("u3")
    assert entry.verdict.looked == (Stage.LISTS, Stage.STREAM), "what looked before is still told"
    assert entry.verdict.gap is None


def test_nothing_is_counted_while_stream_is_to_decide(session, hear):
    hear(0, 6, THAI, provisional=True)
    assert (session.not_judged.lines, session.not_judged.words(CID)) == (0, ("", ""))


def test_languages_and_stages_are_counted_within_a_bound(session, hear, make):
    hear(0, 3, language="en")
    assert session.not_judged.languages == {"English": 3}
    assert session.not_judged.stages == {"lists": 3}
    said = make.said("u0", cid=CID)
    for number in range(2 * MOST_KINDS):
        other = replace(said, item_id=f"x{number}", language=f"q{number}")
        verdict = make.verdict(f"x{number}", action="keep")
        session.apply(make.heard(other, verdicts=(verdict,)))
    assert len(session.not_judged.languages) == MOST_KINDS + 1
    assert session.not_judged.languages["other"] == MOST_KINDS + 1
    session.clear()
    assert (len(session.not_judged), session.not_judged.lines) == (0, 0)
