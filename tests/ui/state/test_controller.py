import pytest
from msgspec.structs import replace

from console.domain.act import ReceiptState
from console.domain.item import MESSAGE, SOFTLY, Text
from console.domain.phase import Phase
from console.domain.sign_in import Method, Profile
from console.protocol.acts import ActsChanged, RequestAct, RetryAct
from console.protocol.automation import ColleagueIsFast, GoOnByHand, HandPace
from console.protocol.connection import SignIn, SignOut, TestConnection
from console.protocol.listening import ListenedCall, ListeningChanged
from console.protocol.media import Joining
from console.protocol.people import AskPerson
from console.protocol.to_engine import Focus
from console.protocol.to_window import EngineState
from console.ui.state.act_refusals import has_left
from console.ui.state.armed import READ_S
from console.ui.state.controller import WindowController
from console.ui.state.targets import Target, target_of_line, target_of_person


@pytest.fixture
def controller(session, clock, link, make):
    session.apply(
        EngineState(phase=Phase.LIVE, method=Method.SECRET, user_id="mod", profile="main")
    )
    session.apply(make.calls(make.call(), make.call("a:2")))
    session.apply(make.people(make.person("ann"), make.person("bob")))
    return WindowController(session, link, clock)


@pytest.fixture
def ann(make):
    return target_of_person(make.person("ann"), make.call())


def acts(sent):
    return [message.act for message in sent if isinstance(message, RequestAct)]


def test_choosing_a_call_focuses_the_engine_once(controller, sent, make, recorder):
    recorder.watch(call=controller.call_chosen)
    controller.choose_call(make.cid)
    controller.choose_call(make.cid)
    controller.choose_call("")
    assert sent == [Focus(cid=make.cid)]
    assert recorder.of("call") == [make.cid, ""]


def test_choosing_a_person_of_another_call_shows_its_people(controller, sent, make, recorder):
    recorder.watch(person=controller.person_chosen)
    target = target_of_line(make.said(cid="a:2"), make.call("a:2"))
    controller.choose_person(target)
    focus, asked = sent
    assert focus == Focus(cid="a:2")
    assert (asked.cid, asked.user_id) == ("a:2", "ann")
    assert controller.cid == ""
    controller.refresh_person()
    assert len(sent.of(AskPerson)) == 2
    controller.choose_call(make.cid)
    assert recorder.of("person") == [target, None]


def test_an_act_is_sent_and_logged_at_once(controller, session, sent, ann):
    act = controller.request_act("mute_audio", ann)
    assert acts(sent) == [act]
    assert (act.user_ids, act.by, act.session_id) == (("ann",), "mod", "session-hall")
    assert session.acts[act.act_id].receipt.state is ReceiptState.QUEUED


def test_the_target_stays_when_rows_change(controller, session, sent, ann, make):
    back = make.person("ann", user_session_id="ann-2")
    session.apply(make.people(make.person("eve"), back, whole=True))
    act = controller.request_act("mute_audio", ann)
    assert act.user_ids == ("ann",)


def test_without_a_target_the_chosen_person_is_meant(controller, sent, ann):
    controller.choose_person(ann)
    assert controller.request_act("revoke_audio").user_ids == ("ann",)


def test_acts_that_cannot_be_done_say_why(controller, session, sent, ann, make, recorder):
    recorder.watch(refused=controller.act_refused)
    assert controller.request_act("kick") is None
    session.apply(make.people(make.person("ann", muted=frozenset({"audio"}))))
    assert controller.request_act("mute_audio", ann) is None
    assert recorder.of("refused") == [
        ("kick", "Choose a person first."),
        ("mute_audio", "Already off, and they have not turned it on again."),
    ]
    assert acts(sent) == []


def test_without_a_choice_it_says_what_to_choose(session, clock, link, make):
    controller = WindowController(session, link, clock)
    assert controller.why_not("kick", None) == "You are not signed in."
    session.apply(EngineState(phase=Phase.LIVE, method=Method.SECRET))
    assert controller.why_not("kick", None) == "Choose a person first."
    assert controller.why_not("end_call", None) == "Choose a call first."
    gone = Target(cid="a:9", user_id="ann")
    assert controller.why_not("kick", gone) == "Choose a call first."


