"""Names of people through the real SDK and a served sandbox: judged when they come or change."""

import asyncio

from console.domain.item import NAME, Name
from console.domain.raised import RaisedState
from console.domain.sign_in import Method
from console.domain.verdict import FLAG, KEEP, LOOK_ALIKE, Source
from console.engine.sources.names import CONFIG_KEY
from console.protocol.raised import RaisedChanged
from tests.engine.conftest import Console

CID = "default:one"
LISTED = "grumbletron"
REFUSED = b'{"code":4,"message":"no such policy","StatusCode":400}'


def judge_by_a_list(sandbox, key=CONFIG_KEY):
    """The sandbox's policy for names: a word list that flags."""
    judging = sandbox.world.judging
    judging.put_blocklist({"name": "insults", "words": [LISTED]}, new=True)
    rules = {"enabled": True, "rules": [{"name": "insults", "action": "flag"}]}
    judging.put_config(key, {"block_list_config": rules})


def count_checks(sandbox):
    """The names that Stream was asked about, in the order in which it was."""
    asked = []
    judging = sandbox.world.judging
    check = judging.check

    def counted(content, **more):
        if content.entity_type == "stream:v1:user_profile":
            asked.append(content)
        return check(content, **more)

    judging.check = counted
    return asked


async def begin(sandbox, console, *people, method=Method.SECRET):
    """Signed in to a call that Olive hosts, with ``people`` in it."""
    sandbox.world.add_user("olive", "Olive Marsh")
    sandbox.world.control.create(
        "default", "one", created_by="olive", name="One", members=(("olive", "host"),)
    )
    for user_id in ("olive", *people):
        sandbox.join(CID, user_id)
    console.router.answer(sandbox.sign_in(method))
    await console.live(CID)


def rename(sandbox, user_id, name):
    sandbox.world.accounts.change(user_id, {"name": name}, ())


def names(console):
    return [(item.author_id, item.text) for item in console.lines if item.kind == NAME]


def verdicts(console, source):
    return [each for each in console.verdicts if each.source is source]


def states(console):
    """What became of each raised name at last, by the person."""
    return {
        one.item.author_id: one.state
        for message in console.of(RaisedChanged)
        for one in message.changed
        if one.item.kind == NAME
    }


async def test_a_bad_name_is_raised_by_both_policies_when_somebody_comes(sandbox, console):
    judge_by_a_list(sandbox)
    await begin(sandbox, console, "ann")

    sandbox.world.add_user("bo", "Stupid_Idiot_88")
    sandbox.join(CID, "bo")
    await console.until(lambda: verdicts(console, Source.STREAM))

    (item,) = console.lines
    assert (item.kind, item.author_id, item.text) == (NAME, "bo", "Stupid_Idiot_88")
    here, stream = console.verdicts
    assert (here.source, here.action, here.provisional) == (Source.LOCAL, FLAG, True)
    words = [item.text[match.start : match.end] for match in here.matches]
    assert words == ["Stupid", "Idiot"]
    assert (stream.action, stream.provisional) == (KEEP, False), "its list has another word"


async def test_who_was_there_before_is_judged_too_and_good_names_are_no_lines(sandbox, console):
    sandbox.world.add_user("bo", "You absolute moron")
    await begin(sandbox, console, "ann", "bo")
    await console.until(lambda: names(console))
    await console.until(lambda: console.pulse.names_judged == 3)
    assert names(console) == [("bo", "You absolute moron")]


async def test_a_name_that_only_stream_objects_to_is_raised_when_it_answers(sandbox, console):
    judge_by_a_list(sandbox)
    await begin(sandbox, console)
    sandbox.world.add_user("bo", "Grumbletron")
    sandbox.join(CID, "bo")
    await console.until(lambda: verdicts(console, Source.STREAM))
    assert [(each.source, each.action) for each in console.verdicts] == [
        (Source.LOCAL, KEEP),
        (Source.STREAM, FLAG),
    ]
    assert states(console) == {"bo": RaisedState.OPEN}


async def test_a_thousand_people_of_one_name_cost_one_check(sandbox, console):
    judge_by_a_list(sandbox)
    asked = count_checks(sandbox)
    await begin(sandbox, console)
    for number in range(1_000):
        sandbox.world.add_user(f"raider-{number}", "Grumbletron")
        sandbox.world.attendance.join(CID, f"raider-{number}")
    await console.until(lambda: len(states(console)) == 1_000, timeout=30.0)

    await console.until(lambda: console.pulse.names_judged == 1_001)
    assert sorted(content.payload["texts"][0] for content in asked) == [
        "Grumbletron",
        "Olive Marsh",
    ]
    assert all(content.test_mode and content.config_key == CONFIG_KEY for content in asked)
    assert not sandbox.world.judging.items, "a test leaves nothing in the review queue"


