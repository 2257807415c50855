"""Several accounts at once: one request, one task of Stream's, one receipt."""

import pytest

from console.domain.act import ReceiptState
from console.domain.sign_in import Method
from console.engine.acts import confirmation
from console.engine.wire.task import task_in
from console.protocol.acts import ActsChanged, RetryAct
from console.protocol.to_window import EngineState

CID = "default:one"
PEOPLE = ("ann", "bob", "cleo")


@pytest.fixture
async def live(sandbox, console):
    sandbox.call("one", *PEOPLE, "dan")
    console.router.answer(sandbox.sign_in(Method.SECRET))
    await console.until(
        lambda: (
            console.of(EngineState) and console.state.directory_complete and CID in console.calls
        )
    )
    return sandbox.world


async def ended(console, act_id):
    ends = (ReceiptState.SEEN, ReceiptState.FAILED, ReceiptState.UNCONFIRMED)
    await console.until(lambda: (r := console.receipt(act_id)) and r.state in ends)
    return console.receipt(act_id)


def told(console, act_id):
    return [p.receipt for m in console.of(ActsChanged) for p in m.acts if p.act.act_id == act_id]


def shut(world):
    return {user.id for user in world.state.users.values() if user.deactivated_at}


async def test_several_accounts_are_shut_and_opened_by_one_request_each(live, console):
    act_id = console.act("deactivate_user", CID, *PEOPLE)
    receipt = await ended(console, act_id)

    assert (receipt.state, receipt.attempts, receipt.done_for) == (ReceiptState.SEEN, 1, 3)
    assert receipt.task_id
    assert shut(live) == set(PEOPLE)

    back = await ended(console, console.act("reactivate_user", CID, *PEOPLE, undo_of=act_id))

    assert back.state is ReceiptState.SEEN
    assert shut(live) == set()


async def test_the_progress_of_the_task_is_told(live, console, monkeypatch):
    monkeypatch.setattr(confirmation, "PAUSES", (0.0, 0.05))
    monkeypatch.setattr(confirmation, "TASK_PAUSE_S", 0.1)
    live.state.faults.add("lose", "", 100_000)  # no event shows it

    act_id = console.act("deactivate_user", CID, *PEOPLE)
    receipt = await ended(console, act_id)

    assert receipt.state is ReceiptState.SEEN
    assert receipt.evidence == "re-read"
    assert receipt.task in ("running", "completed")
    assert any(each.task == "running" for each in told(console, act_id))


async def test_who_is_refused_by_the_task_is_named_and_asked_for_again_alone(
    live, console, monkeypatch
):
    monkeypatch.setattr(confirmation, "PAUSES", (0.1, 0.3, 0.5))
    live.accounts.deactivate("bob")

    act_id = console.act("reactivate_user", CID, "bob", "ann")
    receipt = await ended(console, act_id)

    assert receipt.state is ReceiptState.SEEN, receipt  # ann is active: that is what was wanted

    act_id = console.act("deactivate_user", CID, "ann", "nobody")
    receipt = await ended(console, act_id)
    assert receipt.state is ReceiptState.FAILED
    assert receipt.reason == "Not done for 1 of 2 people: Stream refused it in the end."
    assert "nobody" in receipt.details
    live.add_user("nobody", "Nobody")
    console.router.answer(RetryAct(act_id))
    await console.until(lambda: console.receipt(act_id).state is ReceiptState.SEEN)
    assert shut(live) == {"ann", "nobody"}


@pytest.mark.parametrize(
    ("answer", "status", "refused"),
    [
        ({}, "", {}),
        ({"status": 7, "result": []}, "", {}),
        ({"status": "completed", "result": {"a": {"status": "ok"}, "b": 3}}, "completed", {}),
        ({"status": "failed", "result": {"a": {"status": "error"}}}, "failed", {"a": ""}),
        (
            {"status": "completed", "result": {"a": {"status": "error", "error": "no"}}},
            "completed",
            {"a": "no"},
        ),
    ],
)
def test_of_a_task_only_what_can_be_read_is_believed(answer, status, refused):
    task = task_in(answer)

    assert (task.status, dict(task.refused)) == (status, refused)
