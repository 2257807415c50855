import pytest

from console.ui.state import arming as module
from console.ui.state.armed import SETTLE_S, Armed
from console.ui.state.arming import Arming

KICK = Armed(wish=("kick", "dorian"), words="Kick Dorian", title="Kick")
BLOCK = Armed(wish=("block", "dorian"), words="Block Dorian", title="Block")


@pytest.fixture
def arming(qapp, clock):
    return Arming(clock)


@pytest.fixture
def done():
    return []


def test_the_second_press_does_it(arming, done):
    arming.press(KICK, lambda: done.append("kick"))
    assert done == []
    arming.press(KICK, lambda: done.append("kick"))
    assert (done, arming.shown) == (["kick"], None)


def test_another_wish_is_armed_instead(arming, done):
    arming.press(KICK, lambda: done.append("kick"))
    arming.press(BLOCK, lambda: done.append("block"))
    assert (done, arming.armed.words) == ([], "Block Dorian")


def test_esc_stops_it_and_says_so(arming, done, recorder):
    recorder.watch(ended=arming.ended)
    arming.press(KICK, lambda: done.append("kick"))
    assert arming.stop()
    assert not arming.stop()
    arming.press_again()
    assert done == []
    assert recorder.of("ended") == [("Kick Dorian: stopped, nothing was done.", "")]


def test_it_ends_by_itself_and_says_so(qapp, clock, done, recorder, qtbot, monkeypatch):
    monkeypatch.setattr(module, "ARMED_S", 0.02)
    arming = Arming(clock)
    recorder.watch(ended=arming.ended)
    arming.press(KICK, lambda: done.append("kick"))
    qtbot.waitUntil(lambda: arming.shown is None)
    ((sentence, token),) = recorder.of("ended")
    assert sentence.startswith("Kick Dorian: not done. It was not pressed again")
    assert (token, done) == ("warn", [])


def test_a_click_in_the_moment_in_which_it_appeared_does_not_count(arming, clock, done):
    arming.press(KICK, lambda: done.append("kick"))
    clock.time += SETTLE_S / 2
    assert not arming.click_again()
    clock.time += SETTLE_S
    assert arming.click_again()
    assert done == ["kick"]


def test_what_is_held_is_done_when_its_time_has_come(arming, clock, done, qtbot):
    arming.hold(KICK, 0.02, lambda: done.append("kick"))
    assert arming.shown.due == pytest.approx(clock.time + 0.02)
    qtbot.waitUntil(lambda: done == ["kick"])
    assert arming.shown is None


def test_esc_stops_everything_that_is_held(arming, done, recorder, qtbot):
    recorder.watch(ended=arming.ended)
    arming.hold(KICK, 0.05, lambda: done.append("kick"))
    arming.hold(BLOCK, 0.05, lambda: done.append("block"))
    assert arming.stop()
    arming.hold(KICK, 0.1, lambda: done.append("later"))
    qtbot.waitUntil(lambda: bool(done))
    assert done == ["later"]
    assert recorder.of("ended") == [("Kick Dorian, Block Dorian: stopped, nothing was done.", "")]
