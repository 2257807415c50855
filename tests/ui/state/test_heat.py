import pytest

from console.domain.heat import HALF_LIFE, weight
from console.domain.verdict import KEEP, REMOVE, Severity
from console.ui.state.heat import (
    BUCKET_SECONDS,
    BUCKETS,
    Buckets,
    CallHeat,
    HeatOfCalls,
)

T = 1_800_000_000.0


@pytest.mark.parametrize(
    ("action", "severity", "expected"),
    [
        (KEEP, Severity.CRITICAL, 0.0),
        ("mask", Severity.MEDIUM, 1.0),
        ("flag", Severity.NONE, 1.0),
        ("flag", Severity.HIGH, 3.0),
        ("never heard of", Severity.LOW, 1.0),
        (REMOVE, Severity.CRITICAL, 10.0),
    ],
)
def test_a_verdict_weighs_by_severity_and_action(make, action, severity, expected):
    assert weight(make.verdict(action=action, severity=severity)) == expected


def test_heat_halves_every_half_life(make):
    heat = CallHeat()
    heat.judge("u1", T, None, make.verdict(severity=Severity.CRITICAL), seen=False)
    assert heat.value(T) == 5.0
    assert heat.value(T + HALF_LIFE) == pytest.approx(2.5)
    assert heat.value(T + HALF_LIFE * 20) == 0.0


def test_a_changed_verdict_replaces_what_the_earlier_one_added(make):
    heat = CallHeat()
    local = make.local(action="flag")
    heat.judge("u1", T, None, local, seen=False)
    heat.judge("u2", T + 30, None, make.verdict("u2"), seen=False)
    heat.judge("u1", T, local, make.verdict(action=KEEP), seen=False)
    assert heat.value(T + 30) == pytest.approx(2.0)
    assert heat.unseen == {"u2"}
    assert heat.raised.read(T + 30)[-1] == 1


def test_a_raised_line_is_unseen_only_when_nobody_looks(make):
    heat = CallHeat()
    heat.judge("u1", T, None, make.verdict(), seen=True)
    heat.judge("u2", T, None, make.verdict("u2"), seen=False)
    assert heat.unseen == {"u2"}


def test_a_line_that_was_dropped_is_not_waited_for(make):
    calls = HeatOfCalls()
    said, elsewhere = make.said("u2"), make.said("u9", cid="a:2")
    calls.judge(said, None, make.verdict("u2"), replay=False)
    assert calls[make.cid].unseen == {"u2"}
    calls.forget([said, elsewhere])
    assert calls[make.cid].unseen == set()
    assert "a:2" not in calls


def test_whoever_follows_a_call_has_seen_its_lines(make):
    calls = HeatOfCalls()
    for cid, key in ((make.cid, "u1"), ("a:2", "u2")):
        calls.judge(make.said(key, cid=cid), None, make.verdict(key), replay=False)
    assert calls.see(make.cid) == (make.cid,)
    calls.judge(make.said("u3"), None, make.verdict("u3"), replay=False)
    assert calls[make.cid].unseen == set()
    assert calls.see(None) == ()
    assert calls.see("") == ("a:2",)


def test_buckets_roll_and_forget():
    buckets = Buckets()
    buckets.add(T)
    buckets.add(T + 1)
    buckets.add(T + BUCKET_SECONDS)
    assert buckets.read(T + BUCKET_SECONDS)[-2:] == (2, 1)
    buckets.add(T - BUCKET_SECONDS * BUCKETS * 2)  # too old to count
    assert sum(buckets.read(T + BUCKET_SECONDS)) == 3
    assert buckets.read(T + BUCKET_SECONDS * 4)[-5:] == (2, 1, 0, 0, 0)
    assert buckets.read(T + BUCKET_SECONDS * 100) == (0,) * BUCKETS


def test_a_late_verdict_counts_in_the_stretch_of_its_line(make):
    heat = CallHeat()
    heat.heard(T)
    heat.heard(T + BUCKET_SECONDS)
    heat.judge("u1", T, None, make.verdict(), seen=False)
    assert heat.raised.read(T + BUCKET_SECONDS)[-2:] == (1, 0)
    assert heat.talk.read(T + BUCKET_SECONDS)[-2:] == (1, 1)


def test_a_call_falls_silent(make):
    heat = CallHeat()
    assert not heat.talking(T)
    heat.heard(T)
    assert heat.talking(T)
    assert heat.talking(T + BUCKET_SECONDS * (BUCKETS - 1))
    assert not heat.talking(T + BUCKET_SECONDS * BUCKETS)
