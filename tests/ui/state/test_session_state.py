from collections import Counter

from console.domain.act import ReceiptState
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.protocol.acts import ActsChanged
from console.protocol.requests import RequestsChanged
from console.protocol.to_window import EngineState, Gap, Hello, Noticed, Problem, Pulse
from console.ui.state import ended_calls
from console.ui.state.entries import GapEntry, ItemEntry, NoticeEntry
from console.ui.state.history import History
from console.ui.state.session_state import SessionState

LIVE = EngineState(phase=Phase.LIVE, method=Method.SECRET, user_id="mod", profile="main")


def test_a_heard_line_carries_its_first_verdict(session, make, recorder):
    recorder.watch(added=session.entries_added, lines=session.lines_added)
    session.apply(make.heard(make.said(), verdicts=[make.local(action="flag")]))
    (entries,) = recorder.of("added")
    assert [type(entry) for entry in entries] == [ItemEntry]
    assert entries[0].verdict == make.local(action="flag")
    assert recorder.of("lines") == [entries]


def test_a_deciding_verdict_changes_the_line(session, make, recorder):
    session.apply(make.heard(make.said(), verdicts=[make.local()]))
    recorder.watch(changed=session.entries_changed, verdicts=session.verdicts_changed)
    session.apply(make.judged(make.verdict(), make.verdict("unknown")))
    assert [line.verdict for line in recorder.of("changed")[0]] == [make.verdict()]
    assert recorder.of("verdicts") == [("u1",)]
    assert session.history.tally.strays == 1


def test_a_line_twice_in_one_batch_is_one_row(session, make, recorder):
    recorder.watch(added=session.entries_added)
    session.apply(make.heard(make.said(), make.said()))
    assert [len(entries) for entries in recorder.of("added")] == [1]
    assert session.history.tally.duplicated == 1


def test_a_revised_line_is_told_as_changed_only(session, make, recorder):
    session.apply(make.heard(make.said()))
    recorder.watch(added=session.entries_added, changed=session.entries_changed)
    session.apply(make.heard(make.said(text="new", revision=1), verdicts=[make.local(revision=1)]))
    assert recorder.of("added") == []
    (changed,) = recorder.of("changed")
    assert [(line.item.text, line.verdict.revision) for line in changed] == [("new", 1)]


def test_replayed_lines_come_in_the_order_they_were_heard(session, make):
    session.apply(
        make.heard(
            make.said("late", received_at=20.0), make.said("early", received_at=10.0), replay=True
        )
    )
    assert [line.item.item_id for line in session.history.lines()] == ["early", "late"]
    assert session.history.actions() == Counter()
    assert session.history.waiting() == 0


def test_counts_of_verdicts_are_of_new_lines(session, make):
    session.apply(make.heard(make.said("u1"), make.said("u2"), make.said("u3")))
    session.apply(make.judged(make.verdict("u1"), make.verdict("u2", action="keep")))
    assert session.history.actions() == Counter(flag=1, keep=1)
    assert session.history.waiting() == 1


def test_unseen_lines_are_counted_until_somebody_looks(session, make, recorder):
    other = "default:other"
    session.see(make.cid)
    session.apply(make.heard(make.said("u1"), make.said("u2", cid=other)))
    session.apply(make.judged(make.verdict("u1"), make.verdict("u2")))
    assert session.heat[make.cid].unseen == set()
    assert session.heat[other].unseen == {"u2"}
    recorder.watch(heat=session.heat_changed)
    session.see("")
    assert session.heat[other].unseen == set()
    assert recorder.of("heat") == [(other,)]


def test_nobody_sees_while_scrolled_back(session, make):
    session.see(make.cid)
    session.see(None)
    session.apply(make.heard(make.said(), verdicts=[make.verdict()]))
    assert session.heat[make.cid].unseen == {"u1"}


def test_calls_appear_change_and_go(session, make, recorder):
    recorder.watch(calls=session.calls_changed)
    session.apply(make.calls(make.call("a:1"), make.call("a:2")))
    session.apply(make.calls(make.call("a:1", people=9), removed=("a:2",)))
    assert {cid: call.people for cid, call in session.calls.items()} == {"a:1": 9}
    session.apply(make.calls(make.call("a:3"), whole=True))
    assert list(session.calls) == ["a:3"]
    assert [set(cids) for cids in recorder.of("calls")] == [
        {"a:1", "a:2"},
        {"a:1", "a:2"},
        {"a:1", "a:3"},
    ]