async def test_a_change_of_name_withdraws_what_was_raised_and_raises_it_again(sandbox, console):
    await begin(sandbox, console)
    sandbox.world.add_user("bo", "Stupid Idiot")
    sandbox.join(CID, "bo")
    judge_by_a_list(sandbox)
    await console.until(lambda: "bo" in states(console))

    rename(sandbox, "bo", "Bo Lind")
    await console.until(lambda: states(console)["bo"] is RaisedState.WITHDRAWN)
    rename(sandbox, "bo", "Grumbletron Idiot")
    await console.until(lambda: states(console)["bo"] is RaisedState.OPEN)

    items = [item for item in console.lines if item.kind == NAME]
    assert [item.text for item in items] == ["Stupid Idiot", "Bo Lind", "Grumbletron Idiot"]
    assert [item.revision for item in items] == [0, 1, 2]
    assert len({item.item_id for item in items}) == 1


async def test_a_look_alike_of_the_host_is_raised_and_outlasts_stream(sandbox, console):
    await begin(sandbox, console, "ann")
    rename(sandbox, "ann", "0live  Marsh")
    await console.until(lambda: verdicts(console, Source.STREAM))

    (item,) = console.lines
    assert item.body == Name("0live  Marsh", "Olive Marsh", "host")
    here, stream = console.verdicts
    assert [match.kind for match in here.matches] == [LOOK_ALIKE]
    assert here.why == "It can be taken for the name of a host of this call."
    assert stream.action == KEEP
    assert states(console) == {"ann": RaisedState.OPEN}, "Stream does not know who hosts"


async def test_the_answer_about_an_earlier_name_says_nothing_of_the_new_one(sandbox, console):
    await begin(sandbox, console)
    await console.until(lambda: console.pulse.names_judged == 1)
    held = sandbox.between.held["moderation/check"] = asyncio.Event()
    sandbox.join(CID, "ann")
    await console.until(lambda: console.pulse.names_judged == 2)
    rename(sandbox, "ann", "Stupid Idiot")
    await console.until(lambda: names(console) == [("ann", "Stupid Idiot")])
    assert not verdicts(console, Source.STREAM)

    held.set()
    await console.until(lambda: verdicts(console, Source.STREAM))
    (stream,) = verdicts(console, Source.STREAM)
    assert stream.revision == console.lines[0].revision == 0
    rename(sandbox, "ann", "Ann")
    await console.until(lambda: len(verdicts(console, Source.STREAM)) == 2)
    assert verdicts(console, Source.STREAM)[-1].revision == 1


async def test_a_host_who_comes_later_shows_whose_name_was_taken(sandbox, console):
    sandbox.world.add_user("max", "Max Power")
    sandbox.world.add_user("ann", "Max Power (official)")
    await begin(sandbox, console, "ann")
    await console.until(lambda: console.pulse.names_judged == 2)
    assert not names(console)

    sandbox.world.control.change_members(CID, put=[{"user_id": "max", "role": "host"}])
    sandbox.join(CID, "max")
    await console.until(lambda: names(console) == [("ann", "Max Power (official)")])
    assert states(console) == {"ann": RaisedState.OPEN}


async def test_a_user_token_judges_names_here_alone(sandbox, console):
    asked = count_checks(sandbox)
    await begin(sandbox, console, method=Method.TOKEN)
    sandbox.world.add_user("bo", "Stupid Idiot")
    sandbox.join(CID, "bo")
    await console.until(lambda: states(console) == {"bo": RaisedState.OPEN})
    assert [each.provisional for each in console.verdicts] == [False]
    assert not asked


async def test_the_next_engine_neither_doubles_nor_forgets_a_name(
    sandbox, console, tmp_path, shared_clock
):
    await begin(sandbox, console)
    sandbox.world.add_user("bo", "Stupid Idiot")
    sandbox.join(CID, "bo")
    await console.until(lambda: "bo" in states(console))
    await console.close()

    rename(sandbox, "bo", "Bo Lind")
    again = Console(tmp_path, shared_clock)
    again.engine.start()
    try:
        again.router.answer(sandbox.sign_in())
        await again.live(CID)
        await again.until(lambda: states(again).get("bo") is RaisedState.WITHDRAWN)
        assert names(again) == [("bo", "Bo Lind")]
        assert [item.text for item in again.replayed] == ["Stupid Idiot"]
    finally:
        await again.close()


async def test_a_refusal_of_stream_leaves_the_verdict_of_here(sandbox, console):
    await begin(sandbox, console)
    await console.until(lambda: console.pulse.names_judged == 1)
    sandbox.between.add("moderation/check", 400, REFUSED, 5)
    sandbox.world.add_user("bo", "Stupid Idiot")
    sandbox.join(CID, "bo")
    await console.until(lambda: len(console.verdicts) == 2)
    decided = console.verdicts[-1]
    assert (decided.action, decided.provisional) == (FLAG, False)
    assert "Stream did not judge it" in decided.why
