from console.ui.wall.slots import Filled, Slots


def wall(*cids):
    slots = Slots()
    slots.arrange(cids)
    return slots


def test_a_new_call_takes_no_place_from_one_that_goes_on():
    slots = wall("a", "b", "c")
    assert slots.fill(["a", "b", "c", "d"], free=()) == Filled(added=1)
    assert list(slots.cids) == ["a", "b", "c", "d"]


def test_a_new_call_takes_the_first_place_whose_call_is_over():
    slots = wall("a", "b", "c")
    assert slots.fill(["a", "d", "e"], free={"b", "c"}) == Filled(taken=(1, 2))
    assert list(slots.cids) == ["a", "d", "e"]
    assert (slots.place_of("d"), slots.place_of("b")) == (1, -1)


def test_a_call_that_is_over_keeps_its_place_while_nobody_needs_it():
    slots = wall("a", "b")
    assert slots.fill(["a"], free={"b"}) == Filled()
    assert slots.place_of("b") == 1


def test_calls_beyond_the_free_places_stand_at_the_end():
    slots = wall("a", "b")
    assert slots.fill(["c", "d", "e"], free={"a"}) == Filled(taken=(0,), added=2)
    assert list(slots.cids) == ["c", "b", "d", "e"]
    assert [slots.place_of(cid) for cid in slots.cids] == [0, 1, 2, 3]
