"""How fast an account acts against people, press by press."""

from msgspec.structs import replace

from console.domain.act import AUTOMATION, Act
from console.domain.acts.against_people import is_counted, press_of
from console.domain.automation.guard import WINDOW_S, too_many_until
from console.domain.automation.pace import Pace

NOW = 1_800_000_000.0


def speed(pace, now=NOW):
    return pace.speed(now, least=3, factor=2.0)


def act(kind="kick", **fields):
    return Act(
        **{"act_id": "x", "kind": kind, "cid": "a:1", "requested_at": 5.0, "by": "mod"} | fields
    )


def test_only_what_a_person_takes_from_others_is_counted():
    taken = ("mute_audio", "kick", "ban", "revoke_video", "suspend_call", "queue_ban")
    assert all(is_counted(act(kind)) for kind in taken)
    given = ("unblock", "unban", "grant_audio", "resume_call", "refuse_request", "queue_restore")
    assert not any(is_counted(act(kind)) for kind in given)
    others = (act(by=AUTOMATION), act(by=""), act(undo_of="y"), act(act_id="hold-1"))
    assert not any(map(is_counted, others))


def test_one_press_over_many_counts_once():
    assert press_of(act(act_id="1", together="t")) == press_of(act(act_id="2", together="t"))
    assert press_of(act(act_id="1")) == press_of(act(act_id="2"))  # one decision about several
    assert press_of(act()) != press_of(replace(act(), requested_at=6.0))
    pace = Pace()
    assert [pace.add("t", NOW - 1), pace.add("t", NOW - 1), pace.add("u", NOW - 2)] == [
        True,
        False,
        True,
    ]
    assert speed(pace).acts == 2


def test_it_is_too_many_until_enough_of_them_are_past():
    pace = Pace()
    for number in range(3):
        pace.add(str(number), NOW - 60 + number * 10)
    found = speed(pace)
    assert (found.acts, found.seconds, found.usual) == (3, 60.0, 0.0)
    assert found.too_many_until == NOW - 60 + WINDOW_S
    assert speed(pace, found.too_many_until).too_many_until == 0.0
    assert too_many_until([NOW], NOW, least=3, factor=2.0) == 0.0


def test_what_was_usual_last_week_is_normal():
    pace = Pace()
    for number in range(5):
        pace.add(f"before {number}", NOW - 2 * WINDOW_S - number)
    for number in range(9):
        pace.add(f"now {number}", NOW - number)
    assert speed(pace).too_many_until == 0.0
    pace.add("one more", NOW)
    assert speed(pace).too_many_until > NOW