def test_somebody_only_heard_can_be_acted_on(controller, make):
    target = target_of_line(make.said(cid="a:2", author_id="zoe"), make.call("a:2"))
    assert controller.why_not("kick", target) == ""
    gone = Target(cid="a:9", user_id="zoe")
    assert controller.why_not("kick", gone) == "Choose a call first."


def test_a_ban_asks_for_details_first(controller, sent, ann, recorder):
    recorder.watch(details=controller.details_wanted)
    assert controller.request_act("ban", ann) is None
    assert recorder.of("details") == [("ban", (ann,))]
    act = controller.request_act("ban", ann, confirmed=True, minutes=60, reason="x", ip_ban=True)
    assert (act.minutes, act.reason, act.ip_ban) == (60, "x", True)
    assert acts(sent) == [act]


def test_a_guarded_act_on_the_shown_call_is_armed_first(controller, sent, make):
    controller.choose_call(make.cid)
    assert controller.request_act("end_call") is None
    assert acts(sent) == []
    assert controller.arming.armed.words == "End call in hall (3 people)"
    controller.request_act("end_call")
    assert [(act.kind, act.cid, act.user_ids) for act in acts(sent)] == [("end_call", make.cid, ())]


def test_several_people_are_muted_by_one_act(controller, session, sent, ann, make):
    bob = target_of_person(make.person("bob"), make.call())
    assert controller.request_act("mute_audio", [ann, bob]).user_ids == ("ann", "bob")


def test_people_of_several_calls_get_one_act_a_call(controller, session, sent, ann, make):
    bob = target_of_person(make.person("bob", cid="a:2"), make.call("a:2"))
    controller.choose_people([ann, bob])
    assert controller.chosen == (ann, bob)
    controller.request_act("mute_audio")
    assert [(act.cid, act.user_ids) for act in acts(sent)] == [
        (make.cid, ("ann",)),
        ("a:2", ("bob",)),
    ]


def test_a_request_is_answered_with_what_was_asked(controller, session, ann, make):
    session.apply(make.people(make.person("ann", asked=frozenset({"send-video", "send-audio"}))))
    act = controller.request_act("accept_request", ann)
    assert act.permissions == ("send-audio", "send-video")


def test_undo_is_sent_once(controller, session, sent, make):
    done = make.progress(state=ReceiptState.SEEN, undoable=True)
    session.apply(ActsChanged(acts=(done,)))
    undo = controller.undo("a1")
    assert (undo.kind, undo.undo_of) == ("grant_audio", "a1")
    assert controller.undo("a1") is None
    assert controller.undo("unknown") is None
    assert acts(sent) == [undo]


def test_undo_last_goes_back_one_act_at_a_time(controller, session, make, recorder):
    recorder.watch(said=controller.said)
    for number in (1, 2, 3):
        act = make.act(f"a{number}", requested_at=make.start + number)
        seen = make.progress(act, ReceiptState.SEEN, undoable=number != 3)
        session.apply(ActsChanged(acts=(seen,)))
    assert controller.undo_last().undo_of == "a2"
    assert controller.undo_last().undo_of == "a1"
    assert recorder.of("said") == []
    assert controller.undo_last() is None
    assert recorder.of("said") == [("No act of this sign-in can be undone.", "warn")]


def test_sign_in_out_retry_and_test(controller, sent):
    profile = Profile(name="main", api_key="key", method=Method.SECRET)
    controller.sign_in(profile, "secret")
    request_id = controller.test_connection(profile, "secret", print)
    controller.retry("a1")
    controller.sign_out()
    assert sent == [
        SignIn(profile=profile, secret="secret"),
        TestConnection(request_id, profile, "secret"),
        RetryAct(act_id="a1"),
        SignOut(),
    ]


def test_signing_in_again_asks_for_the_shown_call_again(controller, sent, make):
    profile = Profile(name="main", api_key="key", method=Method.SECRET)
    controller.choose_call(make.cid)
    controller.sign_out()
    controller.sign_in(profile, "secret")
    controller.sign_in(profile, "secret")
    signed_in = SignIn(profile=profile, secret="secret")
    focus = Focus(cid=make.cid)
    assert sent == [focus, SignOut(), signed_in, focus, signed_in, focus]


