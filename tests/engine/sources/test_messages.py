"""Chat messages through the real SDK and a served sandbox: shown, judged, changed, once each."""

import json

import pytest
from msgspec.structs import replace

from console.domain.act import ReceiptState
from console.domain.call import Call
from console.domain.item import ATTACHMENT, FOR_GOOD, MESSAGE, SOFTLY, Item
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.domain.verdict import KEEP, REMOVE, Source
from console.engine.sources.written import Written, read_written
from console.engine.wire.chat import Message
from console.engine.wire.events import User
from console.engine.wire.limits import MAX_TEXT
from console.engine.wire.timestamps import Moment
from console.protocol.acts import ActsChanged
from console.protocol.to_window import Problem
from console.sandbox.world import MODERATOR_ID
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


CALL = Call(cid=CID, type="default", id="one", name="One")


def read(message: Message, deleted: str = "") -> Item | None:
    return read_written(Written(channel=CHANNEL, message=message, call=CALL, deleted=deleted), 5.0)


@pytest.mark.parametrize("kind", ["system", "ephemeral", "error"])
def test_what_nobody_wrote_to_others_is_no_content(kind):
    message = Message(id="m", type=kind, user=User(id="ann"), created_at=Moment(1))
    assert read(message) is None


async def test_a_deleted_message_keeps_its_words_and_its_verdict_and_can_be_put_back(
    sandbox, console
):
    judge_by_a_list(sandbox)
    await chatting(sandbox, console)
    chat, ann = sandbox.world.chat, sandbox.world.state.users["ann"]
    written = chat.write(CHANNEL, "ann", "You are a blockhead.")
    await console.until(lambda: deciding(console) == [REMOVE])

    chat.delete(written.id, ann)
    await console.until(lambda: console.lines[-1].deleted == SOFTLY)
    chat.undelete(written.id, ann)
    await console.until(lambda: not console.lines[-1].deleted)
    chat.delete(written.id, ann, hard=True)
    await console.until(lambda: console.lines[-1].deleted == FOR_GOOD)

    assert set(console.texts) == {"You are a blockhead."}
    # When it was written; its deletion is a moment of the channel's.
    assert {line.end_time for line in console.lines} == {console.lines[0].start_time}
    assert {(line.item_id, line.revision) for line in console.lines} == {
        (console.lines[0].item_id, 0)
    }
    assert deciding(console) == [REMOVE]  # its words are the same, so nobody is asked again
    assert console.pulse.messages <= 2


async def test_after_a_restart_a_line_says_what_was_written_before_and_that_it_is_gone(
    sandbox, console, tmp_path
):
    await chatting(sandbox, console)
    chat, ann = sandbox.world.chat, sandbox.world.state.users["ann"]
    written = chat.write(CHANNEL, "ann", "first")
    await console.until(lambda: console.texts == ["first"])
    chat.edit(written.id, "second", ann)
    chat.delete(written.id, ann)
    await console.until(lambda: console.lines[-1].deleted == SOFTLY)
    await console.close()

    store = await Store.open(next(tmp_path.rglob("*.db")))
    records = await store.use_app(sandbox.keys.api_key)
    *_, judged = await records.recent_items([CID], 10)
    assert (judged.item.text, judged.before, judged.item.deleted) == ("second", "first", SOFTLY)
    await store.close()


@pytest.mark.parametrize(
    ("policies", "used"),
    [
        (("chat", "chat:videocall", "chat:videocall:one"), "chat:videocall:one"),
        (("chat", "chat:videocall", "chat:videocall:two"), "chat:videocall"),
        (("chat", "chat:messaging"), "chat"),
        (("chat:messaging",), "custom:captions"),
    ],
)
async def test_a_message_is_judged_by_the_most_specific_policy_for_its_channel(
    sandbox, console, policies, used
):
    judging = sandbox.world.judging
    for key in ("custom:captions", *policies):
        judging.put_blocklist({"name": f"list of {key}", "words": ["zebra"]}, new=True)
        rules = {"enabled": True, "rules": [{"name": f"list of {key}", "action": "remove"}]}
        judging.put_config(key, {"block_list_config": rules})
    await chatting(sandbox, console)

    sandbox.world.chat.write(CHANNEL, "ann", "zebra")
    await console.until(lambda: deciding(console) == [REMOVE])
    assert f"list of {used}" in console.verdicts[-1].why

    console.verdicts.clear()
    (ann,) = sandbox.world.state.calls[CID].running.presences.values()
    sandbox.say(ann, "zebra")
    await console.until(lambda: deciding(console) == [REMOVE])
    assert "list of custom:captions" in console.verdicts[-1].why


