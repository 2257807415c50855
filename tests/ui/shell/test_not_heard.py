"""While nothing is heard the window never looks calmer than it knows, and always has a way out."""

import pytest
from PySide6.QtCore import Qt

from console.domain.phase import MEANINGS, Phase, Way
from console.domain.sign_in import Method
from console.protocol.connection import NewStore, TryNow
from console.protocol.listening import ListenedCall, ListeningChanged
from console.protocol.media import Joining
from console.protocol.to_engine import ClearProblems
from console.protocol.to_window import EngineState, Gap, Problem, Pulse, StoreState
from console.ui.calls.calls_delegate import status_of
from console.ui.people.people_delegate import track_sign
from console.ui.state.entries import GapEntry
from console.ui.widgets.roles import Role
from console.ui.widgets.short_texts import clock_minute

CID = "default:hall"


def state(phase, **fields):
    fields.setdefault("sentence", "Something is wrong.")
    return EngineState(phase=phase, method=Method.SECRET, user_id="mod", **fields)


def shown(session):
    return session.state.phase


def gaps(session):
    return [entry.gap for entry in session.history if isinstance(entry, GapEntry)]


@pytest.mark.parametrize("phase", [each for each in Phase if each is not Phase.LIVE])
def test_every_phase_has_a_button_that_works(window, live, sent, phase):
    live.session.engine_up = True
    live.session.apply(state(phase))
    ways = MEANINGS[phase].ways
    button = window.strip.sign_in if ways[0] is Way.SIGN_IN else window.strip.try_now
    assert button.isVisible()
    sent.clear()
    button.click()
    if ways[0] is Way.TRY_NOW:
        assert sent == [TryNow()]
    else:
        assert window.dialogs.open_dialog is not None
        window.dialogs.open_dialog.reject()


def test_an_engine_that_dies_leaves_a_running_gap_that_is_marked_once(window, live, say, clock):
    session = live.session
    say(1)
    session.apply(Pulse(at=clock.now()))
    heard_at = clock.now()
    clock.time += 5
    session.engine_lost("The engine crashed.")
    (running,) = gaps(session)
    assert (running.since, running.until) == (heard_at, 0.0)
    assert CID in running.cids
    assert not window.transcript.banner.isHidden()
    assert "Not heard since" in window.transcript.banner.accessibleName()
    assert "nothing is lost" not in session.state.advice.lower()

    clock.time += 5
    session.apply(state(Phase.CONNECTING))
    session.apply(state(Phase.READING))
    assert session.heard_until == heard_at
    session.apply(state(Phase.LIVE, sentence="", directory_complete=True))
    session.apply(
        Gap(cids=(CID,), since=heard_at - 1.5, until=clock.now() + 0.3, reason="Not listening.")
    )
    (ended,) = gaps(session)
    assert (ended.since, ended.until) == (heard_at, heard_at + 10)
    assert window.transcript.banner.isHidden()


def test_an_engine_that_hangs_is_not_live_and_takes_up_where_it_was(window, live, say, clock):
    session = live.session
    say(1)
    session.apply(Pulse(at=clock.now()))
    told_at, calls = clock.now(), dict(session.calls)
    clock.time += 6
    session.engine_silent("The engine has stopped answering.")
    assert shown(session) is Phase.SILENT
    assert session.heard_until == told_at
    assert window.strip.try_now.isVisible()
    assert all(call.unmonitored_since == told_at for call in session.calls.values())
    session.apply(Pulse(at=clock.now()))
    assert shown(session) is Phase.LIVE
    assert session.calls == calls
    assert gaps(session) == []

    session.engine_silent("The engine has stopped answering.")
    session.engine_lost("The engine hung and was ended.")
    assert shown(session) is Phase.RECONNECTING
    assert len(gaps(session)) == 1


def test_what_was_known_of_a_dead_engine_s_calls_is_shown_as_old(window, live, make, clock):
    session = live.session
    on = make.person("ann", live=frozenset({"audio"}), live_known=True)
    session.apply(make.people(on, whole=True))
    sign = track_sign(session.people["ann-1"], "audio")
    assert sign is not None
    assert sign.words == "Microphone on"
    session.engine_lost("The engine crashed.")
    assert track_sign(session.people["ann-1"], "audio") is None
    assert all(status_of(call, gone=False)[0] == "gap" for call in session.calls.values())


