"""Every act through the real SDK against a served sandbox: the world has to change."""

import asyncio

import pytest
from msgspec.structs import replace

from console.base.clock import SystemClock
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.table import spec_of
from console.domain.sign_in import Method
from console.engine.acts import confirmation
from console.engine.acts.outbox import Outbox
from console.engine.services.directory import Directory
from console.engine.wire.paths import call_path
from console.engine.wire.refusals import RefusedError
from console.engine.wire.sign_in_token import credentials
from console.engine.wire.stream import Gateway
from console.protocol.to_window import EngineState
from console.sandbox.events import WorldEvent
from console.sandbox.records import Refusal
from console.sandbox.world import MODERATOR_ID
from console.store.store import Store
from tests.patience import patient

CID = "default:one"


@pytest.fixture(params=[Method.SECRET, Method.TOKEN])
async def live(request, sandbox, console):
    """A console that watches a call with ann and bob in it, all their tracks on."""
    for presence in sandbox.call("one", "ann", "bob"):
        for track in ("video", "screenshare", "screenshare_audio"):
            sandbox.world.attendance.publish(CID, presence.user_session_id, track)
    await watch(console, sandbox, request.param)
    return sandbox.world


async def watch(console, sandbox, method: Method = Method.SECRET, cid: str = CID) -> None:
    console.router.answer(sandbox.sign_in(method))
    await console.until(
        lambda: (
            console.of(EngineState) and console.state.directory_complete and cid in console.calls
        )
    )
    console.focus(cid)


def presence(world, user_id: str):
    session = world.state.calls[CID].running
    people = session.presences.values() if session else ()
    return next((p for p in people if p.user_id == user_id), None)


def tracks(world, user_id: str) -> set[str]:
    return set(presence(world, user_id).live)


async def settled(console, act_id: str):
    """The receipt, once nothing more happens to it."""
    await console.until(
        lambda: (
            (receipt := console.receipt(act_id))
            and receipt.state in (ReceiptState.SEEN, ReceiptState.FAILED, ReceiptState.UNCONFIRMED)
        )
    )
    return console.receipt(act_id)


async def seen(console, kind: str, *user_ids: str, cid: str = CID, **more):
    receipt = await settled(console, console.act(kind, cid, *user_ids, **more))
    assert receipt.state is ReceiptState.SEEN, receipt
    assert receipt.queued_at <= receipt.sent_at <= (receipt.accepted_at or receipt.seen_at)
    assert receipt.seen_at >= receipt.queued_at
    return receipt


async def test_a_muted_track_is_off_and_may_come_back(live, console):
    left = {"audio", "video", "screenshare", "screenshare_audio"}
    for kind in ("mute_audio", "mute_video", "mute_screenshare_audio", "mute_screenshare"):
        receipt = await seen(console, kind, "ann")

        left.difference_update(spec_of(kind).tracks)
        assert receipt.evidence == "call.user_muted"
        assert tracks(live, "ann") == left
    assert tracks(live, "bob") == {"audio", "video", "screenshare", "screenshare_audio"}
    assert live.attendance.publish(CID, presence(live, "ann").user_session_id, "audio")


async def test_everything_somebody_sends_is_stopped_by_one_request(live, console):
    receipt = await seen(console, "mute_all_tracks", "ann")

    assert (receipt.attempts, tracks(live, "ann")) == (1, set())
    assert len(tracks(live, "bob")) == 4


async def test_everything_everyone_sends_is_stopped_by_one_request(live, console):
    receipt = await seen(console, "mute_everyone_all_tracks")

    assert (receipt.attempts, tracks(live, "ann"), tracks(live, "bob")) == (1, set(), set())


async def test_everyone_is_muted_at_once(live, console):
    for kind in ("mute_everyone_audio", "mute_everyone_video", "mute_everyone_screenshare"):
        await seen(console, kind)

        assert not (tracks(live, "ann") | tracks(live, "bob")).intersection(spec_of(kind).tracks)


async def test_several_people_are_muted_by_one_request(live, console):
    receipt = await seen(console, "mute_audio", "ann", "bob")

    assert receipt.attempts == 1
    assert "audio" not in tracks(live, "ann") | tracks(live, "bob")