def test_another_account_forgets_the_choice(controller, session, sent, ann, make, recorder):
    controller.choose_call(make.cid)
    controller.choose_person(ann)
    recorder.watch(call=controller.call_chosen, person=controller.person_chosen)
    session.clear()
    assert recorder.all == [("call", ""), ("person", None)]
    assert (controller.cid, controller.target) == ("", None)


def test_nobody_is_asked_for_a_few_and_everybody_for_a_crowd(
    controller, session, sent, make, recorder
):
    recorder.watch(refused=controller.act_refused)
    crowd = [make.person(f"p{number}") for number in range(101)]
    session.apply(make.people(*crowd))
    targets = [target_of_person(person, make.call()) for person in crowd]
    assert len(controller.request_act("mute_audio", targets[:10]).user_ids) == 10
    assert controller.request_act("mute_audio", targets[:11]) is None
    assert controller.arming.armed.words == "Mute P0, P1, P2, P3, P4 and 6 more"
    assert controller.request_act("mute_audio", targets, confirmed=True) is None
    assert recorder.of("refused") == [
        ("mute_audio", "Choose 100 people at most, or act on the whole call.")
    ]


def test_one_person_on_two_devices_is_chosen_once(controller, make):
    call = make.call()
    phone = target_of_person(make.person("ann", user_session_id="phone"), call)
    controller.choose_people([target_of_person(make.person("ann"), call), phone])
    assert [target.user_id for target in controller.chosen] == ["ann"]


def test_somebody_who_left_the_list_is_not_in_the_call(controller, session, ann, make):
    assert not has_left(session, ann)
    session.apply(make.people(left=("ann-1",)))
    assert has_left(session, ann)
    session.apply(make.people(whole=True))
    assert not has_left(session, ann)  # an engine that has just started has read nothing yet
    session.apply(make.people(make.person("bob"), whole=True))
    assert controller.why_not("kick", ann) == "They are not in the call."
    heard = target_of_line(make.said(), make.call())
    assert not has_left(session, heard)
    assert controller.why_not("kick", heard) == ""


def test_somebody_who_was_only_heard_has_left_where_everybody_in_the_call_is_listed(
    controller, session, make
):
    heard = target_of_line(make.said(author_id="zoe", author_name="Zoe"), make.call())
    session.apply(make.calls(make.call(people=3)))
    assert not has_left(session, heard)  # two of three are listed
    session.apply(make.calls(make.call(people=2)))
    assert has_left(session, heard)
    assert controller.why_not("kick", heard) == "They are not in the call."
    session.apply(make.people(make.person("zoe")))
    assert not has_left(session, heard)
    session.apply(make.people(left=("zoe-1",)))
    assert has_left(session, heard)
    session.apply(make.calls(make.call(people=2, unmonitored_since=make.start)))
    assert not has_left(session, heard)


def test_a_decision_without_a_way_back_is_held_for_its_own_item(
    session, clock, link, sent, make, qtbot
):
    controller = WindowController(session, link, clock, hold_s=lambda: 0.05)
    deleted = make.act("d1", "queue_delete_user")
    kept = make.act("k1", "queue_mark_reviewed")
    controller.decide(deleted)
    controller.decide(kept)
    assert [act.act_id for act in acts(sent)] == ["k1"]
    held = controller.arming.shown
    assert held is not None
    assert held.words == "Delete user Ann"
    qtbot.waitUntil(lambda: [act.act_id for act in acts(sent)] == ["k1", "d1"])
    controller.decide(make.act("d2", "queue_delete_user"))
    assert controller.arming.stop()
    assert controller.arming.shown is None


@pytest.fixture
def too_fast(session, clock):
    """This moderator acts far above what is usual."""
    now = clock.now()
    session.apply(HandPace(acts=45, seconds=130.0, usual=6.4, asks_until=now + 300.0))
    return now


