"""Which raised items alert, in which way, and which are held back."""

import pytest

from console.domain.raised import RaisedState
from console.domain.verdict import Severity
from console.ui.alerts.alert_rows import (
    RowKey,
    Subject,
    Way,
    read_rows,
    write_rows,
)
from console.ui.alerts.decide import Decider, Looking

NOW = 1_800_000_000.0
ALL = frozenset(Way)
AWAY = Looking()
QUIET = frozenset({Way.ATTENTION})


def row(subject, name):
    return RowKey(Subject(subject), name)


ROWS = {row("severity", "critical"): ALL, row("severity", "high"): ALL}


@pytest.fixture
def decider():
    return Decider()


def alerts(decider, *raised, rows=ROWS, looking=AWAY, now=NOW, most=6):
    return decider.alerts(raised, rows, looking, now, most)


def test_a_raised_line_alerts_once_in_the_ways_of_its_severity(decider, raise_line):
    (alert,) = alerts(decider, raise_line())
    assert (alert.ways, alert.held) == (ALL, 0)
    assert alerts(decider, raise_line()) == []
    assert alerts(decider, raise_line("u2", severity=Severity.LOW)) == []


def test_it_alerts_again_when_it_turns_out_graver(decider, raise_line):
    alerts(decider, raise_line())
    (again,) = alerts(decider, raise_line(severity=Severity.CRITICAL))
    assert again.critical


@pytest.mark.parametrize("state", [each for each in RaisedState if each is not RaisedState.OPEN])
def test_what_is_decided_already_does_not_alert(decider, raise_line, state):
    assert alerts(decider, raise_line(state=state)) == []


def test_what_was_raised_before_this_window_does_not_alert(decider, raise_line):
    decider.note([raise_line()])
    assert alerts(decider, raise_line()) == []


@pytest.mark.parametrize(
    ("looking", "told"),
    [
        (Looking(window=True, cids=frozenset({"default:hall"})), False),
        (Looking(window=True, item_ids=frozenset({"u1"})), False),
        (Looking(window=True, cids=frozenset({"default:yard"})), True),
        (Looking(window=False, cids=frozenset({"default:hall"})), True),
    ],
)
def test_nothing_alerts_that_the_reader_looks_at(decider, raise_line, looking, told):
    assert bool(alerts(decider, raise_line(), looking=looking)) is told


@pytest.mark.parametrize(
    ("key", "ways"),
    [
        (row("call", "default:hall"), QUIET),
        (row("rule", "scams"), QUIET),
        (row("label", "scam"), QUIET),
        (row("label", "spam"), ALL),
    ],
)
def test_what_is_set_for_call_rule_or_label_counts_before_the_severity(
    decider, raise_line, key, ways
):
    (alert,) = alerts(decider, raise_line(), rows={**ROWS, key: QUIET})
    assert alert.ways == ways


def test_the_call_counts_before_the_rule_and_that_before_the_label(decider, raise_line):
    rows = {
        **ROWS,
        row("label", "scam"): ALL,
        row("rule", "scams"): QUIET,
        row("call", "default:hall"): frozenset(),
    }
    assert alerts(decider, raise_line(), rows=rows) == []
    (alert,) = alerts(decider, raise_line("u2", cid="default:yard"), rows=rows)
    assert alert.ways == QUIET


def test_several_labels_alert_in_the_ways_of_each(decider, raise_line):
    rows = {row("label", "scam"): {Way.SOUND}, row("label", "spam"): {Way.NOTIFICATION}}
    (alert,) = alerts(decider, raise_line(labels=("scam", "spam")), rows=rows)
    assert alert.ways == {Way.SOUND, Way.NOTIFICATION}


@pytest.mark.parametrize(
    "what",
    [
        row("severity", "high"),
        row("label", "scam"),
        row("rule", "scams"),
        row("call", "default:hall"),
    ],
)
def test_what_is_snoozed_is_silent_until_its_time_is_over(decider, raise_line, what):
    decider.snoozes.snooze(what, NOW + 60)
    assert alerts(decider, raise_line()) == []
    assert decider.snoozes.running(NOW) == {what: NOW + 60}
    assert len(alerts(decider, raise_line("u2", author_id="bob"), now=NOW + 61)) == 1
    assert decider.snoozes.running(NOW + 61) == {}


def test_one_way_is_snoozed_for_everything(decider, raise_line):
    decider.snoozes.snooze(Way.SOUND, NOW + 60)
    (alert,) = alerts(decider, raise_line())
    assert alert.ways == {Way.ATTENTION, Way.NOTIFICATION}
    decider.snoozes.end(Way.SOUND)
    (alert,) = alerts(decider, raise_line("u2"))
    assert alert.ways == ALL


def test_no_more_than_so_many_a_minute_and_the_rest_is_counted(decider, raise_line):
    many = [raise_line(f"u{number}") for number in range(10)]
    given = [alert for each in many for alert in alerts(decider, each, most=3)]
    assert len(given) == 3
    assert decider.pace.held == 7
    (next_one,) = alerts(decider, raise_line("later"), most=3, now=NOW + 61)
    assert (next_one.held, decider.pace.held) == (7, 0)


def test_a_critical_line_is_never_held_back(decider, raise_line):
    grave = [raise_line(f"u{number}", severity=Severity.CRITICAL) for number in range(50)]
    assert len(alerts(decider, *grave, most=3)) == 50


@pytest.mark.parametrize("set_ways", [{Way.SOUND}, set()])
def test_a_critical_line_in_the_background_asks_for_attention_whatever_is_set(
    decider, raise_line, set_ways
):
    rows = {row("severity", "critical"): frozenset(set_ways)}
    grave = raise_line(severity=Severity.CRITICAL)
    (alert,) = alerts(decider, grave, rows=rows)
    assert alert.ways == {*set_ways, Way.ATTENTION}


def test_one_incident_is_one_alert_unless_it_gets_graver(decider, raise_line):
    first, second = raise_line("u1"), raise_line("u2", incident="u1")
    assert len(alerts(decider, first, second)) == 1
    assert alerts(decider, raise_line("u3", incident="u1")) == []
    worse = raise_line("u4", incident="u1", severity=Severity.CRITICAL)
    again = raise_line("u5", incident="u1", severity=Severity.CRITICAL)
    assert len(alerts(decider, worse)) == 1
    assert len(alerts(decider, again)) == 1


def test_rows_survive_the_settings_and_what_is_unknown_is_left_out():
    rows = {row("call", "default:hall"): QUIET, row("label", "scam"): frozenset()}
    kept = write_rows(rows)
    assert read_rows(kept) == rows
    odd = {"planet:mars": ["sound"], "label:": ["sound"], "label:x": "sound", "rule:y": ["smell"]}
    assert read_rows(odd) == {row("rule", "y"): frozenset()}
