from console.ui.widgets.held_key import SAME_PRESS_MS, HeldKey


def test_a_press_right_after_the_release_of_the_same_key_is_no_new_one():
    keys = HeldKey()
    assert not keys.press(88, 1_000, repeats=False)
    keys.release(88, 1_660)
    assert keys.press(88, 1_660, repeats=False)
    keys.release(88, 1_700)
    assert keys.press(88, 1_700 + SAME_PRESS_MS, repeats=False)


def test_a_press_after_a_moment_or_of_another_key_is_a_new_one():
    keys = HeldKey()
    keys.release(88, 1_000)
    assert not keys.press(88, 1_001 + SAME_PRESS_MS, repeats=False)
    assert not keys.press(77, 1_001, repeats=False)


def test_where_the_system_tells_repeats_it_is_believed():
    assert HeldKey().press(88, 0, repeats=True)


def test_events_without_a_time_tell_nothing():
    keys = HeldKey()
    keys.release(88, 0)
    assert not keys.press(88, 0, repeats=False)
