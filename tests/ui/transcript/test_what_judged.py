"""What the badge, the reasons and the head say of lines that nobody judged for meaning."""

import pytest

from console.domain.spoken_language import KnownBy
from console.domain.stages import NotLooked, Reason, Stage
from console.domain.verdict import Source
from console.ui.widgets.roles import Role

THAI = (
    NotLooked(Stage.AI_TEXT, Reason.LANGUAGE, "th"),
    NotLooked(Stage.STREAM, Reason.NO_SECRET),
)


@pytest.fixture
def thai(window, live, make, qtbot):
    """Six lines of the shown call in a language that no model knows."""
    for number in range(6):
        said = make.said(
            f"t{number}",
            cid="default:hall",
            text="สวัสดีครับ",
            language="th",
            language_confidence=1.0,
            language_by=KnownBy.LETTERS,
        )
        verdict = make.verdict(
            f"t{number}",
            action="keep",
            source=Source.LOCAL,
            looked=(Stage.LISTS, Stage.PATTERNS),
            not_looked=THAI,
        )
        live.session.apply(make.heard(said, verdicts=(verdict,)))
    model = window.transcript.model
    qtbot.waitUntil(lambda: model.row_of_line("t5") >= 0)
    return "default:hall"


def test_the_reasons_name_every_stage_and_the_language(window, thai):
    panel = window.transcript
    panel.list.go_to(panel.model.rowCount() - 1)
    panel.explain_current()
    spoken = panel.why.accessibleName()
    for part in (
        "Meaning: not judged: Thai",
        "Looked: lists, patterns",
        "Not: AI text: Thai; Stream: signed in without the app secret",
        "Language: Thai, by its letters, 100% sure",
    ):
        assert part in spoken
    panel.why.close()


def test_the_head_counts_them_and_says_what_is_spoken(window, thai):
    panel = window.transcript
    panel.refresh()
    chip = panel.header.not_judged
    assert chip.isVisibleTo(panel.header)
    assert "Thai not judged" in chip.accessibleName()
    assert "Not judged for meaning: Thai 6" in chip.toolTip()


def test_the_row_of_the_call_says_it(window, thai):
    model = window.calls.model
    index = model.index(model.row_of(thai), 0)
    assert index.data(Role.NOT_JUDGED) == "Thai"


def test_the_head_is_silent_where_all_was_judged(window, live, say):
    say(3)
    window.transcript.refresh()
    assert not window.transcript.header.not_judged.isVisibleTo(window.transcript.header)