def test_the_heat_of_calls_that_are_over_goes_once_they_are_forgotten(session, make, monkeypatch):
    session.apply(make.calls(make.call(), make.call("a:2")))
    session.apply(make.heard(make.said(), make.said("u2", cid="a:2")))
    session.apply(make.calls(removed=("a:2",)))
    assert list(session.heat) == [make.cid, "a:2"]
    monkeypatch.setattr(ended_calls, "MOST", 0)
    session.apply(make.calls(removed=(make.cid,)))
    assert list(session.heat) == []


def test_people_of_one_call(session, make):
    session.apply(make.people(make.person("ann"), make.person("bob")))
    session.apply(make.people(make.person("ann", muted=frozenset({"audio"})), left=("bob-1",)))
    assert list(session.people) == ["ann-1"]
    assert session.people.find(make.cid, "ann").muted == {"audio"}
    assert session.people.find(make.cid, "bob") is None
    assert session.people.find("other:call", "ann") is None


def test_a_person_who_comes_back_is_listed_once(session, make):
    session.apply(make.people(make.person("ann", user_session_id="", blocked=True)))
    assert list(session.people) == ["user:ann"]
    session.apply(make.people(make.person("ann")))
    assert list(session.people) == ["ann-1"]


def test_of_two_devices_the_named_one_is_found(session, make):
    session.apply(
        make.people(
            make.person("ann", user_session_id="phone"),
            make.person("ann", user_session_id="desk"),
        )
    )
    assert session.people.find(make.cid, "ann", "desk").user_session_id == "desk"
    assert session.people.find(make.cid, "ann", "gone").user_session_id == "phone"


def test_people_of_another_call_replace_the_former(session, make):
    session.apply(make.people(make.person("ann")))
    session.apply(make.people(make.person("zoe", cid="a:2"), cid="a:2"))
    assert session.people.cid == "a:2"
    assert list(session.people) == ["zoe-1"]


def test_notices_and_gaps_are_entries_in_order(session, make):
    session.apply(make.heard(make.said()))
    session.apply(Noticed(notices=(make.notice(),)))
    session.apply(make.gap())
    assert [type(entry) for entry in session.history] == [ItemEntry, NoticeEntry, GapEntry]


def test_the_memory_is_bounded(qapp, clock, make, recorder):
    session = SessionState(clock, History(capacity=10))
    recorder.watch(trimmed=session.entries_trimmed)
    for number in range(25):
        session.apply(make.heard(make.said(f"u{number}"), verdicts=[make.verdict(f"u{number}")]))
    assert len(session.history) == 10
    assert session.history.tally.trimmed == 15
    assert recorder.of("trimmed")[-1] == 16
    assert session.heat[make.cid].unseen == {f"u{number}" for number in range(15, 25)}


def test_acts_are_kept_by_id_and_undo_is_known(session, make):
    done = make.progress(state=ReceiptState.SEEN, undoable=True)
    session.apply(ActsChanged(acts=(done,)))
    assert session.acts.can_undo("a1")
    undo = make.act("a2", undo_of="a1")
    session.request_noted(make.progress(undo))
    assert session.acts.undo_under_way("a1")
    assert not session.acts.can_undo("a1")
    session.apply(ActsChanged(acts=(make.progress(undo, ReceiptState.FAILED),)))
    assert session.acts.can_undo("a1")


def test_an_answer_of_the_engine_is_not_overwritten(session, make):
    session.apply(ActsChanged(acts=(make.progress(state=ReceiptState.SENT),)))
    session.request_noted(make.progress())
    assert session.acts["a1"].receipt.state is ReceiptState.SENT


def test_requests_of_all_calls_are_what_the_engine_says(session, make, recorder):
    recorder.watch(requests=session.requests_changed)
    ann, bob = make.request("ann", since=9.0), make.request("bob", cid="a:2", since=3.0)
    session.apply(RequestsChanged((ann,), known_since=1.0))
    session.apply(RequestsChanged((bob,), known_since=1.0))
    assert session.requests.all() == (bob, ann)
    assert (session.requests.count("a:2"), session.requests.count("")) == (1, 2)
    assert session.requests.find(make.cid, "ann") == ann
    session.apply(RequestsChanged(closed=(ann.key,), known_since=1.0))
    assert session.requests.all() == (bob,)
    session.apply(RequestsChanged((ann,), whole=True, known_since=5.0))
    assert session.requests.all() == (ann,)
    assert session.requests.known_since == 5.0
    assert len(recorder.of("requests")) == 4


def test_the_same_problem_is_kept_once(session, make):
    for count in (1, 2):
        session.apply(Problem(place="event x", sentence="Odd.", at=1.0, count=count))
    session.apply(Problem(place="event y", sentence="Odd.", at=1.0))
    assert [(problem.place, problem.count) for problem in session.problems] == [
        ("event x", 2),
        ("event y", 1),
    ]


