"""Whose picture is looked at next."""

from console.domain.call import Participant
from console.engine.services.avatar_queue import AvatarQueue, Shown


def person(user_id, cid="default:one"):
    return Participant(cid=cid, user_id=user_id, user_session_id="s", name=user_id)


def taken(queue, heats):
    found = []
    while (each := queue.take(heats)) is not None:
        found.append((each[0].user_id, each[1].url))
    return found


def test_nobody_of_five_thousand_is_left_out_and_the_hottest_call_goes_first():
    queue = AvatarQueue()
    for number in range(5_000):
        queue.put(person(f"p{number}", f"default:{number % 200}"), Shown("s", f"u{number}"))
    assert len(queue) == 5_000
    order = taken(queue, {"default:7": 3.0})
    assert len(order) == 5_000
    assert [user_id for user_id, _ in order[:25]] == [f"p{7 + 200 * turn}" for turn in range(25)]


def test_who_changes_their_picture_again_waits_once_and_who_leaves_not_at_all():
    queue = AvatarQueue()
    queue.put(person("ann"), Shown("s", "first"))
    queue.put(person("bob"), Shown("s", "his"))
    queue.put(person("ann"), Shown("s", "second"))
    queue.put(person("eve", "default:two"), Shown("s", "hers"))
    queue.drop("default:one", "bob")
    queue.drop("default:one", "nobody")
    queue.drop_call("default:two")
    assert taken(queue, {}) == [("ann", "second")]
    assert len(queue) == 0
