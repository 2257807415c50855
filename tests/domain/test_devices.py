"""One person on several devices."""

from console.domain.call import Participant
from console.domain.devices import as_one, devices_of, one_each


def device(number, **fields):
    fields.setdefault("joined_at", float(number))
    return Participant(
        cid="default:hall",
        user_id=fields.pop("user_id", "ann"),
        user_session_id=f"ann-{number}",
        name="Ann",
        **fields,
    )


def test_one_device_is_the_person():
    one = device(1)
    assert as_one([one]) is one


def test_what_any_device_sends_is_sent():
    phone = device(2, muted=frozenset({"audio"}), asked=frozenset({"screenshare"}))
    laptop = device(1, live=frozenset({"audio", "video"}), live_known=True, banned=True)
    both = as_one([phone, laptop])
    assert both.user_session_id == "ann-1"  # joined first
    assert both.live == {"audio", "video"}
    assert both.muted == set()
    assert both.asked == {"screenshare"}
    assert both.live_known
    assert both.banned


def test_what_every_device_has_muted_is_muted():
    muted = frozenset({"audio"})
    both = as_one([device(1, muted=muted, live=muted), device(2, muted=muted)])
    assert both.muted == {"audio"}
    assert both.live == set()


def test_who_did_not_change_stays_the_same_object():
    people = [device(1), device(2), device(3, user_id="ben")]
    before = one_each(devices_of(people), {})
    after = one_each(devices_of(people), before)
    assert list(after) == ["ann", "ben"]
    assert all(after[key] is before[key] for key in after)
    changed = one_each(devices_of([device(1, banned=True), *people[1:]]), before)
    assert changed["ann"] is not before["ann"]
    assert changed["ben"] is before["ben"]
