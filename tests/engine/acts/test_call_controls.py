"""Settings, air, what runs beside a call, and its members, against the served sandbox."""

import pytest

from console.domain.act import ReceiptState
from console.domain.acts.table import spec_of
from console.domain.sign_in import Method
from console.protocol.members import AskMembers, MembersAnswer
from console.protocol.to_window import EngineState

CID = "default:one"
SHOW = "livestream:show"


async def watch(console, sandbox, method=Method.SECRET, cid=CID):
    console.router.answer(sandbox.sign_in(method))
    await console.until(
        lambda: (
            console.of(EngineState) and console.state.directory_complete and cid in console.calls
        )
    )
    console.focus(cid)


async def done(console, kind, *user_ids, cid=CID, **more):
    act_id = console.act(kind, cid, *user_ids, **more)
    ends = (ReceiptState.SEEN, ReceiptState.FAILED, ReceiptState.UNCONFIRMED)
    await console.until(lambda: (r := console.receipt(act_id)) and r.state in ends)
    assert console.receipt(act_id).state is ReceiptState.SEEN, console.receipt(act_id)
    return console.receipt(act_id)


async def members(console, cid=CID):
    before = len(console.of(MembersAnswer))
    console.router.answer(AskMembers("ask", cid))
    await console.until(lambda: len(console.of(MembersAnswer)) > before)
    return {m.user_id: m.role for m in console.of(MembersAnswer)[-1].members}


@pytest.mark.parametrize("method", [Method.SECRET, Method.TOKEN])
@pytest.mark.parametrize(
    ("off", "track"), [("cameras_off", "video"), ("screens_off", "screenshare")]
)
async def test_a_switch_turns_a_track_off_for_everybody_and_undo_on_again(
    sandbox, console, method, off, track
):
    (ann,) = sandbox.call("one", "ann")
    sandbox.world.attendance.publish(CID, ann.user_session_id, track)
    await watch(console, sandbox, method)

    receipt = await done(console, off)

    assert (receipt.evidence, receipt.undoable) == ("call.updated", True)
    assert track not in ann.live
    assert not sandbox.world.attendance.publish(CID, ann.user_session_id, track)
    await console.until(lambda: len(console.calls[CID].allowed) == 2)
    await done(console, spec_of(off).undo, undo_of=receipt.act_id)
    assert sandbox.world.attendance.publish(CID, ann.user_session_id, track)


@pytest.mark.parametrize("what", ["microphone", "camera", "screen"])
async def test_requests_are_forbidden_and_allowed(sandbox, console, what):
    sandbox.call("one", "ann")
    call = sandbox.world.state.calls[CID]
    call.settings["audio"]["default_device"] = "earpiece"
    await watch(console, sandbox)
    group = {"microphone": "audio", "camera": "video", "screen": "screensharing"}[what]

    await done(console, f"{what}_requests_off")
    assert call.settings[group]["access_request_enabled"] is False
    await console.until(lambda: len(console.calls[CID].may_be_asked) == 2)
    await done(console, f"{what}_requests_on")

    assert call.settings[group]["access_request_enabled"] is True
    assert call.settings["audio"]["default_device"] == "earpiece"


async def test_a_call_goes_backstage_is_still_heard_and_goes_live(sandbox, console):
    sandbox.call("show", kind="livestream")
    sandbox.world.control.go_live(SHOW)
    sandbox.join(SHOW, "vic")
    await watch(console, sandbox, cid=SHOW)
    await console.live(SHOW)

    stopped = await done(console, "stop_live", cid=SHOW)

    call = sandbox.world.state.calls[SHOW]
    assert (call.backstage, call.captioning, stopped.evidence) == (True, True, "call.updated")
    live = await done(console, "go_live", cid=SHOW, undo_of=stopped.act_id)
    assert (call.backstage, live.evidence) == (False, "call.live_started")


@pytest.mark.parametrize("what", ["recording", "transcription"])
async def test_it_runs_beside_the_call_until_it_is_stopped(sandbox, console, what):
    sandbox.call("one", "ann")
    field = {"recording": "recording", "transcription": "transcribing"}[what]
    await watch(console, sandbox)

    started = await done(console, f"start_{what}")

    assert started.evidence == f"call.{what}_started"
    assert getattr(sandbox.world.state.calls[CID], field)
    await console.until(lambda: getattr(console.calls[CID], field))
    await done(console, f"stop_{what}", undo_of=started.act_id)
    await console.until(lambda: not getattr(console.calls[CID], field))


async def test_captions_that_a_moderator_stopped_stay_off(sandbox, console):
    sandbox.call("one", "ann")
    await watch(console, sandbox)
    await console.live(CID)

    await done(console, "stop_captions")
    await console.until(lambda: not console.calls[CID].captioning)
    seen = console.pulse.at
    await console.until(lambda: console.pulse.at > seen + 2)  # it is looked at once a second

    assert not sandbox.world.state.calls[CID].captioning
    await done(console, "start_captions")
    await console.until(lambda: console.calls[CID].captioning)


async def test_members_are_added_changed_and_removed(sandbox, console):
    sandbox.call("one", "ann", "bob")
    await watch(console, sandbox)
    assert await members(console) == {}

    added = await done(console, "add_member", "ann", "bob")
    assert await members(console) == {"ann": "user", "bob": "user"}
    changed = await done(console, "set_member_role", "bob", role="host")
    assert await members(console) == {"ann": "user", "bob": "host"}
    removed = await done(console, "remove_member", "bob")
    assert await members(console) == {"ann": "user"}

    assert added.undoable
    assert changed.undoable
    await done(console, "add_member", "bob", undo_of=removed.act_id)
    assert await members(console) == {"ann": "user", "bob": "host"}


async def test_undo_removes_nobody_who_was_a_member_before(sandbox, console):
    sandbox.call("one", "ann")
    sandbox.world.control.change_members(CID, put=[{"user_id": "ann", "role": "host"}])
    await watch(console, sandbox)

    added = await done(console, "add_member", "ann")

    assert not added.undoable
    assert await members(console) == {"ann": "host"}


async def test_a_user_token_may_do_what_its_role_may(sandbox, console):
    sandbox.call("one", "ann")
    await watch(console, sandbox, Method.TOKEN)

    await done(console, "add_member", "ann")
    await done(console, "start_recording")

    assert sandbox.world.state.calls[CID].recording


async def test_a_switch_without_an_answer_is_looked_at_and_not_set_again(sandbox, console):
    sandbox.call("one", "ann")
    await watch(console, sandbox)
    sandbox.between.after = True
    sandbox.between.add("/video/call/default/one", 502)
    updates = []
    sandbox.world.state.events.listen(
        lambda event: updates.append(event) if event.type == "call.updated" else None
    )

    await done(console, "cameras_off")

    assert len(updates) == 1