def test_a_lost_engine_keeps_what_is_on_the_screen(session, make):
    session.apply(Hello(version=1, pid=7))
    session.apply(LIVE)
    session.apply(make.heard(make.said()))
    session.engine_lost("The engine crashed.")
    assert not session.engine_up
    assert session.state.phase is Phase.RECONNECTING
    assert session.state.method is Method.SECRET
    assert len(session.history) == 1
    assert [problem.sentence for problem in session.problems] == ["The engine crashed."]


def test_a_new_engine_does_not_look_signed_out(session):
    session.apply(LIVE)
    session.engine_lost("The engine crashed.")
    phases = []
    for phase in (Phase.SIGNED_OUT, Phase.CONNECTING, Phase.SIGNED_OUT):
        session.apply(EngineState(phase=phase, profile="main"))
        phases.append(session.state.phase)
    assert phases == [Phase.RECONNECTING, Phase.CONNECTING, Phase.SIGNED_OUT]


def test_whoever_signs_out_while_there_is_no_engine_is_signed_out(session):
    session.apply(LIVE)
    session.engine_lost("The engine crashed.")
    session.end()
    assert session.state.phase is Phase.SIGNED_OUT
    assert session.acts.signed_out
    session.apply(EngineState(phase=Phase.SIGNED_OUT))
    assert session.state.phase is Phase.SIGNED_OUT


def test_an_engine_that_lives_says_itself_that_nobody_is_signed_in(session):
    session.apply(LIVE)
    session.end()
    assert session.state.phase is Phase.LIVE


def test_another_account_begins_empty(session, make, recorder):
    recorder.watch(cleared=session.cleared)
    session.apply(LIVE)
    session.apply(make.calls(make.call()))
    session.apply(make.heard(make.said()))
    session.apply(EngineState(phase=Phase.CONNECTING))
    session.apply(LIVE)
    assert len(session.history) == 1
    session.apply(EngineState(phase=Phase.LIVE, profile="other", user_id="mod"))
    assert len(session.history) == 0
    assert session.calls == {}
    assert len(recorder.all) == 1


def test_the_pulse_is_kept(session):
    pulse = Pulse(at=1.0, waiting=3)
    session.apply(pulse)
    assert session.pulse == pulse


def test_a_call_that_is_not_listened_to_has_a_gap_until_it_is_heard_again(session, make, clock):
    def gaps():
        return [one.gap for one in session.history if isinstance(one, GapEntry)]

    session.apply(make.calls(make.call(listened=True)))
    since = clock.now()
    left = Gap((make.cid,), since, 0.0, "This console did not listen to it.")
    session.apply(left)
    session.apply(make.calls(make.call(unmonitored_since=since)))
    assert gaps() == [left]

    clock.time += 8
    crashed = EngineState(phase=Phase.RECONNECTING, heard_until=clock.now(), sentence="Crashed.")
    session.apply(crashed)
    clock.time += 5
    session.apply(EngineState(phase=Phase.LIVE))
    clock.time += 7
    session.apply(make.calls(make.call(listened=True)))
    assert [(gap.since - since, gap.until - since) for gap in gaps()] == [(0.0, 20.0), (8.0, 13.0)]


def test_what_is_not_written_down_ends_with_the_engine_that_told_it(session, make, clock, recorder):
    session.apply(LIVE)
    session.apply(make.calls(make.call(listened=True)))
    since = clock.now()
    clock.time += 4
    session.apply(Gap((make.cid,), since, 0.0, "Not written down.", partly=True))
    clock.time += 3
    recorder.watch(changed=session.entries_changed)
    session.engine_lost("It crashed.")
    (changed,) = recorder.of("changed")
    assert [(one.gap.since - since, one.gap.until - since) for one in changed] == [(0.0, 4.0)]
    running = session.gaps.running
    assert running is not None  # from there on nothing is heard at all
    assert running.since == since + 4

    clock.time += 2
    session.apply(LIVE)
    session.apply(make.calls(make.call(listened=True)))
    assert not session.gaps.any_runs


def test_lines_that_stream_judged_otherwise_are_counted_on_by_the_next_engine(session):
    session.apply(Pulse(at=1.0, disagreements=11))
    session.disagreements.read_all()
    session.apply(Pulse(at=2.0, disagreements=13))
    session.apply(Pulse(at=3.0, disagreements=0))
    assert session.disagreements.unread == 2
    session.apply(Pulse(at=4.0, disagreements=1))
    assert session.disagreements.unread == 3
    session.clear()
    assert session.disagreements.unread == 0
