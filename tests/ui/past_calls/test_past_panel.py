"""A past call on the stage: the lines of a live one, read page by page, with a time line."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.domain.raised import RaisedState
from console.domain.verdict import JudgedItem
from console.protocol.acts import RequestAct
from console.protocol.past import AskPastLines, AskPastSession
from console.ui.state.entries import ItemEntry, NoticeEntry
from console.ui.widgets.short_texts import clock, clock_minute
from tests.ui.past_calls.conftest import OLD


def shown_keys(stage):
    rows = (stage.model.entry(row) for row in range(stage.model.rowCount()))
    return [row.item.item_id for row in rows if isinstance(row, ItemEntry)]


def current(stage):
    entry = stage.model.entry(stage.list.currentIndex().row())
    return entry.item.item_id if isinstance(entry, ItemEntry) else entry and entry.notice.text


def test_it_opens_where_it_began_with_its_head_and_chooses_nobody(opened, past, live):
    assert shown_keys(opened) == [f"o{n}" for n in range(150)]
    assert opened.name.text() == "Old hall"
    assert "1,000 lines" in opened.told.accessibleName()
    assert "This call is over." in opened.state.text()
    assert opened.list.first_visible_row() == 0
    assert live.controller.chosen == ()
    (lines,) = past.asked(AskPastLines)
    assert (lines.cid, lines.session_id, lines.at) == (OLD, "s-old", past.start)


def test_the_door_opens_the_workspace_at_an_item_and_aims_at_its_person(past, live, window):
    live.commands.action("workspace.live").trigger()
    live.past.open("", "", item_id="o700")
    assert window.workspace.id == "search"
    assert past.asked(AskPastSession)[-1].item_id == "o700"
    past.open_session()
    assert past.asked(AskPastLines)[-1].item_id == "o700"
    past.page(550, 850)
    stage = window.panels["past_call"]
    assert current(stage) == "o700"
    (target,) = live.controller.chosen
    assert (target.cid, target.session_id, target.user_id) == (OLD, "s-old", "ben")


def test_scrolling_to_an_edge_reads_on_and_moves_no_row_in_sight(opened, past, qtbot):
    bar = opened.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    question = past.asked(AskPastLines)[-1]
    assert question.after.place == 149
    row = opened.list.first_visible_row()
    top = opened.list.visualRect(opened.model.index(row)).top()
    seen = shown_keys(opened)[row]
    past.page(150, 450)
    assert shown_keys(opened) == [f"o{n}" for n in range(450)]
    assert shown_keys(opened)[opened.list.first_visible_row()] == seen
    assert opened.list.visualRect(opened.model.index(row)).top() == top


def test_earlier_pages_come_above_and_what_was_done_stands_between_the_lines(past, stage, opened):
    past_call = stage._context.past
    past_call.go_to(at=past.start + 600)
    past.page(550, 850)
    stage.list.verticalScrollBar().setValue(0)
    assert past.asked(AskPastLines)[-1].before.place == 550
    past.page(250, 550)
    rows = [stage.model.entry(row) for row in range(stage.model.rowCount())]
    assert shown_keys(stage) == [f"o{n}" for n in range(250, 850)]
    (at,) = (row for row, entry in enumerate(rows) if isinstance(entry, NoticeEntry))
    assert rows[at].notice.text == "Kicked Ben · by mod"
    assert (rows[at - 1].item.item_id, rows[at + 1].item.item_id) == ("o500", "o501")
    assert not any(row.replay for row in rows if isinstance(row, ItemEntry))


def test_lines_stand_in_the_order_of_the_times_that_they_show(opened, past, live, make):
    long, short = (
        replace(each.item, end_time=each.item.start_time + lasted)
        for each, lasted in zip(past.lines(0, 2), (40.0, 1.0), strict=True)
    )
    live.past.go_to(at=past.start)
    past.page(0, 2, lines=(JudgedItem(long, ()), JudgedItem(short, ())))
    spoken = [opened.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert [words.partition(",")[0] for words in spoken] == [
        clock(past.start), clock(past.start + 1),
    ]  # fmt: skip
    assert opened.list.itemDelegate().by_begin


def test_n_and_p_walk_the_marks_and_read_what_is_not_held(opened, past, live, window):
    run = live.commands.action
    run("go.next_raised").trigger()
    assert past.asked(AskPastLines)[-1].item_id == "o300"
    past.page(150, 450, raised=())
    assert current(opened) == "o300"
    run("go.next_raised").trigger()
    assert past.asked(AskPastLines)[-1].at == past.start + 500.2
    past.page(350, 650)
    run("go.next_raised").trigger()
    past.page(550, 850)
    assert current(opened) == "o700"
    before = len(past.asked(AskPastLines))
    run("go.next_raised").trigger()
    assert len(past.asked(AskPastLines)) == before  # it was the last


def test_the_time_line_answers_mouse_and_keys(opened, past, qtbot):
    scrubber = opened.scrubber
    middle = QPoint(round(scrubber.x_of(past.start + 610)), scrubber.height() // 2)
    QTest.mouseClick(scrubber, Qt.MouseButton.LeftButton, pos=middle)
    assert past.asked(AskPastLines)[-1].at == pytest.approx(past.start + 610, abs=3)
    past.page(450, 750)
    assert scrubber.at == pytest.approx(past.start + 610, abs=30)
    on_mark = QPoint(round(scrubber.x_of(past.start + 700)), 4)
    QTest.mouseClick(scrubber, Qt.MouseButton.LeftButton, pos=on_mark)
    assert current(opened) == "o700"
    QTest.keyClick(scrubber, Qt.Key.Key_Left)
    assert current(opened) == "Kicked Ben · by mod"
    QTest.keyClick(scrubber, Qt.Key.Key_End)
    assert past.asked(AskPastLines)[-1].at == past.session.until


def test_the_time_line_does_not_say_the_time_of_its_end_twice(opened, past):
    scrubber, start = opened.scrubber, past.start
    ends = clock_minute(start), clock_minute(start + 1000)
    for at, middle in ((start, ""), (start + 30, clock(start + 30)), (start + 1000, "")):
        scrubber.show_place(at, at, at)
        assert scrubber.times() == (ends[0], middle, ends[1])


def test_acts_are_for_the_person_and_those_of_the_call_say_that_it_is_over(opened, live, window):
    opened.list.go_to(10)
    (target,) = live.controller.chosen
    why = live.controller.why_not
    assert why("kick", target) == "The call is over in which they were chosen."
    assert why("mute_audio", target) == "The call is over in which they were chosen."
    assert why("ban", target) == ""
    assert why("block", target) == ""
    assert window.panels["card"].head.name.accessibleName() == "Ben"
    live.controller.request_act("flag", target)
    (asked,) = window.sent.of(RequestAct)
    assert (asked.act.cid, asked.act.session_id, asked.act.user_ids) == (OLD, "s-old", ("ben",))


def test_a_decision_shows_on_the_line_and_nothing_live_comes_in(opened, past, live, make):
    past_call = live.past
    past_call.go_to("o300")
    open_one = make.raised_item("o300", said=past.lines(300, 301)[0].item)
    past.page(150, 450, raised=(open_one,))
    row = opened.model.row_of_line("o300")
    assert opened.model.facts.is_open(opened.model.entry(row))
    done = make.raised_item(
        "o300", said=open_one.item, state=RaisedState.DISMISSED, by="mod", at=past.start
    )
    live.session.apply(make.raised(done))
    assert not opened.model.facts.is_open(opened.model.entry(row))
    rows = opened.model.rowCount()
    live.session.apply(make.heard(make.said("new", cid=OLD, session_id="s-old")))
    assert opened.model.rowCount() == rows


def test_a_call_of_which_nothing_is_kept_is_said_so(past, stage, live):
    live.past.open("default:gone", "s")
    assert stage.blank.isVisible()
    past.open_session(session=None, sentence="Nothing of this call is in the store any more.")
    assert "Nothing of this call" in stage.blank.accessibleName()


def test_another_account_forgets_it(opened, live):
    live.session.clear()
    assert live.past.session is None
    assert opened.model.rowCount() == 0
