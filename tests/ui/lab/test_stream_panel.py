"""The lines of a run go to Stream, and what came of it is shown."""

import pytest

from console.protocol.lab_runs import RunProgress
from console.protocol.lab_stream import (
    MAX_TEST_ROWS,
    AppPolicies,
    AskAppPolicies,
    AskTestSets,
    CancelStreamRun,
    LabelDrift,
    RunOnStream,
    StreamRow,
    StreamRunFinished,
    TestSet,
    TestSets,
)
from console.ui.lab.stream_panel import StreamPanel


@pytest.fixture
def panel(link, engine, theme, asked, qtbot):
    made = StreamPanel(link, theme, lambda: "local")
    qtbot.addWidget(made)
    made.show()
    made.show_sign_in("")
    qtbot.waitUntil(lambda: bool(asked.of(AskTestSets)))
    engine.say(AppPolicies(asked.of(AskAppPolicies)[-1].request_id, keys=("chat", "custom:x")))
    old = TestSet(set_id="s1", name="last week", config_key="chat", rows=12)
    engine.say(TestSets(asked.of(AskTestSets)[-1].request_id, sets=(old,)))
    return made


def test_signed_out_it_says_so_and_asks_nothing(link, theme, asked, qtbot):
    made = StreamPanel(link, theme, lambda: "local")
    qtbot.addWidget(made)
    made.refresh()
    assert not made.start_button.isEnabled()
    assert asked == []


def test_the_lines_of_the_last_run_are_judged_by_the_chosen_policy(panel, asked, engine):
    panel.key.show_value("custom:x")
    panel.start_button.click()
    (run,) = asked.of(RunOnStream)
    assert (run.config_key, run.lines_of, run.set_id) == ("custom:x", "local", "")
    engine.say(RunProgress(run_id=run.run_id, status="running", done=3, total=12))
    assert panel.status.text() == "3 of 12 lines · running"
    rows = (
        StreamRow(index=0, text="a", expected_action="keep", actual_action="keep", passed=True),
        StreamRow(
            index=1, text="b", expected_action="flag", actual_action="keep", local_action="flag"
        ),
    )
    engine.say(
        StreamRunFinished(
            run_id=run.run_id,
            set_id="s2",
            drift=(LabelDrift("scam", 1, 4),),
            rows=rows,
        )
    )
    assert not panel.running
    assert panel.rows.rows.index(0, 0).data() == "b"  # judged otherwise than here
    assert [tile.number.text() for tile in panel.tiles.tiles] == ["1", "1", "1", "0", "0"]
    assert panel.drift.rows.index(0, 1).data() == "1"
    assert panel.status.text() == "2 lines were judged by Stream."
    assert panel.rows.isColumnHidden(4)  # nothing was a baseline


def test_a_set_is_run_again_by_its_own_policy(panel, asked):
    panel.what.show_value("s1")
    panel.start()
    (run,) = asked.of(RunOnStream)
    assert (run.config_key, run.lines_of, run.set_id) == ("chat", "", "s1")


def test_looking_can_be_stopped(panel, asked, engine):
    panel.start()
    (run,) = asked.of(RunOnStream)
    assert panel.start_button.isHidden()
    panel.cancel_button.click()
    assert panel.cancel_button.isHidden()
    assert asked.of(CancelStreamRun) == [CancelStreamRun(run.run_id)]
    engine.say(StreamRunFinished(run_id=run.run_id, sentence="late"))
    assert panel.finished is None


def test_a_set_that_is_full_says_that_it_holds_the_first_lines_alone(panel, asked, engine):
    panel.start()
    (run,) = asked.of(RunOnStream)
    row = StreamRow(index=0, text="a", expected_action="keep", actual_action="keep")
    engine.say(StreamRunFinished(run_id=run.run_id, set_id="s", rows=(row,) * MAX_TEST_ROWS))
    assert panel.status.text().startswith("The first 1,000 lines, the most that a test set holds")


def test_a_refusal_is_said(panel, asked, engine):
    panel.start()
    (run,) = asked.of(RunOnStream)
    engine.say(StreamRunFinished(run_id=run.run_id, sentence="Stream refused.", advice="Wait."))
    assert panel.status.text() == "Stream refused. Wait."
    assert panel.start_button.isEnabled()
