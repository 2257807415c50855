"""Stream's chat client for JavaScript, unchanged, in the chat of a call of the sandbox."""


async def test_a_member_writes_and_a_moderator_acts(drive):
    seen = await drive("chat_client.mjs")

    assert seen["cid"] == "videocall:lounge"
    assert seen["seen"] == [["hello", "ana"]]
    assert (seen["changed"], seen["deleted"]) == (["good-bye"], ["deleted"])
    assert (seen["cooldown"], seen["tooSoon"], seen["banned"]) == (30, 60, 17)
    assert seen["bans"] == [["ana", "spam"]]
    assert seen["shadowed"] is True
    assert seen["muted"] == ["ana"]


async def test_what_a_policy_or_a_frozen_channel_refuses_comes_back_as_an_error(drive):
    seen = await drive("chat_gate.mjs")

    assert seen["blocked"] == ["error", "remove"]
    assert seen["bounced"] == ["error", "bounce", "You blockhead."]
    assert seen["heard"] == ["Good evening."]
    assert seen["queue"] == [["stream:chat:v1:message", "You blockhead."]] * 2
    assert seen["frozen"] == "error"
    assert seen["long"] == [20, 400]
    assert seen["may"] == [[True, False], [True, True]]
