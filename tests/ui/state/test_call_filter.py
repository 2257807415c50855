import pytest

from console.ui.state.call_filter import CallFacts, read_filter


@pytest.fixture
def facts(make):
    def about(heat=0.0, raised=0, asking=0, pinned=False, watchers=None, **fields):
        call = make.call("livestream:hall", name="Große Bühne 7", **fields)
        return CallFacts(call, heat, raised, asking, pinned, watchers)

    return about


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("", {}),
        ("grosse 7", {}),
        ("hall", {}),
        ("type:live", {}),
        ("is:unheard", {"unmonitored_since": 5.0}),
        ("is:backstage", {"backstage": True}),
        ("is:warm heat>=4", {"heat": 4.0}),
        ("is:open open>1", {"raised": 2}),
        ("is:asking", {"asking": 1}),
        ("is:watched", {"watchers": ("you",)}),
        ("is:unwatched", {"watchers": ()}),
        ("is:pinned -is:unheard", {"pinned": True}),
        ("people>100 people<=200", {"people": 200}),
    ],
)
def test_a_call_that_has_all_of_it_passes(facts, typed, fields):
    wanted = read_filter(typed)
    assert wanted.trouble == ""
    assert wanted.passes(facts(**fields))


@pytest.mark.parametrize(
    "typed",
    [
        "grosse 8",
        "type:default",
        "is:unheard",
        "is:unwatched",
        "heat>0",
        "people>100",
        "-hall",
        "-type:live",
    ],
)
def test_a_call_that_lacks_one_of_it_does_not(facts, typed):
    assert not read_filter(typed).passes(facts(people=100))


def test_what_is_not_understood_is_said_and_hides_nothing(facts):
    wanted = read_filter("is:loud people>many hall")
    assert wanted.trouble.startswith("“is:loud” is not understood; is: goes with open, warm")
    assert wanted.passes(facts())
    assert read_filter("people>many").trouble.endswith("a number goes like people>100.")


def test_a_filter_of_any_length_is_read_up_to_its_bound(facts):
    assert read_filter("hall " * 10_000).passes(facts())
    assert len(read_filter("hall " * 10_000).tests) == 80
