"""What the status bar says, from measured numbers only."""

import pytest

from console.base.percentiles import Percentiles
from console.protocol.to_window import EngineState, Phase, Problem, Pulse
from console.ui.shell.status_line import (
    connection_cell,
    delay_cell,
    engine_cell,
    waiting_cell,
)
from console.ui.state.health import Health
from console.ui.state.history import Tally


def test_the_connection_has_a_word_and_a_profile():
    state = EngineState(phase=Phase.LIVE, profile="Main\u202e", user_id="mod")
    cell = connection_cell(state)
    assert (cell.words, cell.token) == ("live · Main⟦RLO⟧", "good")
    assert "Signed in as mod" in cell.help


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_has_a_word(phase):
    assert connection_cell(EngineState(phase=phase)).words


def test_delays_are_shown_only_when_measured():
    assert delay_cell("spoken→shown", Percentiles()).words == "spoken→shown –"
    cell = delay_cell("spoken→shown", Percentiles(n=9, p50=210, p95=1400, p99=1500))
    assert cell.words == "spoken→shown 210 ms / 1.4 s"
    assert "9 lines" in cell.help


def test_a_growing_wait_turns_amber_and_says_how_long():
    calm = Pulse(at=0.0, waiting=3, oldest_waiting_ms=200)
    assert (waiting_cell(calm, 0.0).words, waiting_cell(calm, 0.0).token) == ("3 waiting", "")
    slow = Pulse(at=0.0, waiting=1200, oldest_waiting_ms=9000)
    assert waiting_cell(slow, 0.0).words == "1,200 waiting · oldest 9.0 s"
    assert waiting_cell(slow, 0.0).token == "warn"
    held = Pulse(at=0.0, waiting=2, limited_until=12.0)
    assert waiting_cell(held, 4.0).words == "2 waiting · held back"
    assert "8 s more" in waiting_cell(held, 4.0).help
    assert waiting_cell(None, 0.0).words == "0 waiting"


def test_a_dead_engine_is_red():
    assert engine_cell(False, Health(None, Tally())).token == "bad"
    calm = Health(Pulse(at=0.0, rss_mb=140.2), Tally())
    assert engine_cell(True, calm).words == "engine · 140 MB"


def test_restarts_are_shown_and_strays_told():
    cell = engine_cell(True, Health(Pulse(at=0.0, rss_mb=99), Tally(strays=3), restarts=2))
    assert (cell.words, cell.token) == ("engine · 99 MB · 2× restarted", "warn")
    assert "3 verdicts for lines it does not hold" in cell.help
    assert "started again 2 times" in cell.help


def test_problems_are_counted_and_listed(window, live, qtbot):
    for place in ("one", "two"):
        live.session.report(Problem(place=place, sentence="<b>odd</b>", at=1.0, count=2))
    assert window.status.problems.text() == "4 problems"
    window.status.problems.click()
    text = window.dialogs.open_dialog.text.toPlainText()
    assert text.count("<b>odd</b> (2×)") == 2


def test_strays_and_restarts_reach_the_window(window, live, make):
    live.session.apply(make.judged(make.verdict("nobody's line")))
    live.engine.restarts = 1
    live.session.engine_up = True
    window.status.refresh()
    assert "1× restarted" in window.status.engine.text()
    assert "1 verdict for lines it does not hold" in window.status.engine.toolTip()
    window.dialogs.show_problems()
    numbers = window.dialogs.open_dialog.numbers.text()
    assert "The engine was started again once" in numbers
    assert "1 verdict for lines" in numbers
