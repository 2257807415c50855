import pytest
from PySide6.QtCore import Qt

from console.domain.raised import RaisedState
from console.domain.verdict import Severity
from console.protocol.requests import RequestsChanged
from console.ui.calls.calls_model import CallsModel, state_word
from console.ui.widgets.roles import Role

SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def calls(session, clock, make):
    model = CallsModel(session, clock)
    session.apply(
        make.calls(
            make.call("default:a", name="Árbol", people=5),
            make.call("livestream:b", name="Beta", people=9, backstage=True),
            make.call("default:c", name="Gamma <b>", people=1),
        )
    )
    return model


def names(model):
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def raise_line(session, make, key, cid, severity=Severity.CRITICAL):
    session.apply(
        make.heard(make.said(key, cid=cid), verdicts=[make.verdict(key, severity=severity)])
    )


def test_qt_accepts_the_model(calls, qtmodeltester):
    qtmodeltester.check(calls)
    calls.set_filter("beta")
    qtmodeltester.check(calls)


def test_all_calls_come_first(calls):
    assert names(calls) == ["All calls", "Árbol", "Beta", "Gamma <b>"]
    first = calls.index(0, 0)
    assert (first.data(Role.CID), first.data(Role.CALL)) == ("", None)
    assert first.data(Role.PEOPLE) == 15
    assert calls.row_of("livestream:b") == 2


def test_a_row_holds_its_call_and_says_it_in_words(calls, session, make):
    row = calls.index(calls.row_of("livestream:b"), 0)
    assert row.data(Role.CALL) is session.calls["livestream:b"]
    assert row.data(Role.PEOPLE) == 9
    spoken = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Beta, livestream, backstage, 9 people"


def test_a_row_counts_what_is_open_and_says_for_how_long(calls, session, make, clock):
    def raised(key, cid, age, **handling):
        said = make.said(key, cid=cid)
        return make.raised_item(key, said=said, raised_at=clock.now() - age, **handling)

    session.apply(
        make.raised(
            raised("u1", "default:a", 200),
            raised("u2", "default:a", 20),
            raised("u3", "default:c", 5, state=RaisedState.DISMISSED),
        )
    )
    row = calls.index(calls.row_of("default:a"), 0)
    assert (row.data(Role.OPEN), row.data(Role.OLDEST)) == (2, "3 min")
    assert "2 open items, the oldest for 3 min" in row.data(SPOKEN)
    everything, calm = calls.index(0, 0), calls.index(calls.row_of("default:c"), 0)
    assert (everything.data(Role.OPEN), everything.data(Role.OLDEST)) == (2, "3 min")
    assert (calm.data(Role.OPEN), calm.data(Role.OLDEST)) == (0, "")
    calls.set_sort("flags")
    assert names(calls)[1] == "Árbol"
    session.apply(make.raised(raised("u1", "default:a", 200, state=RaisedState.HANDLED)))
    assert (row.data(Role.OPEN), row.data(Role.OLDEST)) == (1, "20 s")
    session.apply(make.raised(raised("u2", "default:a", 20, state=RaisedState.HANDLED)))
    assert (everything.data(Role.OPEN), everything.data(Role.OLDEST)) == (0, "")


def test_filter_finds_every_word_without_accents(calls):
    calls.set_filter("ARBOL default")
    assert names(calls) == ["All calls", "Árbol"]
    calls.set_filter("nothing")
    assert names(calls) == ["All calls"]
    calls.set_filter("")
    assert len(names(calls)) == 4


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["Árbol", "Beta", "Gamma <b>"]),
        ("people", ["Beta", "Árbol", "Gamma <b>"]),
        ("flags", ["Gamma <b>", "Árbol", "Beta"]),
        ("heat", ["Gamma <b>", "Árbol", "Beta"]),
    ],
)
def test_orders(calls, session, make, sort, expected):
    raise_line(session, make, "u1", "default:c")
    session.apply(make.raised(make.raised_item("u1", said=make.said("u1", cid="default:c"))))
    calls.set_sort(sort)
    assert names(calls)[1:] == expected


def test_an_unknown_order_is_refused(calls):
    with pytest.raises(ValueError, match="luck"):
        calls.set_sort("luck")


