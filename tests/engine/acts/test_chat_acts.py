"""Acts in the chat of a call, through the real SDK against a served sandbox: the world changes."""

import pytest

from console.domain.act import ReceiptState
from console.domain.call import BANNED_IN_CHAT, SHADOWED_IN_CHAT
from console.domain.item import FOR_GOOD, SOFTLY
from console.domain.sign_in import Method
from console.protocol.acts import ActsChanged

CID, CHANNEL = "default:one", "videocall:one"
ENDS = (ReceiptState.SEEN, ReceiptState.FAILED, ReceiptState.UNCONFIRMED)


@pytest.fixture(params=list(Method))
async def chat(request, sandbox, console):
    """The chat of a call that is watched, with a message of ann's in it."""
    sandbox.call("one", "ann", "bob")
    console.router.answer(sandbox.sign_in(request.param))
    await console.live(CID)
    await console.until(lambda: console.calls[CID].chat_cid == CHANNEL)
    sandbox.world.chat.write(CHANNEL, "ann", "You are a blockhead.")
    await console.until(lambda: console.texts)
    return sandbox.world.chat


async def settled(console, kind: str, *people: str, **more):
    act_id = console.act(kind, CID, *people, **more)
    await console.until(lambda: (one := console.receipt(act_id)) and one.state in ENDS)
    return console.receipt(act_id)


async def seen(console, kind: str, *people: str, **more):
    receipt = await settled(console, kind, *people, **more)
    assert receipt.state is ReceiptState.SEEN, receipt
    return receipt


async def test_a_message_is_deleted_and_put_back(chat, console):
    (line,) = console.lines
    deleted = await seen(console, "delete_message", "ann", item=line)

    assert (deleted.evidence, deleted.undoable) == ("message.deleted", True)
    assert chat.messages[line.source_id].deleted_at is not None
    await console.until(lambda: console.lines[-1].deleted == SOFTLY)

    back = await seen(console, "restore_message", "ann", item=line, undo_of=deleted.act_id)
    assert back.evidence == "message.undeleted"
    assert chat.messages[line.source_id].deleted_at is None
    await console.until(lambda: not console.lines[-1].deleted)
    await console.until(lambda: console.receipt(deleted.act_id).undone_by == back.act_id)


async def test_a_message_that_is_deleted_for_good_is_gone_and_its_line_stays(chat, console):
    (line,) = console.lines
    receipt = await seen(console, "delete_message_for_good", "ann", item=line)

    assert (receipt.evidence, receipt.undoable) == ("message.deleted", False)
    assert line.source_id not in chat.messages
    await console.until(lambda: console.lines[-1].deleted == FOR_GOOD)
    assert console.texts[-1] == "You are a blockhead."


async def test_what_an_event_does_not_show_is_looked_up(sandbox, chat, console):
    sandbox.world.state.faults.add("lose", "message.deleted", times=2)
    sandbox.world.chat.write(CHANNEL, "ann", "Another one")
    await console.until(lambda: len(console.lines) == 2)
    kinds = ("delete_message", "delete_message_for_good")
    for kind, line in zip(kinds, tuple(console.lines), strict=True):
        assert (await seen(console, kind, "ann", item=line)).evidence == "re-read"


async def test_an_act_on_a_message_names_one_of_its_author(chat, console):
    (line,) = console.lines
    for people, item in ((("ann",), None), (("bob",), line)):
        receipt = await settled(console, "delete_message", *people, item=item)
        assert receipt.state is ReceiptState.FAILED
        assert "names no chat message" in receipt.reason
    assert chat.messages[line.source_id].deleted_at is None


