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
