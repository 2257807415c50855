"""Alerts of the window: what reaches somebody, what is snoozed, what a screen reader is told."""

import pytest

from console.domain.act import ReceiptState
from console.domain.phase import Phase
from console.domain.verdict import Severity
from console.protocol.acts import ActsChanged
from console.protocol.raised import RaisedChanged
from console.protocol.to_window import EngineState
from console.ui.alerts import alerts as module
from console.ui.alerts.alert_rows import RowKey, Subject, Way
from console.ui.alerts.alerts import Alerts
from console.ui.alerts.decide import Looking
from console.ui.alerts.desktop import harmless

CRITICAL = Severity.CRITICAL
SCAM = RowKey(Subject.LABEL, "scam")


def test_a_critical_line_is_heard_and_seen_in_every_way(alerts, outside, tell, raise_line):
    tell(raise_line(severity=CRITICAL))
    assert (outside.sounds, outside.asked) == (["critical"], 1)
    assert outside.notes == [("Critical: scam", "Ann in hall")]


def test_a_press_on_a_notification_shows_the_line_of_its_own_alert(
    alerts, live, outside, tell, raise_line, recorder
):
    tell(raise_line(severity=CRITICAL))
    tell(raise_line("u2", severity=CRITICAL, cid="default:yard"))
    recorder.watch(line=live.controller.line_wanted)
    outside.shows[0]()
    assert recorder.of("line") == [("default:hall", "u1")]


def test_nothing_of_what_was_said_leaves_the_window(alerts, outside, tell, raise_line):
    evil = '<img src="http://x"> & <b>Eve</b>\u202e'
    tell(raise_line(severity=CRITICAL, text="the words themselves", author_name=evil))
    told = " ".join(f"{title} {body}" for title, body in outside.notes)
    assert "themselves" not in told
    assert not set("<>&\u202e") & set(harmless(told))


def test_several_at_once_are_one_sound(alerts, outside, tell, raise_line):
    tell(*(raise_line(f"u{number}", severity=CRITICAL) for number in range(5)))
    assert (outside.sounds, len(outside.notes)) == (["critical"], 5)


def test_what_the_reader_looks_at_is_silent(alerts, outside, looking, tell, raise_line):
    looking["at"] = Looking(window=True, cids=frozenset({"default:hall"}))
    tell(raise_line(severity=CRITICAL))
    tell(raise_line("u2", severity=CRITICAL, cid="default:yard"))
    assert [body for _, body in outside.notes] == ["Ann in yard"]


def test_the_window_knows_what_its_reader_looks_at(window, live, tell, raise_line, say, qtbot):
    say(1)
    qtbot.waitUntil(lambda: window.alerts.looking().cids == {"default:hall"})
    live.commands.run("workspace.policies")
    assert window.alerts.looking().cids == frozenset()
    live.commands.run("workspace.live")
    live.controller.choose_call("")
    assert window.alerts.looking().cids == frozenset()


def test_what_was_open_before_the_window_does_not_alert_and_after_a_break_it_does(
    live, outside, raise_line
):
    Alerts(live, outside, Looking)
    live.session.apply(RaisedChanged(changed=(raise_line(severity=CRITICAL),), whole=True))
    assert outside.notes == []
    missed = raise_line("u2", severity=CRITICAL)
    live.session.apply(RaisedChanged(changed=(missed,), whole=True))
    assert len(outside.notes) == 1


def test_ways_are_set_for_severity_and_label_and_kept(alerts, live, outside, tell, raise_line):
    alerts.set_ways(RowKey(Subject.SEVERITY, "high"), [Way.SOUND])
    assert live.settings["alert_high"] == ["sound"]
    alerts.set_ways(SCAM, [])
    tell(raise_line())
    tell(raise_line("u2", labels=("spam",)))
    assert outside.sounds == ["raised"]
    alerts.remove(SCAM)
    assert SCAM not in alerts.rows


def test_a_snooze_is_said_shown_and_over_after_its_time(window, live, clock):
    alerts = window.alerts.alerts
    said = []
    live.controller.said.connect(lambda words, _token: said.append(words))
    live.commands.run("alerts.snooze_sound")
    assert said[-1].startswith("Alerts for sound are silent until ")
    assert window.strip.silence.isVisible()
    live.commands.run("alerts.snooze_call")
    assert set(alerts.snoozed()) == {Way.SOUND, RowKey(Subject.CALL, "default:hall")}
    window.strip.silence.click()
    assert alerts.snoozed() == {}
    assert not window.strip.silence.isVisible()
    alerts.snooze(SCAM, 60.0)
    clock.time += 61
    assert alerts.snoozed() == {}


def test_alerts_that_are_held_back_are_counted_and_said(
    live, outside, monkeypatch, raise_line, tell, qtbot
):
    monkeypatch.setattr(module, "TELL_HELD_MS", 20)
    Alerts(live, outside, Looking)
    live.session.apply(RaisedChanged(whole=True))
    said = []
    live.controller.said.connect(lambda words, _token: said.append(words))
    live.settings["alerts_a_minute"] = 3
    for number in range(8):
        tell(raise_line(f"u{number}"))
    assert len(outside.notes) == 3
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["5 alerts held back: more than 3 came in a minute."]


def test_a_screen_reader_hears_of_raised_lines_once_and_together(alerts, outside, tell, raise_line):
    tell(raise_line(), raise_line("u2", severity=CRITICAL, cid="default:yard"))
    tell(raise_line())
    tell(raise_line("u3", severity=Severity.LOW))
    alerts._announcements.say_now()
    assert outside.spoken == [("2 raised lines, the gravest: Critical: scam, Ann in yard", True)]


def test_a_screen_reader_hears_how_acts_ended(alerts, live, outside, make):
    done, failed = make.act("a1", "kick"), make.act("a2", "block")
    live.session.apply(ActsChanged(acts=(make.progress(done), make.progress(failed))))
    live.session.apply(
        ActsChanged(
            acts=(
                make.progress(done, ReceiptState.SEEN),
                make.progress(failed, ReceiptState.FAILED, reason="They may not."),
            )
        )
    )
    alerts._announcements.say_now()
    words = "Kicked Ann, seen in the call. Block from call for Ann: failed. They may not."
    assert outside.spoken == [(words, True)]


def test_acts_of_an_earlier_engine_are_not_told_as_news(alerts, live, outside, make):
    live.session.apply(ActsChanged(acts=(make.progress(state=ReceiptState.SEEN),)))
    alerts._announcements.say_now()
    assert outside.spoken == []


def test_a_screen_reader_hears_of_a_lost_connection_and_of_its_return(alerts, live, outside):
    live.session.apply(EngineState(phase=Phase.RECONNECTING, sentence="No route.", user_id="mod"))
    live.session.apply(EngineState(phase=Phase.LIVE, user_id="mod"))
    assert outside.spoken == [
        ("Nothing is heard now. No route.", True),
        ("The calls are heard again.", False),
    ]


def test_a_screen_reader_hears_what_is_armed(alerts, live, outside, make):
    live.controller.choose_call("default:hall")
    live.commands.run("act.end_call")
    words, urgent = outside.spoken[-1]
    assert words.startswith("End call in hall (3 people)? Press again to do it, Escape to stop.")
    assert urgent


@pytest.mark.parametrize("value", [["sound"], [], ["sound", "notification"]])
def test_the_settings_take_any_ways(live, value):
    live.settings["alert_low"] = value
    assert live.settings["alert_low"] == value
    with pytest.raises(ValueError, match="alert_low"):
        live.settings["alert_low"] = ["smell"]