def test_who_acts_far_above_the_usual_is_asked_once(controller, sent, ann, too_fast, clock):
    assert controller.request_act("mute_audio", ann) is None
    words = "45 acts in 2 minutes, where 6 in ten are usual. Go on for 10 minutes: Mute"
    assert controller.arming.armed.words.startswith(words)
    assert acts(sent) == []
    clock.time += READ_S
    controller.request_act("mute_audio", ann)
    assert [act.kind for act in acts(sent)] == ["mute_audio"]
    assert [message.until for message in sent.of(GoOnByHand)] == [
        pytest.approx(too_fast + 600, abs=5)
    ]
    assert controller.request_act("mute_audio", ann) is not None  # no question for ten minutes


def test_the_second_press_of_a_habit_is_no_answer_to_the_guard(
    controller, sent, ann, too_fast, clock
):
    controller.request_act("block", ann)
    clock.time += READ_S / 3
    controller.request_act("block", ann)
    assert acts(sent) == sent.of(GoOnByHand) == []
    clock.time += READ_S / 3
    assert controller.arming.click_again()
    assert acts(sent) == sent.of(GoOnByHand) == []
    assert controller.arming.armed.words.startswith("Read first: 45 acts in 2 minutes")
    clock.time += READ_S / 3 + 0.01
    controller.request_act("block", ann)
    assert [act.kind for act in acts(sent)] == ["block"]
    assert len(sent.of(GoOnByHand)) == 1


def test_stopping_what_the_guard_asks_does_nothing(controller, sent, ann, too_fast):
    controller.request_act("mute_audio", ann)
    controller.arming.stop()
    assert acts(sent) == sent.of(GoOnByHand) == []
    assert controller.request_act("mute_audio", ann) is None  # it asks again


def test_the_guard_asks_before_a_form_and_never_before_giving_back(
    controller, session, sent, make, ann, recorder, too_fast, clock
):
    recorder.watch(form=controller.details_wanted)
    controller.request_act("ban", ann)
    assert recorder.of("form") == []
    clock.time += READ_S
    controller.request_act("ban", ann)
    assert len(recorder.of("form")) == 1
    session.hand.clear()
    session.apply(HandPace(acts=45, seconds=130.0, asks_until=too_fast + 300.0))
    assert controller.request_act("reactivate_user", ann) is not None
    assert controller.request_act("ban", ann, confirmed=True, minutes=5) is not None


def test_a_colleague_who_is_too_fast_is_reported(controller, session, recorder):
    recorder.watch(problem=session.problem_found)
    session.apply(
        ColleagueIsFast(user_id="u2", name="Eve\u202e", at=7.0, acts=60, seconds=55.0, usual=0.0)
    )
    (problem,) = recorder.of("problem")
    assert problem.place == "team"
    assert "did 60 acts in 1 minute, where none are usual." in problem.sentence
    assert "\u202e" not in problem.sentence


def test_a_message_that_is_deleted_says_so_and_is_still_one(controller, session, make):
    body = Text("hello", channel="messaging:hall")
    item = make.said("m1", kind=MESSAGE)
    item = replace(item, body=body)
    session.apply(make.heard(item))
    controller.choose_person(target_of_line(item, session.call(item.cid)))
    session.apply(make.heard(replace(item, body=replace(body, deleted=SOFTLY))))
    assert controller.why_not("delete_message", controller.target) == "It is deleted already."


def test_nothing_is_done_to_the_own_seat_that_listens(controller, session, make, recorder, sent):
    me = make.person("mod")
    session.apply(make.people(make.person("ann"), me))
    mine, ann = (target_of_person(make.person(who), make.call()) for who in ("mod", "ann"))
    assert not controller.why_not("kick", mine)
    listened = ListenedCall(cid=make.cid, why="by hand", state=Joining.JOINED)
    session.apply(ListeningChanged(calls=(listened,)))
    why = "This is you, here to listen: stop listening to the call instead."
    for kind in ("mute_audio", "revoke_audio", "warn", "kick", "block", "ban", "deactivate_user"):
        assert controller.why_not(kind, mine) == why
        assert not controller.why_not(kind, ann)
    assert not controller.why_not("flag", mine)
    recorder.watch(refused=controller.act_refused)
    controller.request_act("mute_audio", [mine], pointed=True)
    assert not acts(sent)
    assert recorder.of("refused") == [("mute_audio", why)]
    session.apply(ListeningChanged())
    assert not controller.why_not("mute_audio", mine)
