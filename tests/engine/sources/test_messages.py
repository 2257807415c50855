"""Chat messages through the real SDK and a served sandbox: shown, judged, changed, once each."""

import pytest

from console.domain.act import ReceiptState
from console.domain.item import MESSAGE, Item
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.domain.verdict import KEEP, REMOVE, Source
from console.engine.services.directory import Directory
from console.engine.sources.messages import MESSAGES, Message, MessageNew
from console.engine.wire.events import User
from console.engine.wire.timestamps import Moment
from console.protocol.acts import ActsChanged
from console.protocol.to_window import Problem
from console.store.store import Store

CID, CHANNEL = "default:one", "videocall:one"
HOSTILE = "<b>chat</b> \u202e\x07\n'; DROP TABLE items; -- blockhead"


def judge_by_a_list(sandbox):
    """The sandbox's policy: a word list that removes."""
    judging = sandbox.world.judging
    judging.put_blocklist({"name": "insults", "words": ["blockhead"]}, new=True)
    rules = {"enabled": True, "rules": [{"name": "insults", "action": "remove"}]}
    judging.put_config("custom:captions", {"block_list_config": rules})


async def chatting(sandbox, console, method=Method.SECRET):
    """Signed in, with the channel of the call watched."""
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in(method))
    await console.live(CID)
    await watched(sandbox, console)


async def watched(sandbox, console):
    """Returns when a message written now was heard and judged."""
    sandbox.world.chat.write(CHANNEL, "ann", "probe")
    await console.until(lambda: deciding(console))
    console.lines.clear()
    console.verdicts.clear()


def deciding(console) -> list[str]:
    return [verdict.action for verdict in console.verdicts if not verdict.provisional]


def receipts(console) -> list[tuple[str, ReceiptState]]:
    found = [progress for changed in console.of(ActsChanged) for progress in changed.acts]
    return [(progress.act.act_id, progress.receipt.state) for progress in found]


async def test_a_message_becomes_an_item_with_the_verdicts_of_both(sandbox, console):
    judge_by_a_list(sandbox)
    await chatting(sandbox, console)

    written = sandbox.world.chat.write(CHANNEL, "ann", "You are a blockhead.")
    await console.until(lambda: deciding(console) == [REMOVE])

    (item,) = console.lines
    assert (item.kind, item.text, item.source_id) == (MESSAGE, "You are a blockhead.", written.id)
    assert (item.cid, item.author_id, item.author_name) == (CID, "ann", "Ann")
    assert item.session_id == console.calls[CID].session_id
    assert item.start_time == pytest.approx(written.created_at, abs=1e-5)
    assert [verdict.source for verdict in console.verdicts] == [Source.LOCAL, Source.STREAM]
    assert {verdict.item_id for verdict in console.verdicts} == {item.item_id}
    checked = sandbox.world.judging.find_item("stream:chat:v1:message", written.id)
    assert checked.entity_creator_id == "ann"


async def test_a_user_token_hears_messages_and_judges_them_here(sandbox, console):
    await chatting(sandbox, console, Method.TOKEN)
    sandbox.world.chat.write(CHANNEL, "ann", "hello")
    await console.until(lambda: deciding(console) == [KEEP])
    assert [verdict.source for verdict in console.verdicts] == [Source.LOCAL]


async def test_a_changed_message_is_a_revision_also_when_it_is_changed_back(sandbox, console):
    await chatting(sandbox, console)
    chat, ann = sandbox.world.chat, sandbox.world.state.users["ann"]
    written = chat.write(CHANNEL, "ann", "harmful")
    await console.until(lambda: console.texts == ["harmful"])
    for text in ("harmless", "harmless", "harmful"):
        chat.edit(written.id, text, ann)
        await console.until(lambda text=text: console.texts[-1] == text)
    assert [(item.text, item.revision) for item in console.lines] == [
        ("harmful", 0),
        ("harmless", 1),
        ("harmful", 2),
    ]
    assert len({item.item_id for item in console.lines}) == 1


