"""Names and pictures of people, changed in a served sandbox and put back."""

import pytest

from console.domain.act import ReceiptState
from console.domain.acts.appearance import (
    ASK_NAME,
    DEFAULT_REQUEST,
    REMOVE_PICTURE,
    RESET_NAME,
    RESTORE_NAME,
    RESTORE_PICTURE,
)
from console.domain.names import neutral_name
from console.domain.raised import RaisedState
from console.domain.sign_in import Method
from console.sandbox.events import WorldEvent
from tests.engine.acts.test_against_sandbox import CID, seen, settled, watch
from tests.engine.test_names import names, states

PICTURE = "https://pictures.example/ann.png"


@pytest.fixture
async def world(sandbox, console):
    """A watched call with Ann, who has a bad name and a picture, and Bob."""
    sandbox.world.add_user("ann", "Stupid Idiot", image=PICTURE)
    sandbox.call("one", "ann", "bob")
    await watch(console, sandbox)
    return sandbox.world


def called(world, user_id="ann"):
    return world.state.users[user_id].name


async def test_a_name_is_reset_for_all_and_the_undo_gives_back_the_same(world, console):
    await console.until(lambda: states(console) == {"ann": RaisedState.OPEN})

    receipt = await seen(console, RESET_NAME, "ann")

    assert called(world) == neutral_name("ann") != "Stupid Idiot"
    assert (receipt.evidence, receipt.undoable) == ("user.updated", True)
    await console.until(lambda: console.person("ann").name == neutral_name("ann"))
    await console.until(lambda: states(console) == {"ann": RaisedState.HANDLED})

    back = await seen(console, RESTORE_NAME, "ann", undo_of=receipt.act_id)
    assert (called(world), back.evidence) == ("Stupid Idiot", "user.updated")
    await console.until(lambda: states(console) == {"ann": RaisedState.OPEN})
    assert names(console)[-1] == ("ann", "Stupid Idiot")


async def test_several_names_are_reset_by_one_request(world, console):
    receipt = await seen(console, RESET_NAME, "ann", "bob")
    assert receipt.attempts == 1
    assert [called(world, who) for who in ("ann", "bob")] == [
        neutral_name("ann"),
        neutral_name("bob"),
    ]


async def test_a_name_that_they_chose_since_stays(world, console):
    receipt = await seen(console, RESET_NAME, "ann")
    rename_by_herself(world)

    undo = await settled(console, console.act(RESTORE_NAME, CID, "ann", undo_of=receipt.act_id))

    assert (undo.state, undo.reason) == (
        ReceiptState.FAILED,
        "They chose another name since, which stays. Nothing was done.",
    )
    assert undo.conflict
    assert called(world) == "Ann Lind"


async def test_a_name_can_be_given_back_without_the_act_that_took_it(world, console):
    await seen(console, RESET_NAME, "ann")
    await seen(console, RESTORE_NAME, "ann")
    assert called(world) == "Stupid Idiot"

    none = await settled(console, console.act(RESTORE_NAME, CID, "bob"))
    assert none.reason == "No name of theirs is known that was taken away here."


async def test_a_picture_is_removed_and_put_back(world, console):
    receipt = await seen(console, REMOVE_PICTURE, "ann")
    assert world.state.users["ann"].image == ""
    assert receipt.undoable

    await seen(console, RESTORE_PICTURE, "ann", undo_of=receipt.act_id)
    assert world.state.users["ann"].image == PICTURE


async def test_without_a_picture_there_is_nothing_to_put_back(world, console):
    receipt = await seen(console, REMOVE_PICTURE, "bob")
    assert not receipt.undoable


async def test_a_request_for_another_name_names_the_person(world, console):
    told: list[WorldEvent] = []
    world.state.events.listen(told.append)

    receipt = await seen(console, ASK_NAME, "ann")

    assert (receipt.evidence, receipt.undoable) == ("custom", False)
    (custom,) = (event.payload["custom"] for event in told if event.type == "custom")
    assert (custom["type"], custom["user_id"]) == ("moderation_name_request", "ann")
    assert custom["message"] == DEFAULT_REQUEST


async def test_a_reset_without_an_answer_is_looked_at_and_not_done_again(world, console, sandbox):
    updates = []
    world.state.events.listen(
        lambda event: updates.append(event) if event.type == "user.updated" else None
    )
    sandbox.between.after = True
    sandbox.between.add("PATCH /api/v2/users", 502)

    await seen(console, RESET_NAME, "ann")

    assert (called(world), len(updates)) == (neutral_name("ann"), 1)


async def test_a_user_token_may_not_reset_a_name(sandbox, console):
    sandbox.call("one", "ann")
    await watch(console, sandbox, Method.TOKEN)

    receipt = await settled(console, console.act(RESET_NAME, CID, "ann"))

    assert receipt.state is ReceiptState.FAILED
    assert called(sandbox.world) == "Ann"


def rename_by_herself(world):
    world.accounts.change("ann", {"name": "Ann Lind"}, ())
