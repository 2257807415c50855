from console.protocol.to_window import NoticeKind
from console.ui.state.permission_requests import OpenRequests

T = 1_800_000_000.0


def test_the_people_of_a_call_decide_what_is_open_there(make):
    requests = OpenRequests()
    asking = make.person("ann", asked=frozenset({"send-video", "send-audio"}))
    assert requests.follow_people(make.cid, [asking, make.person("bob")], T)
    assert not requests.follow_people(make.cid, [asking], T + 5)
    (request,) = requests.all()
    assert (request.user_id, request.at) == ("ann", T)
    assert request.permissions == ("send-audio", "send-video")
    assert requests.follow_people(make.cid, [make.person("ann")], T + 9)
    assert len(requests) == 0


def test_two_devices_ask_as_one_person(make):
    requests = OpenRequests()
    requests.follow_people(
        make.cid,
        [
            make.person("ann", user_session_id="1", asked=frozenset({"send-audio"})),
            make.person("ann", user_session_id="2", asked=frozenset({"screenshare"})),
        ],
        T,
    )
    assert [request.permissions for request in requests.all()] == [("screenshare", "send-audio")]


def test_people_of_one_call_leave_other_calls_alone(make):
    requests = OpenRequests()
    requests.follow_notices([make.notice(NoticeKind.ASKED, cid="a:2")])
    assert not requests.follow_people(make.cid, [], T)
    assert (requests.count("a:2"), requests.count(make.cid), requests.count("")) == (1, 0, 1)


def test_asking_again_moves_to_the_end_and_keeps_what_is_known(make):
    requests = OpenRequests()
    requests.follow_people(make.cid, [make.person("ann", asked=frozenset({"send-audio"}))], T)
    requests.follow_notices([make.notice(NoticeKind.ASKED, user_ids=("bob",), at=T + 1)])
    requests.follow_notices([make.notice(NoticeKind.ASKED, at=T + 2)])
    assert [(r.user_id, r.at, r.permissions) for r in requests.all()] == [
        ("bob", T + 1, ()),
        ("ann", T + 2, ("send-audio",)),
    ]


def test_what_concerns_nobody_who_asked_changes_nothing(make):
    requests = OpenRequests()
    assert not requests.follow_notices([make.notice(NoticeKind.LEFT)])
    assert not requests.keep_calls([])
    requests.follow_notices([make.notice(NoticeKind.ASKED)])
    requests.clear()
    assert requests.all() == ()