def test_heat_stands_still_while_nothing_is_heard(window, live, make, say, clock):
    session = live.session
    say(1)
    session.apply(make.judged(make.verdict("line1")))
    hot = session.heat[CID].value(clock.now())
    assert hot > 0
    session.engine_lost("The engine crashed.")
    clock.time += 600
    assert session.heat[CID].value(clock.now()) == pytest.approx(hot)
    assert sum(session.heat[CID].counts(clock.now(), raised=True)) == 1

    session.apply(state(Phase.LIVE, directory_complete=True))
    session.apply(make.calls(make.call(captioning=True), whole=True))
    assert session.heat[CID].value(clock.now()) == pytest.approx(hot)
    clock.time += 60
    assert session.heat[CID].value(clock.now()) == pytest.approx(hot / 2)


def test_a_socket_that_is_only_silent_is_no_gap_yet(window, live, say, clock):
    session = live.session
    say(1)
    session.apply(state(Phase.SILENT, heard_until=clock.now() - 8))
    assert gaps(session) == []
    assert "Not heard since" in window.transcript.banner.accessibleName()
    session.apply(state(Phase.READING, heard_until=0.0, sentence=""))
    session.apply(state(Phase.LIVE, directory_complete=True))
    assert session.heard_until == 0.0


def test_a_refusal_says_so_at_each_act(window, live):
    live.session.apply(state(Phase.REFUSED, sentence="The token has expired.", advice="Renew it."))
    target = live.controller.aimed_at("kick")
    assert live.controller.why_none("kick", target) == "The token has expired. Renew it."


def test_a_damaged_store_is_told_counted_and_replaced(window, live, say, sent, clock):
    say(1)
    live.session.apply(StoreState("The store failed: malformed.", "Begin a new store."))
    live.session.apply(Pulse(at=clock.now(), lines_unwritten=3, lines_lost=1))
    window.strip.refresh()
    window.transcript._show_trouble()
    words = window.transcript.banner.accessibleName()
    assert "In memory only: 3 lines, 0 receipts." in words
    assert "Lost: 1 line, 0 receipts." in words
    sent.clear()
    window.strip.new_store.click()
    assert sent == [NewStore()]
    live.session.apply(StoreState())
    assert window.strip.new_store.isHidden()
    sent.clear()
    live.commands.run("session.new_store")
    assert sent == []


def test_problems_can_be_cleared(window, live, sent):
    live.session.report(Problem(place="here", sentence="It broke.", at=0.0, count=7))
    assert window.strip.problems.text() == "1 problem"
    window.dialogs.show_problems()
    dialog = window.dialogs.open_dialog
    dialog.clear_wanted.emit()
    assert dialog.text.toPlainText() == "None."
    assert window.strip.problems.isHidden()
    assert sent.of(ClearProblems)
    dialog.reject()


def test_one_call_that_is_not_heard_says_so_everywhere_while_it_lasts(window, live, make, clock):
    session, calls = live.session, window.calls.model
    since = clock.now()
    session.apply(make.calls(make.call(people=41, captioning=False, unmonitored_since=since)))
    clock.time += 80
    window.transcript._show_trouble()
    words = f"not monitored since {clock_minute(since)}, 1:20"
    bar, header = window.transcript.not_heard, window.transcript.header
    assert not bar.isHidden()
    assert (
        bar.accessibleName()
        == f"N{words[1:]} · its settings allow no captions; you can listen to it yourself"
    )
    assert header._captions.word() == words
    assert header._people.toolTip().count(f"41 people as of {clock_minute(since)}") == 1
    row = calls.index(calls.row_of(CID), 0)
    assert row.data(Role.NOT_HEARD) == words
    spoken = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert f"{words}, 41 people as of {clock_minute(since)}" in spoken

    in_it = ListenedCall(cid=CID, why="by hand", state=Joining.JOINED)
    session.apply(ListeningChanged(calls=(in_it,), sentence="The speech plugin ended."))
    window.transcript._show_trouble()
    assert bar.accessibleName().endswith("nothing writes it down: The speech plugin ended.")
    assert header._listening.toolTip().count("The speech plugin ended.") == 1

    session.apply(make.calls(make.call(people=41, captioning=True)))
    window.transcript._show_trouble()
    assert bar.isHidden()
    assert row.data(Role.NOT_HEARD) == ""