async def test_a_revoked_track_stays_off_until_it_is_granted(live, console):
    session = presence(live, "ann").user_session_id
    for revoke in ("revoke_audio", "revoke_video", "revoke_screenshare"):
        receipt = await seen(console, revoke, "ann")

        (track,) = spec_of(revoke).tracks
        assert (receipt.evidence, receipt.undoable) == ("call.permissions_updated", True)
        assert track not in tracks(live, "ann")
        assert not live.attendance.publish(CID, session, track)

        grant = spec_of(revoke).undo
        assert grant is not None
        await seen(console, grant, "ann", undo_of=receipt.act_id)

        assert live.attendance.publish(CID, session, track)
        await console.until(lambda act_id=receipt.act_id: console.receipt(act_id).undone_by)
        assert not console.receipt(receipt.act_id).undoable


async def test_a_kicked_person_is_gone_and_may_come_back(live, console):
    receipt = await seen(console, "kick", "ann")

    assert receipt.evidence == "call.kicked_user"
    assert presence(live, "ann") is None
    assert not isinstance(live.attendance.join(CID, "ann"), Refusal)


async def test_a_blocked_person_stays_out_until_unblocked(live, console):
    receipt = await seen(console, "block", "ann")

    assert receipt.evidence == "call.blocked_user"
    assert presence(live, "ann") is None
    assert isinstance(live.attendance.join(CID, "ann"), Refusal)

    back = await seen(console, "unblock", "ann", undo_of=receipt.act_id)

    assert back.evidence == "call.unblocked_user"
    assert not isinstance(live.attendance.join(CID, "ann"), Refusal)


async def test_the_undo_of_a_short_ban_does_not_lift_the_ban_for_good(live, console):
    short = await seen(console, "ban", "ann", minutes=5)
    await seen(console, "ban", "ann")

    back = await settled(console, console.act("unban", CID, "ann", undo_of=short.act_id))

    assert back.state is ReceiptState.FAILED
    assert back.reason.endswith("as well; undo that first.")
    assert live.state.users["ann"].banned


async def test_a_suspended_call_stays_so_when_an_earlier_revoke_is_undone(live, console):
    by_hand = await seen(console, "revoke_audio", "ann")
    await seen(console, "suspend_call")

    back = await settled(console, console.act("grant_audio", CID, "ann", undo_of=by_hand.act_id))

    assert back.state is ReceiptState.FAILED
    session = presence(live, "ann").user_session_id
    assert not live.attendance.publish(CID, session, "audio")


async def test_a_banned_person_cannot_join_until_unbanned(live, console):
    receipt = await seen(console, "ban", "ann", minutes=5, reason="Spam", ip_ban=True)

    assert receipt.evidence == "user.banned"
    assert live.state.users["ann"].banned
    live.attendance.leave(CID, presence(live, "ann").user_session_id)
    assert isinstance(live.attendance.join(CID, "ann"), Refusal)

    back = await seen(console, "unban", "ann", undo_of=receipt.act_id)

    assert back.evidence == "user.unbanned"
    assert not live.state.users["ann"].banned
    assert not isinstance(live.attendance.join(CID, "ann"), Refusal)


async def test_a_deactivated_person_is_out_of_the_app_until_reactivated(sandbox, console):
    sandbox.call("one", "ann", "bob")
    await watch(console, sandbox)
    profile = replace(sandbox.profile(Method.TOKEN), user_id="ann")
    token = sandbox.keys.user_token("ann")
    theirs = Gateway(profile, credentials(profile, token, 0.0))
    assert (await theirs.ask("GET", call_path(CID)))["call"]["cid"] == CID

    receipt = await seen(console, "deactivate_user", "ann")

    assert (receipt.evidence, receipt.undoable) == ("user.deactivated", True)
    assert presence(sandbox.world, "ann") is None
    await console.until(lambda: console.person("ann") is None)
    for request in (
        theirs.ask("GET", call_path(CID)),
        theirs.ask("POST", "/api/v2/video/calls", {}),
    ):
        with pytest.raises(RefusedError) as refused:
            await request
        assert (refused.value.code, refused.value.status) == (17, 403)
        assert "deactivated" in refused.value.details
    assert isinstance(sandbox.world.attendance.join(CID, "ann"), Refusal)

    back = await seen(console, "reactivate_user", "ann", undo_of=receipt.act_id)

    assert back.evidence == "user.reactivated"
    await console.until(lambda: console.receipt(receipt.act_id).undone_by)
    assert (await theirs.ask("GET", call_path(CID)))["call"]["cid"] == CID
    assert not isinstance(sandbox.world.attendance.join(CID, "ann"), Refusal)
    await theirs.close()


