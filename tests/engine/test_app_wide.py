"""Banned users and user-to-user blocks, against the served sandbox."""

import pytest

from console.domain.sign_in import Method
from console.protocol.app_wide import (
    AskBanned,
    AskUserBlocks,
    BannedAnswer,
    ChangeUserBlock,
    UserBlocksAnswer,
)
from console.protocol.to_window import EngineState
from console.sandbox.world import MODERATOR_ID


async def watch(console, sandbox, method=Method.SECRET):
    for name in ("ann", "bob", "cleo"):
        sandbox.world.add_user(name, name.title())
    console.router.answer(sandbox.sign_in(method))
    await console.until(lambda: console.of(EngineState) and console.state.directory_complete)


async def asked(console, question, kind):
    before = len(console.of(kind))
    console.router.answer(question)
    await console.until(lambda: len(console.of(kind)) > before)
    return console.of(kind)[-1]


@pytest.mark.parametrize("method", [Method.SECRET, Method.TOKEN])
async def test_banned_users_are_listed_with_who_why_and_until_when(sandbox, console, method):
    await watch(console, sandbox, method)
    sandbox.world.sanctions.ban("ann", MODERATOR_ID, minutes=60, reason="Spam")
    sandbox.world.sanctions.ban("bob")
    sandbox.world.sanctions.ban("cleo", cid="messaging:elsewhere")

    answer = await asked(console, AskBanned("q"), BannedAnswer)

    found = {person.user_id: person for person in answer.people}
    assert answer.sentence == ""
    assert set(found) == {"ann", "bob"}
    ann = found["ann"]
    assert (ann.name, ann.by, ann.reason) == ("Ann", MODERATOR_ID, "Spam")
    assert ann.until - ann.since == pytest.approx(3600, abs=1)
    assert found["bob"].until == 0.0
    assert not answer.more


async def test_a_long_list_comes_in_pages(sandbox, console):
    await watch(console, sandbox)
    for number in range(130):
        sandbox.world.add_user(f"u{number}")
        sandbox.world.sanctions.ban(f"u{number}")

    first = await asked(console, AskBanned("q"), BannedAnswer)
    rest = await asked(console, AskBanned("q", skip=100), BannedAnswer)

    assert (len(first.people), first.more) == (100, True)
    assert (len(rest.people), rest.more) == (30, False)
    assert not {p.user_id for p in first.people} & {p.user_id for p in rest.people}


async def test_one_user_blocks_another_and_no_longer(sandbox, console):
    await watch(console, sandbox)
    assert (await asked(console, AskUserBlocks("q", "ann"), UserBlocksAnswer)).blocks == ()

    change = ChangeUserBlock("q", "ann", "bob", True)
    (block,) = (await asked(console, change, UserBlocksAnswer)).blocks
    assert (block.user_id, block.name) == ("bob", "Bob")
    assert set(sandbox.world.state.users["ann"].blocks) == {"bob"}
    await asked(console, change, UserBlocksAnswer)
    assert set(sandbox.world.state.users["ann"].blocks) == {"bob"}

    gone = ChangeUserBlock("q", "ann", "bob", False)
    assert (await asked(console, gone, UserBlocksAnswer)).blocks == ()


async def test_a_user_token_has_only_blocks_of_its_own(sandbox, console):
    await watch(console, sandbox, Method.TOKEN)

    other = await asked(console, AskUserBlocks("q", "ann"), UserBlocksAnswer)
    own = await asked(console, ChangeUserBlock("q", MODERATOR_ID, "bob", True), UserBlocksAnswer)

    assert other.sentence == "Whom others block is told to the app secret alone."
    assert [block.user_id for block in own.blocks] == ["bob"]


async def test_what_stream_refuses_is_said(sandbox, console):
    await watch(console, sandbox)

    nobody = await asked(console, ChangeUserBlock("q", "ann", "nobody", True), UserBlocksAnswer)
    oneself = await asked(console, ChangeUserBlock("q", "ann", "ann", True), UserBlocksAnswer)

    assert nobody.sentence
    assert oneself.sentence == "Nobody can block themselves."
    sandbox.between.add("/query_banned_users", 200, b'{"bans": 7}')
    assert "no bans" in (await asked(console, AskBanned("q"), BannedAnswer)).sentence