def test_pinned_calls_come_before_hot_ones(calls, session, make, recorder):
    recorder.watch(pins=calls.pins_changed)
    raise_line(session, make, "u1", "default:c")
    calls.toggle_pin("livestream:b")
    assert names(calls)[1:] == ["Beta", "Gamma <b>", "Árbol"]
    assert calls.index(1, 0).data(Role.PINNED) is True
    calls.toggle_pin("livestream:b")
    calls.toggle_pin("")
    assert names(calls)[1:] == ["Gamma <b>", "Árbol", "Beta"]
    assert recorder.of("pins") == [("livestream:b",), ()]


def test_nothing_moves_while_held(calls, session, make):
    calls.hold("pointer")
    raise_line(session, make, "u1", "default:c")
    session.apply(make.calls(make.call("default:new", name="New"), removed=("default:a",)))
    assert names(calls) == ["All calls", "Árbol", "Beta", "Gamma <b>", "New"]
    assert calls.index(1, 0).data(Role.GONE) is True
    calls.release("pointer")
    assert names(calls) == ["All calls", "Gamma <b>", "Beta", "New", "Árbol"]


def test_heat_sparkline_and_unseen(calls, session, make, clock):
    raise_line(session, make, "u1", "default:c")
    row = calls.index(calls.row_of("default:c"), 0)
    assert row.data(Role.HEAT) == 5.0
    assert row.data(Role.UNSEEN) == 1
    assert row.data(Role.SPARKLINE) == [0] * 23 + [1]
    assert row.data(Role.TALK) == [0] * 23 + [1]
    everything = calls.index(0, 0)
    assert everything.data(Role.UNSEEN) == 1
    assert everything.data(Role.SPARKLINE)[-1] == 1
    assert session.heat.hottest(session.calls, clock.now()) == "default:c"
    clock.time += 3600
    assert row.data(Role.HEAT) == 0.0
    assert session.heat.hottest(session.calls, clock.now()) == ""


def test_a_row_is_spoken_whole(calls, session, make):
    raise_line(session, make, "u1", "default:c")
    session.apply(RequestsChanged((make.request("ann", cid="default:c"),)))
    calls.toggle_pin("default:c")
    assert calls.index(calls.row_of("default:c"), 0).data(SPOKEN) == (
        "Gamma <b>, default, live, 1 people, 1 raised line not seen, "
        "1 asking for a permission, heat 5.0, pinned"
    )


def test_a_hostile_name_is_made_visible(calls, session, make):
    session.apply(make.calls(make.call("default:a", name="a\u202eb")))
    assert calls.index(calls.row_of("default:a"), 0).data() == "a⟦RLO⟧b"


def test_state_words(make):
    assert state_word(make.call()) == "live"
    assert state_word(make.call(unmonitored_since=1.0)) == "not monitored"
    assert state_word(make.call(ended_at=1.0)) == "ended"


def test_unmonitored_and_cleared(calls, session, make):
    session.apply(make.calls(make.call("default:a", unmonitored_since=7.0)))
    assert calls.index(calls.row_of("default:a"), 0).data(Role.UNMONITORED) == 7.0
    session.clear()
    assert names(calls) == ["All calls"]
    assert calls.index(0, 0).data(Role.SPARKLINE) == [0] * 24


def test_changes_are_told_a_few_times_a_second(calls, session, make, recorder, qtbot):
    calls._tell_touched()
    recorder.watch(changed=calls.dataChanged)
    for number in range(20):
        raise_line(session, make, f"u{number}", "default:c")
        session.apply(make.calls(make.call("default:c", people=number)))
    qtbot.waitUntil(lambda: len(recorder.all) >= 2, timeout=2000)
    rows = [(first.row(), last.row()) for first, last, *_ in recorder.of("changed")]
    assert rows[:2] == [(0, 0), (3, 3)]
    assert len(rows) <= 4


def test_the_list_takes_the_same_filter_as_the_wall(calls, session, make):
    session.apply(make.calls(make.call("default:lost", name="Lost", unmonitored_since=1.0)))
    assert calls.set_filter("is:unheard") == ""
    assert names(calls) == ["All calls", "Lost"]
    assert "is:loud" in calls.set_filter("is:loud")
    assert len(names(calls)) > 2