async def test_a_user_token_may_not_deactivate(sandbox, console):
    sandbox.call("one", "ann")
    await watch(console, sandbox, Method.TOKEN)

    receipt = await settled(console, console.act("deactivate_user", CID, "ann"))

    assert receipt.state is ReceiptState.FAILED
    assert receipt.reason == "Stream does not allow this."
    assert "server-side" in receipt.details
    assert presence(sandbox.world, "ann") is not None


async def test_a_warning_is_a_custom_event_that_names_the_person(live, console):
    told: list[WorldEvent] = []
    live.state.events.listen(told.append)

    receipt = await seen(console, "warn", "ann", reason="Mind your words.")
    await seen(console, "blur_video", "ann")

    assert (receipt.evidence, receipt.undoable) == ("custom", False)
    payloads = [event.payload["custom"] for event in told if event.type == "custom"]
    assert [each["type"] for each in payloads] == ["moderation_warning", "moderation_blur"]
    assert payloads[0]["user_id"] == "ann"
    assert payloads[0]["message"] == "Mind your words."
    texts = [notice.text for notice in console.notices]
    assert "Moderator warned Ann: Mind your words." in texts
    assert "Moderator asked to blur the video of Ann." in texts


async def test_a_custom_event_of_somebody_else_proves_no_warning(live, console):
    act_id = console.act("warn", CID, "ann", item=None)
    live.state.emit(
        "custom",
        cid=CID,
        payload={
            "custom": {"type": "moderation_warning", "act_id": act_id, "user_id": "bob"},
            "user": live.state.users["bob"],
        },
    )

    receipt = await settled(console, act_id)

    assert receipt.state is ReceiptState.SEEN
    assert any(notice.text == "Bob warned Bob." for notice in console.notices)


@pytest.mark.parametrize("named", [True, False])
async def test_what_is_flagged_stands_in_the_review_queue(
    sandbox, live, console, named, monkeypatch
):
    monkeypatch.setattr(confirmation, "PAUSES", (0.0, 0.1, 0.2, 0.4))
    await console.until(lambda: live.state.calls[CID].captioning)
    sandbox.say(presence(live, "ann"), "you are all fools")
    await console.until(lambda: console.lines)
    line = console.lines[-1]

    receipt = await seen(console, "flag", "ann", reason="Insults", item=line if named else None)

    assert receipt.evidence == "re-read"
    kind, of = ("stream:v1:utterance", line.item_id) if named else ("stream:user", "ann")
    item = live.judging.find_item(kind, of)
    assert item.entity_creator_id == "ann"
    mine = [flag for flag in item.flags if flag.reason == "Insults"]
    assert [flag.user_id for flag in mine] == [MODERATOR_ID]
    assert not named or item.payload["texts"] == ["you are all fools"]


async def test_the_call_ends_for_everyone(live, console):
    receipt = await seen(console, "end_call")

    assert receipt.evidence == "call.ended"
    assert isinstance(live.attendance.join(CID, "ann"), Refusal)


async def test_a_request_is_accepted_and_taken_back(sandbox, console):
    cid = "livestream:show"
    world = sandbox.world
    sandbox.call("show", kind="livestream")
    world.control.go_live(cid)
    viewer = sandbox.join(cid, "vic")
    await watch(console, sandbox, cid=cid)
    assert world.sanctions.ask(cid, "vic", ["send-audio"])
    await console.until(lambda: (p := console.person("vic")) and p.asked)

    accept = await seen(console, "accept_request", "vic", cid=cid, permissions=("send-audio",))
    assert world.attendance.publish(cid, viewer.user_session_id, "audio")

    await seen(console, "refuse_request", "vic", cid=cid, undo_of=accept.act_id)
    assert not world.attendance.publish(cid, viewer.user_session_id, "audio")


