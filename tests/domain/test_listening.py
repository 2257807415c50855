"""Which calls are listened to: by hand, by rules, within limits, and who waits."""

from console.domain.call import Call
from console.domain.listening import BY_HAND, HOT, NO_CAPTIONS, ListeningRules, plan


def call(cid, *, captioning=True, session="s", ended=0.0):
    kind, _, call_id = cid.partition(":")
    return Call(
        cid=cid,
        type=kind,
        id=call_id,
        name=call_id,
        session_id=session,
        captioning=captioning,
        ended_at=ended,
    )


def test_nothing_is_listened_to_unless_somebody_wants_it():
    calls = [call("default:a", captioning=False), call("default:b")]
    assert plan(calls, (), {"default:a": 50.0}, ListeningRules()) == ()


def test_what_was_chosen_by_hand_comes_first_and_only_while_it_runs():
    calls = [call("default:a"), call("default:b"), call("default:c", ended=5.0)]
    chosen = ("default:b", "default:c", "default:gone")
    found = plan(calls, chosen, {"default:a": 9.0}, ListeningRules(hot=4.0))
    assert [(each.cid, each.why) for each in found] == [
        ("default:b", BY_HAND),
        ("default:a", HOT),
    ]


def test_each_rule_has_its_limit_and_the_hottest_go_first():
    calls = [call(f"default:{name}", captioning=False) for name in "abcd"]
    heats = {"default:c": 3.0, "default:b": 1.0}
    found = plan(calls, (), heats, ListeningRules(uncaptioned=2))
    assert [(each.cid, each.why) for each in found] == [
        ("default:c", NO_CAPTIONS),
        ("default:b", NO_CAPTIONS),
    ]


def test_beyond_what_is_heard_at_once_calls_wait_by_heat():
    calls = [call(f"default:{name}") for name in "abc"]
    rules = ListeningRules(hot=1.0, hot_calls=9, at_once=2)
    found = plan(calls, ("default:a",), {"default:b": 2.0, "default:c": 8.0}, rules)
    assert [(each.cid, each.queued) for each in found] == [
        ("default:a", False),
        ("default:c", False),
        ("default:b", True),
    ]


def test_two_calls_that_are_about_equally_hot_do_not_take_turns():
    calls = [call(f"default:{name}", captioning=False) for name in "ab"]
    rules = ListeningRules(uncaptioned=1)

    def chosen(heats, *joined):
        return [each.cid for each in plan(calls, (), heats, rules, joined)]

    assert chosen({"default:a": 1.0, "default:b": 1.2}, "default:a") == ["default:a"]
    assert chosen({}, "default:b") == ["default:b"]
    assert chosen({"default:a": 1.0, "default:b": 2.5}, "default:a") == ["default:b"]


def test_a_call_that_cools_is_not_left_at_the_first_moment():
    calls = [call("default:a")]
    rules = ListeningRules(hot=4.0)
    assert plan(calls, (), {"default:a": 3.0}, rules) == ()
    assert plan(calls, (), {"default:a": 3.0}, rules, ("default:a",))[0].why == HOT
    assert plan(calls, (), {"default:a": 1.9}, rules, ("default:a",)) == ()