async def test_what_is_written_without_a_socket_comes_with_the_next_and_nothing_twice(
    sandbox, console
):
    await chatting(sandbox, console)
    sandbox.world.chat.write(CHANNEL, "ann", "before")
    await console.until(lambda: console.texts == ["before"])

    await sandbox.down()
    await console.until(lambda: console.state.phase is Phase.RECONNECTING)
    sandbox.world.chat.write(CHANNEL, "ann", "meanwhile")
    await sandbox.up()
    await console.until(lambda: "meanwhile" in console.texts, timeout=20)
    sandbox.world.chat.write(CHANNEL, "ann", "after")
    await console.until(lambda: "after" in console.texts)

    assert console.texts == ["before", "meanwhile", "after"]


async def test_messages_of_a_call_that_begins_later_are_heard_from_the_first_on(sandbox, console):
    await chatting(sandbox, console)
    sandbox.call("two", "bob")
    sandbox.world.chat.write("videocall:two", "bob", "first")
    await console.until(lambda: console.texts == ["first"])
    assert console.lines[0].cid == "default:two"


async def test_hostile_text_arrives_as_it_was_written_and_is_kept_so(sandbox, console, tmp_path):
    await chatting(sandbox, console)
    sandbox.world.chat.write(CHANNEL, "ann", HOSTILE)
    await console.until(lambda: console.texts == [HOSTILE])
    await console.close()

    store = await Store.open(next(tmp_path.rglob("*.db")))
    records = await store.use_app(sandbox.keys.api_key)
    found = await records.recent_items([CID], 10)
    assert [judged.item.text for judged in found] == ["probe", HOSTILE]
    await store.close()


async def test_an_act_on_the_author_works_as_on_a_speaker(sandbox, console):
    await chatting(sandbox, console)
    sandbox.world.chat.write(CHANNEL, "ann", "kick me")
    await console.until(lambda: console.texts == ["kick me"])
    (item,) = console.lines
    act_id = console.act("kick", item.cid, item.author_id)
    await console.until(lambda: (act_id, ReceiptState.SEEN) in receipts(console))


async def test_a_malformed_message_is_told_and_the_next_is_heard(sandbox, console):
    await chatting(sandbox, console)
    sandbox.sockets.send_raw('{"type":"message.new","cid":"videocall:one","message":{"id":7}}')
    sandbox.world.chat.write(CHANNEL, "ann", "still heard")
    await console.until(lambda: console.texts == ["still heard"])
    await console.until(lambda: any("message.new" in p.place for p in console.of(Problem)))


def read(message: Message, cid: str = CHANNEL) -> Item | None:
    return MESSAGES.read(MessageNew(cid=cid, message=message), Directory(), 5.0)


@pytest.mark.parametrize("kind", ["system", "ephemeral", "error", "deleted"])
def test_what_nobody_wrote_to_others_is_no_content(kind):
    message = Message(id="m", type=kind, user=User(id="ann"), created_at=Moment(1))
    assert read(message) is None


def test_a_channel_of_no_call_is_no_content():
    assert read(Message(id="m", user=User(id="ann"), created_at=Moment(1))) is None


@pytest.mark.clock_speed(5)
async def test_while_messages_do_not_arrive_the_pulse_says_so(sandbox, console):
    await chatting(sandbox, console)
    await sandbox.down()
    await console.until(lambda: console.pulse.chat_lost_since > 0)
    await sandbox.up()
    await console.until(lambda: console.pulse.chat_lost_since == 0.0, timeout=20)


@pytest.mark.clock_speed(5)
async def test_a_connection_that_stream_forgot_is_replaced(sandbox, console):
    await chatting(sandbox, console)
    sandbox.world.state.faults.add("stale_connection", "/chat/channels", times=1)
    sandbox.call("two", "bob")
    await console.until(lambda: any("does not know" in p.sentence for p in console.of(Problem)))
    await watched(sandbox, console)
