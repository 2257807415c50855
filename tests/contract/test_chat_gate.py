"""What becomes of a chat message when it is sent: let through, changed, held back or refused."""

import pytest
from getstream.models import MessageRequest

from tests.contract.test_chat import CHANNEL, refused, watch


def policy(sandbox, action, key="chat"):
    judging = sandbox.world.judging
    judging.put_blocklist({"name": "insults", "words": ["blockhead"]})
    rules = {"enabled": True, "rules": [{"name": "insults", "action": action}]}
    judging.put_config(key, {"block_list_config": rules})


async def send(client, text="You are a blockhead.", **fields):
    sent = await client.chat.send_message("videocall", "talk", MessageRequest(text=text, **fields))
    return sent.data.message


def written(sandbox):
    return [one.text for one in sandbox.world.chat.channel(CHANNEL).messages.values()]


def queued(sandbox):
    return [(item.entity_type, item.config_key) for item in sandbox.world.judging.items.values()]


@pytest.mark.parametrize(
    ("action", "kind", "text", "published"),
    [
        ("flag", "regular", "You are a blockhead.", True),
        ("mask", "regular", "You are a *********.", True),
        ("shadow", "regular", "You are a blockhead.", True),
        ("bounce", "error", "You are a blockhead.", False),
        ("remove", "error", "Message was blocked by moderation policies", False),
    ],
)
async def test_what_a_user_sends_is_judged_before_anybody_sees_it(
    sandbox, action, kind, text, published
):
    policy(sandbox, action)
    message = await send(sandbox.user("bo"))

    assert (message.type, message.text) == (kind, text)
    assert (message.moderation.action, message.moderation.original_text) == (
        action,
        "You are a blockhead.",
    )
    assert message.shadowed is (action == "shadow")
    assert written(sandbox) == ([text] if published else [])
    assert queued(sandbox) == [("stream:chat:v1:message", "chat")]
    assert (await send(sandbox.user("bo"), "good evening")).type == "regular"


async def test_the_most_specific_policy_judges(sandbox):
    policy(sandbox, "remove", "chat")
    policy(sandbox, "flag", "chat:videocall")
    assert (await send(sandbox.user("bo"))).type == "regular"
    policy(sandbox, "bounce", f"chat:{CHANNEL}")
    assert (await send(sandbox.user("bo"))).moderation.action == "bounce"


async def test_a_server_s_message_is_judged_only_where_it_asks_for_that(sandbox):
    policy(sandbox, "remove")
    server = sandbox.server()
    assert (await send(server, user_id="bo")).type == "regular"
    request = MessageRequest(text="You are a blockhead.", user_id="bo")
    forced = await server.chat.send_message("videocall", "talk", request, force_moderation=True)
    assert forced.data.message.type == "error"


async def test_a_bounced_message_is_sent_again_with_the_same_id(sandbox):
    policy(sandbox, "bounce")
    bo = sandbox.user("bo")
    assert (await send(bo, id="m1")).type == "error"
    assert (await send(bo, "You are kind.", id="m1")).type == "regular"
    assert written(sandbox) == ["You are kind."]


async def test_what_was_blocked_is_in_the_queue_and_published_when_it_is_restored(sandbox):
    policy(sandbox, "remove")
    message = await send(sandbox.user("bo"))
    server = sandbox.server()
    (item,) = (await server.moderation.query_review_queue()).data.items
    assert (item.entity_id, item.message.text) == (message.id, "You are a blockhead.")

    await server.moderation.submit_action(
        action_type="restore", item_id=item.id, user_id="moderator"
    )
    assert written(sandbox) == ["You are a blockhead."]


async def test_a_frozen_channel_takes_no_message_but_a_server_s(sandbox):
    server, moderator = sandbox.server(), sandbox.user()
    await server.chat.update_channel_partial(
        "videocall", "talk", set={"frozen": True}, user_id="moderator"
    )
    for client in (sandbox.user("bo"), moderator):
        assert (await send(client, "hello")).type == "error"
    assert (await send(server, "notice", user_id="moderator")).type == "regular"
    assert written(sandbox) == ["notice"]


async def test_who_is_shadow_banned_in_the_channel_sends_in_the_shadow(sandbox):
    sandbox.world.sanctions.ban("bo", shadow=True, cid=CHANNEL)
    assert (await send(sandbox.user("bo"), "hello")).shadowed is True


async def test_who_may_send_stands_in_the_capabilities_and_is_held_to_it(sandbox):
    async def held(user_id):
        client = sandbox.user(user_id)
        states = (await client.chat.query_channels(filter_conditions={"cid": CHANNEL})).data
        return states.channels[0].channel.own_capabilities

    sandbox.world.add_user("nobody", "Nobody", role="anonymous")
    assert "send-message" in await held("bo")
    assert "ban-channel-members" not in await held("bo")
    assert {"ban-channel-members", "skip-slow-mode"} <= set(await held("moderator"))
    assert "send-message" not in await held("nobody")
    request = MessageRequest(text="hello")
    assert await refused(
        sandbox.user("nobody").chat.send_message("videocall", "talk", request)
    ) == (403, 17)
    await sandbox.server().chat.update_channel("videocall", "talk", cooldown=30, user_id="ana")
    assert "slow-mode" in await held("bo")


@pytest.mark.parametrize("size", [5_001, 65_536, 1_000_000])
async def test_a_message_that_is_too_long_is_refused_with_its_code(sandbox, size):
    request = MessageRequest(text="x" * size)
    assert await refused(sandbox.user("bo").chat.send_message("videocall", "talk", request)) == (
        400,
        20,
    )
    assert written(sandbox) == []


async def test_nobody_but_the_author_hears_of_what_was_refused(served_sandbox):
    peer = served_sandbox
    policy(peer, "remove")
    async with peer.socket(products=["chat"]) as watching:
        await watch(peer, watching)
        bo = peer.user("bo")
        assert (await send(bo)).type == "error"
        await send(bo, "hello")
        assert (await watching.next("message.new"))["message"]["text"] == "hello"
