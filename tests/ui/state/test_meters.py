import pytest

from console.base.percentiles import Percentiles
from console.domain.act import ReceiptState
from console.protocol.acts import ActsChanged
from console.ui.state.meters import FrameMeter, Meters
from console.ui.transcript.transcript_model import TranscriptModel


@pytest.fixture
def transcript(session):
    return TranscriptModel(session)


@pytest.fixture
def meters(session, transcript, clock):
    return Meters(session, clock)


def test_spoken_to_shown_to_judged(meters, session, make, clock):
    clock.time = make.start + 0.25
    session.apply(make.heard(make.said(end_time=make.start), verdicts=[make.local()]))
    assert meters.spoken_to_shown.total().max == pytest.approx(250, abs=0.01)
    clock.time += 0.5
    session.apply(make.judged(make.verdict()))
    session.apply(make.judged(make.verdict(action="remove")))
    assert meters.shown_to_judged.total().n == 1
    assert meters.shown_to_judged.total().max == pytest.approx(500, abs=0.01)


def test_replayed_and_waiting_lines_are_not_measured(meters, session, transcript, make):
    session.apply(make.heard(make.said("u0"), replay=True))
    transcript.hold()
    session.apply(make.heard(make.said("u1")))
    transcript.release()
    assert meters.spoken_to_shown.total().n == 0


def test_a_line_judged_at_once_has_no_wait(meters, session, make):
    session.apply(make.heard(make.said(), verdicts=[make.verdict()]))
    session.apply(make.judged(make.verdict(action="remove")))
    assert meters.shown_to_judged.total().n == 0


def test_click_to_receipt_counts_each_step_once(meters, session, make):
    act = make.act()
    times = {"accepted_at": make.start + 0.04, "seen_at": make.start + 0.1}
    for state in (ReceiptState.ACCEPTED, ReceiptState.SEEN):
        session.apply(ActsChanged(acts=(make.progress(act, state, **times),)))
    assert meters.click_to_accepted.total().n == 1
    assert meters.click_to_seen.total().p99 == pytest.approx(100, abs=0.01)


def test_acts_of_an_earlier_run_are_not_measured(meters, session, make):
    old = make.act(requested_at=make.start - 100)
    seen = make.progress(old, ReceiptState.SEEN, accepted_at=make.start, seen_at=make.start)
    session.apply(ActsChanged(acts=(seen,)))
    assert meters.click_to_seen.total().n == 0


def test_frames_are_measured_while_started(qtbot):
    frames = FrameMeter()
    frames.start()
    qtbot.waitUntil(lambda: frames.summary().n >= 5, timeout=5000)
    frames.stop()
    count = frames.summary().n
    assert frames.summary().p50 >= 1.0
    frames.reset()
    assert count >= 5
    assert frames.summary() == Percentiles()
