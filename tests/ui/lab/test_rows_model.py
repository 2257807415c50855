"""Rows come page by page, one question at a time, in the order and selection asked for."""

import pytest
from PySide6.QtCore import Qt

from console.protocol.lab_runs import AskRows, RowOrder, RunRows
from console.ui.lab.rows_columns import RUN
from console.ui.lab.rows_model import MAX_PAGES, PAGE, RowsModel
from console.ui.widgets.roles import Role


@pytest.fixture
def model(link, qtmodeltester):
    made = RowsModel(link, RUN)
    qtmodeltester.check(made)
    return made


@pytest.fixture
def answer(engine, asked, row):
    def give(total=500, **fields):
        question = asked.of(AskRows)[-1]
        count = max(0, min(question.count, total - question.start))
        rows = tuple(row(question.start + at, f"text {question.start + at}") for at in range(count))
        fields.setdefault("rows", rows)
        engine.say(
            RunRows(
                request_id=question.request_id,
                run_id=question.run_id,
                start=question.start,
                total=total,
                **fields,
            )
        )

    return give


def text_of(model, row):
    return model.index(row, 3).data()


def test_the_first_page_tells_how_many_rows_there_are(model, asked, answer, qtbot):
    model.begin("r1")
    qtbot.waitUntil(lambda: len(asked.of(AskRows)) == 1)
    assert asked.of(AskRows)[0].start == 0
    with qtbot.waitSignal(model.total_changed) as told:
        answer(500)
    assert told.args == [500]
    assert model.rowCount() == 500
    assert text_of(model, 7) == "text 7"


def test_a_row_that_is_not_here_is_asked_for_and_only_one_page_at_a_time(
    model, asked, answer, qtbot
):
    model.begin("r1")
    qtbot.waitUntil(lambda: len(asked.of(AskRows)) == 1)
    answer(5000)
    assert text_of(model, 4 * PAGE + 1) == "…"
    assert text_of(model, 9 * PAGE + 1) == "…"
    qtbot.waitUntil(lambda: len(asked.of(AskRows)) == 2)
    assert asked.of(AskRows)[1].start == 9 * PAGE  # what was looked at last comes first
    answer(5000)
    qtbot.waitUntil(lambda: len(asked.of(AskRows)) == 3)
    assert asked.of(AskRows)[2].start == 4 * PAGE
    answer(5000)
    assert text_of(model, 4 * PAGE + 1) == f"text {4 * PAGE + 1}"


def test_sorting_and_filtering_are_the_engine_s(model, asked, answer, qtbot):
    model.begin("r1")
    qtbot.waitUntil(lambda: len(asked.of(AskRows)) == 1)
    answer(500)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert model.rowCount() == 0
    qtbot.waitUntil(lambda: len(asked.of(AskRows)) == 2)
    assert (asked[-1].order, asked[-1].descending) == (RowOrder.ACTION_A, True)
    answer(500)
    model.select(actions=("flag",), contains="x")
    qtbot.waitUntil(lambda: len(asked.of(AskRows)) == 3)
    assert (asked[-1].only.actions, asked[-1].only.contains) == (("flag",), "x")
    answer(3)
    assert model.rowCount() == 3


def test_an_answer_to_an_earlier_selection_is_dropped(model, asked, engine, row, qtbot):
    model.begin("r1")
    qtbot.waitUntil(lambda: len(asked.of(AskRows)) == 1)
    first = asked[-1]
    model.select(contains="x")
    engine.say(RunRows(request_id=first.request_id, run_id="r1", start=0, total=9, rows=(row(),)))
    assert model.rowCount() == 0


def test_rows_that_come_while_the_run_goes_on_are_added(model, asked, answer, qtbot):
    model.begin("r1")
    qtbot.waitUntil(lambda: len(asked.of(AskRows)) == 1)
    answer(10)
    model.grow()
    qtbot.waitUntil(lambda: len(asked.of(AskRows)) == 2)
    with qtbot.waitSignal(model.rowsInserted):
        answer(60)
    assert model.rowCount() == 60


def test_few_pages_are_kept(link, asked, answer, qtbot):
    model = RowsModel(link, RUN)  # the tester would read every row again and again
    total = PAGE * (MAX_PAGES + 3)
    model.begin("r1")
    qtbot.waitUntil(lambda: len(asked.of(AskRows)) == 1)
    answer(total)
    for page in range(1, MAX_PAGES + 3):
        model.row(page * PAGE)
        qtbot.waitUntil(lambda page=page: len(asked.of(AskRows)) == page + 1)
        answer(total)
    assert len(model._pages) == MAX_PAGES
    assert model.row(0) is None


def test_an_engine_that_cannot_answer_says_why(model, asked, answer, qtbot):
    model.begin("r1")
    qtbot.waitUntil(lambda: len(asked.of(AskRows)) == 1)
    with qtbot.waitSignal(model.trouble_found) as told:
        answer(0, sentence="The run is gone.")
    assert told.args == ["The run is gone."]


def test_hostile_text_is_made_visible_and_an_action_has_its_badge(model, engine, asked, row, qtbot):
    model.begin("r1")
    qtbot.waitUntil(lambda: len(asked.of(AskRows)) == 1)
    rows = (row(0, "a\u202eb <b>x</b>", "remove"),)
    engine.say(RunRows(request_id=asked[-1].request_id, run_id="r1", start=0, total=1, rows=rows))
    assert text_of(model, 0) == "a⟦RLO⟧b <b>x</b>"
    assert model.index(0, 1).data(Role.ACTION) == "remove"
