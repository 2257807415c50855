"""The act log is filtered by keyboard, tells whose act it is, and exports what it shows."""

import csv

import pytest
from PySide6.QtCore import Qt

from console.domain.act import AUTOMATION, ReceiptState
from console.protocol.acts import ActsChanged
from console.protocol.audit import NoteExport
from console.protocol.to_window import VERSION, Hello, Noticed
from console.ui.acts.act_log_panel import ActLogPanel
from console.ui.acts.acts_model import ActsModel


@pytest.fixture
def acts(live, make):
    """Ours on Ann, one of a rule on Ben, a failed one on Cleo, and a colleague's kick."""
    live.session.apply(Hello(version=VERSION, pid=1))

    def done(act_id, who, state=ReceiptState.SEEN, by="mod", **fields):
        act = make.act(act_id, kind="kick", user_ids=(who,), names=(who.title(),), by=by, **fields)
        return make.progress(act, state)

    live.session.apply(
        ActsChanged(
            acts=(
                done("a1", "ann", requested_at=100.0),
                done("a2", "ben", by=AUTOMATION, requested_at=200.0),
                done("a3", "cleo", ReceiptState.FAILED, requested_at=300.0),
            )
        )
    )
    notice = make.notice(text="=kicked dan", user_ids=("dan",), actor_id="eve", at=400.0)
    live.session.apply(Noticed(notices=(notice,)))
    return live


@pytest.fixture
def log(window, acts):
    acts.commands.run("focus.log")
    return window.findChild(ActLogPanel)


def shown(panel):
    found = (panel.model.words(row) for row in panel.model.rows)
    return [words.people.casefold() for words in found]


def test_words_and_terms_narrow_the_log(log):
    assert [each.split(" ")[0] for each in shown(log)] == ["ann", "ben", "cleo", "dan"]
    for typed, left in (
        ("ann", ["ann"]),
        ("is:colleague", ["dan"]),
        ("is:automatic", ["ben"]),
        ("by:eve", ["dan"]),
        ("outcome:failed", ["cleo"]),
        ("-outcome:failed is:ours", ["ann"]),
        ("nobody", []),
    ):
        log.search.setText(typed)
        assert [each.split(" ")[0] for each in shown(log)] == left, typed
    assert log.blank.isVisibleTo(log)
    log.search.clear()
    assert len(shown(log)) == 4


def test_an_act_that_comes_to_pass_is_shown_where_it_belongs(log, acts, make):
    log.search.setText("outcome:failed")
    act = make.act("a1", kind="kick", user_ids=("ann",), names=("Ann",), requested_at=100.0)
    acts.session.apply(ActsChanged(acts=(make.progress(act, ReceiptState.FAILED),)))
    assert [log.model.act_id(row) for row in range(2)] == ["a1", "a3"]
    act = make.act("a4", kind="kick", user_ids=("fay",), requested_at=500.0)
    acts.session.apply(ActsChanged(acts=(make.progress(act),)))
    assert log.model.rowCount() == 2
    log.search.clear()
    assert [log.model.act_id(row) for row in range(5)] == ["a1", "a2", "a3", "", "a4"]


def test_the_keyboard_alone_filters_chooses_and_comes_back(log, acts, qtbot):
    acts.commands.run("log.filter")
    qtbot.waitUntil(log.search.hasFocus)
    qtbot.keyClicks(log.search, "from:cleo")
    qtbot.keyClick(log.search, Qt.Key.Key_Return)
    qtbot.waitUntil(log.log.hasFocus)
    assert log.model.act_id(log.log.currentIndex().row()) == "a3"
    acts.commands.run("log.filter")
    qtbot.keyClick(log.search, Qt.Key.Key_Escape)
    assert log.search.text() == ""
    qtbot.keyClick(log.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(log.log.hasFocus)


def test_what_is_shown_is_exported_and_noted(log, sent, tmp_path):
    log.search.setText("-outcome:failed")
    path = tmp_path / "acts.csv"
    log.export_to(str(path))
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [row["whose"] for row in rows] == ["ours", "automatic", "colleague"]
    assert [row["by"] for row in rows] == ["mod", "automation", "eve"]
    assert rows[-1]["act"] == "'=kicked dan"
    (noted,) = [each for each in sent if isinstance(each, NoteExport)]
    assert (noted.what, noted.count, noted.file) == ("act log", 3, str(path))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("outcome:bogus", "outcome: goes with seen, failed"),
        ("foo:bar", "There is no foo:."),
        ("after:never", "After after: comes"),
    ],
)
def test_a_wrong_filter_says_so_under_the_field_and_exports_nothing(log, acts, typed, sentence):
    log.search.setText(f"{typed} ann")
    assert log.trouble.isVisibleTo(log)
    assert log.trouble.text().startswith(sentence)
    assert not log.export.isEnabled()
    assert log.choose_export() == (
        f"Nothing is exported while the filter is wrong. {log.trouble.text()}"
    )
    log.search.setText("ann")
    assert not log.trouble.isVisibleTo(log)
    assert log.export.isEnabled()


def test_an_export_that_fails_is_told(log, recorder, acts, tmp_path, sent):
    recorder.watch(said=acts.controller.said)
    log.export_to(str(tmp_path))
    assert "could not be written" in str(recorder.of("said"))
    assert not [each for each in sent if isinstance(each, NoteExport)]


def test_the_oldest_go_out_of_a_filtered_log_too(qapp, session, make):
    model = ActsModel(session, capacity=3)
    model.set_filter("outcome:failed", 0.0)
    for number in range(5):
        state = ReceiptState.FAILED if number % 2 == 0 else ReceiptState.SEEN
        act = make.act(f"a{number}", requested_at=float(number))
        session.apply(ActsChanged(acts=(make.progress(act, state),)))
    assert [model.act_id(row) for row in range(model.rowCount())] == ["a2", "a4"]
    assert model.total == 3
