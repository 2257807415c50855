"""Which events are echoes of our own acts: by when they were made, not by when they arrived."""

import pytest

from console.domain.act import Act, Receipt, ReceiptState
from console.engine.services.sanctions.expected_events import ECHO_S, ExpectedEvents
from console.protocol.acts import ActProgress
from tests.engine.sanctions.board import CID, LeapingClock

ANN = (CID, "ann")
AHEAD = 1_000.0


@pytest.fixture
def clock():
    return LeapingClock()


@pytest.fixture
def expected(clock):
    return ExpectedEvents(clock, lambda: AHEAD)


def revoked(expected, act_id):
    act = Act(act_id=act_id, kind="revoke_audio", cid=CID, requested_at=0.0, user_ids=("ann",))
    receipt = Receipt(act_id=act_id, state=ReceiptState.SENT, attempts=1)
    expected.note(ActProgress(act=act, receipt=receipt))


def test_an_event_that_was_held_up_says_when_it_was_made(expected, clock):
    revoked(expected, "one")
    made = clock.now() + AHEAD + 1.0
    clock.skip(3_600.0)
    assert expected.take(ANN, made)
    assert not expected.take(ANN, made)


def test_what_was_made_long_after_our_act_is_somebody_elses(expected, clock):
    revoked(expected, "one")
    clock.skip(ECHO_S + 30.0)
    assert not expected.take(ANN, clock.now() + AHEAD)


def test_one_echo_is_expected_for_each_request(expected, clock):
    revoked(expected, "one")
    revoked(expected, "two")
    made = clock.now() + AHEAD
    assert [expected.take(ANN, made) for _ in range(3)] == [True, True, False]


def test_an_event_without_a_time_is_ours_if_it_comes_soon(expected, clock):
    revoked(expected, "one")
    revoked(expected, "two")
    assert expected.take(ANN, 0.0)
    clock.skip(ECHO_S + 1.0)
    assert not expected.take(ANN, 0.0)