async def test_of_a_long_message_what_is_too_much_is_cut_and_counted(sandbox, console):
    await chatting(sandbox, console)
    body = {
        "type": "message.new",
        "cid": CHANNEL,
        "created_at": 1,
        "message": {
            "id": "long",
            "text": "x" * 65_536,
            "user": {"id": "ann"},
            "created_at": 1,
            "attachments": [{"type": "image"}] * 1_000,
        },
    }
    sandbox.sockets.send_raw(json.dumps(body))
    await console.until(lambda: len(console.lines) == 1)
    assert console.texts[0] == "x" * MAX_TEXT + f"…⟦+{65_536 - MAX_TEXT:,}⟧"
    await console.until(lambda: any("were cut" in p.sentence for p in console.of(Problem)))


async def test_a_picture_on_a_message_is_an_item_of_its_own_beside_it(sandbox, console):
    await chatting(sandbox, console)
    hanging = [{"type": "image", "image_url": f"https://127.0.0.1:1/{n}.png"} for n in range(7)]
    written = sandbox.world.chat.write(CHANNEL, "ann", "look", attachments=[*hanging, {"type": 7}])
    await console.until(lambda: len(console.lines) == 6, timeout=30)

    pictures = [line for line in console.lines if line.kind == ATTACHMENT]
    assert {line.source_id for line in pictures} == {written.id}
    assert {line.channel for line in pictures} == {CHANNEL}
    assert {line.body.url for line in pictures} == {one["image_url"] for one in hanging[:5]}
    assert all(line.body.sentence for line in pictures)  # nobody answers there
    told = [p for p in console.of(Problem) if p.place == "chat pictures"]
    assert [p.count for p in told] == [2]


async def test_the_channel_that_a_call_names_is_its_chat_and_no_other(sandbox, console):
    state = sandbox.world.state
    sandbox.call("one", "ann")
    sandbox.call("two", "bob")
    state.calls[CID].custom["channelCid"] = "videocall:two"
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    await console.until(lambda: console.calls[CID].chat_cid == "videocall:two")
    sandbox.world.chat.write(CHANNEL, "ann", "nobody listens")
    sandbox.world.chat.write("videocall:two", "ann", "here")
    await console.until(lambda: console.texts)
    assert console.texts == ["here"]


async def test_a_channel_that_a_call_names_and_nobody_may_read_is_told(sandbox, console):
    sandbox.call("one", "ann")
    sandbox.world.state.calls[CID].custom["channel_cid"] = "messaging:private"
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    await console.until(
        lambda: any("names a chat channel" in p.sentence for p in console.of(Problem))
    )
    assert console.calls[CID].chat_cid == ""


async def test_the_rule_of_the_profile_says_where_a_chat_is(sandbox, console):
    sandbox.call("one", "ann")
    sandbox.world.chat.make("team", "about-one", sandbox.world.state.users[MODERATOR_ID], ["ann"])
    sign_in = sandbox.sign_in()
    rule = "team:about-{call_id}"
    console.router.answer(replace(sign_in, profile=replace(sign_in.profile, chat_rule=rule)))
    await console.live(CID)
    await console.until(lambda: console.calls[CID].chat_cid == "team:about-one")
    sandbox.world.chat.write("team:about-one", "ann", "here")
    await console.until(lambda: console.texts == ["here"])


async def test_of_many_calls_every_chat_is_found(sandbox, console):
    for number in range(70):
        sandbox.call(f"many-{number}", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live()
    await console.until(
        lambda: len(console.calls) == 70 and all(call.chat_cid for call in console.calls.values())
    )


@pytest.mark.clock_speed(5)
async def test_what_stream_did_not_deliver_is_read_later(sandbox, console):
    await chatting(sandbox, console)
    sandbox.world.state.faults.add("lose", "message.new", times=1)
    sandbox.world.chat.write(CHANNEL, "ann", "lost on the way")
    sandbox.world.chat.write(CHANNEL, "ann", "heard")
    await console.until(lambda: console.texts == ["heard"])
    await console.until(lambda: "lost on the way" in console.texts, timeout=30)
    assert sorted(console.texts) == ["heard", "lost on the way"]


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
