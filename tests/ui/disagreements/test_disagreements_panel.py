"""The list of lines that Stream judged differently, in the main window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.protocol.lab_runs import AskDisagreements, Disagreement, Disagreements
from console.protocol.to_window import EngineState, Pulse


def line(key="line1", **fields):
    fields.setdefault("call", "default:hall")
    fields.setdefault("local", "flag")
    return Disagreement(
        item_id=key, speaker="Ben", text=f"words of {key}", at=1.0, stream="keep", **fields
    )


@pytest.fixture
def panel(window):
    """The panel of a live window; what it asks is kept in ``window.sent``."""
    return window.disagreements


def asked(window):
    return [each for each in window.sent if isinstance(each, AskDisagreements)]


def answer(window, *lines, sentence=""):
    window.context.engine.say(Disagreements(asked(window)[-1].request_id, lines, sentence=sentence))


def test_the_rail_counts_them_and_the_key_opens_the_list(window, live, panel):
    live.session.apply(Pulse(at=1.0, disagreements=3))
    window.rail.refresh()
    name = window.rail.buttons["policies"].accessibleName()
    assert name == "Policies, 3 lines that Stream judged otherwise"
    QTest.keyClick(window, Qt.Key.Key_D)
    window.rail.refresh()
    assert window.rail.buttons["policies"].accessibleName() == "Policies"
    assert window.docks.by_id["disagreements"].isVisible()
    assert panel.blank.accessibleName() == "Reading…"
    answer(window, line())
    assert window.focusWidget() is panel.table
    assert panel.model.total == 1
    assert window.docks.by_id["disagreements"]._note.text() == "1 line"


def test_it_says_when_only_the_policy_here_judges(window, live, panel):
    live.session.apply(EngineState(phase=Phase.LIVE, method=Method.TOKEN, user_id="mod"))
    window.context.commands.run("view.disagreements")
    answer(window)
    assert "app's secret" in panel.blank.accessibleName()


def test_enter_goes_to_the_line_even_where_it_is_filtered_out(window, live, panel, say, qtbot):
    (key,) = say()
    live.controller.choose_call("default:yard")
    window.transcript.set_raised_only(True)
    window.context.commands.run("view.disagreements")
    answer(window, line(key))
    panel.table.setFocus()
    panel.table.choose(0)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert live.controller.cid == "default:hall"
    row = window.transcript.model.row_of_line(key)
    assert row >= 0
    assert window.transcript.list.currentIndex().row() == row
    assert window.focusWidget() is window.transcript.list


def test_a_line_that_is_gone_is_said(window, panel):
    window.context.commands.run("view.disagreements")
    answer(window, line("long ago"))
    panel.table.choose(0)
    panel.activate()
    assert "not in the transcript any more" in window.strip.said.accessibleName()


def test_keys_walk_through_the_list(window, live, panel, qtbot):
    window.context.commands.run("view.disagreements")
    answer(window, *(line(f"l{at}") for at in range(3)))
    panel.table.setFocus()
    for _ in range(2):
        live.commands.action("go.next").trigger()
    assert panel.table.currentIndex().row() == 2


def test_new_ones_are_offered_and_move_no_row(window, live, panel):
    live.session.apply(Pulse(at=1.0, disagreements=1))
    window.context.commands.run("view.disagreements")
    answer(window, line("a"))
    live.session.apply(Pulse(at=2.0, disagreements=3))
    assert len(asked(window)) == 1
    assert panel.fresh.text() == "Show 2 new"
    panel.table.choose(0)
    panel.fresh.click()
    answer(window, line("c"), line("b"), line("a"))
    assert panel.model.row(panel.table.currentIndex().row()).item_id == "a"
    assert panel.fresh.isHidden()


def test_more_are_read_a_page_at_a_time_up_to_a_bound(window, panel):
    window.context.commands.run("view.disagreements")
    for limit in (200, 400, 600, 800, 1000):
        assert asked(window)[-1].limit == limit
        answer(window, *(line(f"l{at}") for at in range(limit)))
        assert panel.more.isVisibleTo(panel) == (limit < 1000)
        panel.more.click()


def test_an_error_is_said_and_can_be_tried_again(window, panel):
    window.context.commands.run("view.disagreements")
    answer(window, sentence="The store could not be read.")
    assert panel.blank.accessibleName() == "The store could not be read."
    panel.blank._button.click()
    answer(window)
    assert panel.blank.accessibleName() == "Stream agreed with every line so far."
    assert not panel.export.isEnabled()


def test_what_is_listed_is_exported_and_a_refusal_is_said(window, panel, tmp_path):
    window.context.commands.run("view.disagreements")
    answer(window, line("a"), line("b", local="mask"))
    panel.stricter.click()
    assert panel.blank.accessibleName().startswith("No disagreement fits.")
    panel.milder.click()
    panel.write(str(tmp_path / "out.csv"))
    assert "2 lines written" in window.strip.said.accessibleName()
    assert (tmp_path / "out.csv").read_text().count("\n") == 3
    (tmp_path / "file").write_text("")
    panel.write(str(tmp_path / "file" / "out.csv"))
    assert "could not be written" in window.strip.said.accessibleName()


def test_a_new_engine_is_asked_again(window, panel):
    window.context.commands.run("view.disagreements")
    window.context.engine.die()
    window.context.engine.begin()
    assert len(asked(window)) == 2


def test_news_of_the_same_account_asks_nothing(window, live, panel):
    window.context.commands.run("view.disagreements")
    for people in (True, False):
        live.session.apply(
            EngineState(
                phase=Phase.LIVE, method=Method.SECRET, user_id="mod", directory_complete=people
            )
        )
    assert len(asked(window)) == 1


def test_signed_out_it_says_so(window, live, panel):
    window.context.commands.run("view.disagreements")
    live.session.apply(EngineState(phase=Phase.SIGNED_OUT))
    answer(window, sentence="You are not signed in.")
    assert panel.blank.accessibleName().startswith("You are signed out.")