async def test_a_request_is_refused(sandbox, console):
    cid = "livestream:show"
    sandbox.call("show", kind="livestream")
    sandbox.world.control.go_live(cid)
    viewer = sandbox.join(cid, "vic")
    await watch(console, sandbox, cid=cid)
    told: list[WorldEvent] = []
    sandbox.world.state.events.listen(told.append)
    assert sandbox.world.sanctions.ask(cid, "vic", ["send-audio"])
    await console.until(lambda: (p := console.person("vic")) and p.asked)

    await seen(console, "refuse_request", "vic", cid=cid, permissions=("send-audio",))

    assert [event.targets for event in told if event.type == "refused"] == [("vic",)]
    assert not sandbox.world.attendance.publish(cid, viewer.user_session_id, "audio")


async def test_what_stream_refuses_fails_with_its_sentence(sandbox, console):
    sandbox.call("one", "ann")
    await watch(console, sandbox)

    receipt = await settled(console, console.act("kick", CID, "nobody-of-this-name"))

    assert (receipt.state, receipt.attempts) == (ReceiptState.FAILED, 1)
    assert receipt.reason == "Stream does not know the call or the person."
    assert "nobody-of-this-name" in receipt.details


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        ("rate_limit", {"retry_after": 1}),
        ("error", {}),
        ("error", {"after": True}),
        ("disconnect", {}),
        ("malformed", {}),
    ],
)
async def test_an_act_gets_through_whatever_goes_wrong_on_the_way(sandbox, console, fault, more):
    sandbox.call("one", "ann")
    await watch(console, sandbox)
    sandbox.world.state.faults.add(fault, "/block", 1, **more)

    await seen(console, "block", "ann")

    assert sandbox.world.state.calls[CID].blocked_user_ids == ["ann"]
    assert sandbox.world.state.faults.happened == 1


async def test_an_act_while_the_socket_is_down_is_seen_all_the_same(sandbox, live, console):
    sandbox.sockets.drop(1011)

    revoke = console.act("revoke_audio", CID, "ann")
    kick = console.act("kick", CID, "bob")

    assert (await settled(console, kick)).state is ReceiptState.SEEN
    assert presence(live, "bob") is None
    # What somebody may no longer do is only heard: Stream accepted it, and nobody repeats it.
    receipt = await settled(console, revoke)
    assert (receipt.state, receipt.attempts) == (ReceiptState.UNCONFIRMED, 1)
    assert "audio" not in tracks(live, "ann")


class TestWithoutAnySocket:
    """Only looking again can prove an act here."""

    @pytest.fixture
    async def outbox(self, sandbox, tmp_path, monkeypatch):
        monkeypatch.setattr(confirmation, "PAUSES", (0.0, 0.1, 0.2, 0.4))
        for one in sandbox.call("one", "ann", "bob"):
            sandbox.world.attendance.publish(CID, one.user_session_id, "video")
        profile = sandbox.profile()
        gateway = Gateway(profile, credentials(profile, sandbox.keys.api_secret, 0.0))
        store = await Store.open(tmp_path / "acts.db")
        self.receipts: list[Receipt] = []
        self.news = asyncio.Event()
        outbox = Outbox(
            await store.use_app("key"),
            gateway,
            Directory(),
            clock=SystemClock(),
            publish=self.publish,
            problem=pytest.fail,
            last_heard=lambda: 0.0,
        )
        yield outbox
        await outbox.close()
        await gateway.close()
        await store.close()

    @pytest.mark.parametrize(
        ("kind", "people"),
        [
            ("mute_audio", ("ann", "bob")),
            ("mute_everyone_video", ()),
            ("kick", ("ann", "bob")),
            ("block", ("ann",)),
            ("unblock", ("ann",)),
            ("ban", ("ann",)),
            ("unban", ("ann",)),
            ("deactivate_user", ("ann",)),
            ("end_call", ()),
        ],
    )
    async def test_it_is_proven_by_looking(self, outbox, kind, people):
        act = Act(act_id="1", kind=kind, cid=CID, requested_at=0.0, user_ids=people)

        await outbox.accept(act)
        async with asyncio.timeout(patient(10)):
            while outbox.under_way:
                self.news.clear()
                await self.news.wait()

        last = self.receipts[-1]
        assert (last.state, last.evidence) == (ReceiptState.SEEN, "re-read")

    def publish(self, progress) -> None:
        self.receipts.append(progress.receipt)
        self.news.set()