async def test_a_ban_from_the_chat_leaves_the_call_and_the_app_alone(sandbox, chat, console):
    receipt = await seen(console, "chat_ban", "ann", minutes=10, reason="spam")

    state = sandbox.world.state
    assert (receipt.evidence, receipt.undoable) == ("user.banned", True)
    ban = state.bans["ann", CHANNEL]
    assert (ban.reason, ban.shadow) == ("spam", False)
    assert not state.users["ann"].banned
    assert "ann" in {one.user.id for one in state.calls[CID].running.presences.values()}
    await console.until(lambda: console.calls[CID].in_chat("ann") == BANNED_IN_CHAT)
    assert any("was banned from the chat" in notice.text for notice in console.notices)
    assert not any("banned from the app" in notice.text for notice in console.notices)

    await seen(console, "chat_unban", "ann", undo_of=receipt.act_id)
    assert ("ann", CHANNEL) not in state.bans
    await console.until(lambda: console.calls[CID].in_chat("ann") == "")


async def test_who_is_shadow_banned_writes_for_themselves_alone(sandbox, chat, console):
    receipt = await seen(console, "chat_shadow_ban", "ann")

    assert chat.write(CHANNEL, "ann", "Do you hear me?").shadowed
    await console.until(lambda: console.calls[CID].in_chat("ann") == SHADOWED_IN_CHAT)
    await console.until(lambda: "Do you hear me?" in console.texts)
    await seen(console, "chat_unban", "ann", undo_of=receipt.act_id)
    assert not chat.write(CHANNEL, "ann", "And now?").shadowed


async def test_bans_of_a_chat_that_no_event_told_are_read(sandbox, chat, console):
    sandbox.world.state.faults.add("lose", "user.banned", times=2)
    assert (await seen(console, "chat_ban", "ann")).evidence == "re-read"


async def test_a_chat_is_slowed_and_is_as_fast_as_before(sandbox, chat, console):
    receipt = await seen(console, "slow_mode_30")

    assert (receipt.evidence, receipt.undoable) == ("channel.updated", True)
    assert chat.channel(CHANNEL).cooldown == 30
    await console.until(lambda: console.calls[CID].chat_cooldown == 30)
    await seen(console, "slow_mode_off", undo_of=receipt.act_id)
    assert chat.channel(CHANNEL).cooldown == 0


async def test_somebody_is_muted_in_the_chats_of_the_moderator_alone(sandbox, chat, console):
    me = sandbox.profile().user_id
    receipt = await seen(console, "chat_mute", "ann")

    assert (receipt.evidence, receipt.undoable) == ("notification.mutes_updated", True)
    assert [mute.target.id for mute in sandbox.world.accounts.mutes_of(me)] == ["ann"]
    await seen(console, "chat_unmute", "ann", undo_of=receipt.act_id)
    assert sandbox.world.accounts.mutes_of(me) == []


async def test_without_a_chat_nothing_is_done(sandbox, console):
    sandbox.call("one", "ann")
    sandbox.world.state.calls[CID].custom["channel_cid"] = "messaging:nowhere"
    console.router.answer(sandbox.sign_in())
    await console.live(CID)

    receipt = await settled(console, "chat_ban", "ann")

    assert receipt.state is ReceiptState.FAILED
    assert receipt.reason == "No chat of this call was found."
    assert sandbox.world.state.bans == {}
    assert console.of(ActsChanged)


@pytest.mark.parametrize("kind", ["delete_message", "slow_mode_30"])
async def test_what_was_carried_out_and_not_answered_is_known_and_not_done_again(
    sandbox, console, kind
):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    await console.until(lambda: console.calls[CID].chat_cid == CHANNEL)
    sandbox.world.chat.write(CHANNEL, "ann", "words")
    await console.until(lambda: console.texts)
    (line,) = console.lines
    of_message = kind == "delete_message"
    path = f"/messages/{line.source_id}" if of_message else "/channels/videocall/one"
    sandbox.between.add(path, 503, b"{}")
    sandbox.between.after = True

    receipt = await settled(
        console, kind, *(("ann",) if of_message else ()), item=line if of_message else None
    )

    assert (receipt.state, receipt.attempts) == (ReceiptState.SEEN, 1)
