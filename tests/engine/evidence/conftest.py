"""A console that hears a call and asks for evidence."""

import pytest

from console.domain.act import ReceiptState
from console.protocol.evidence import AskEvidence, EvidenceFound, EvidenceOpened, OpenEvidence

CID = "default:one"


@pytest.fixture
async def call(sandbox, console):
    """Ann and Ben in a call that is heard."""
    people = sandbox.call("one", "ann", "ben")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    return people


@pytest.fixture
def hear(sandbox, console):
    async def say(presence, text):
        sandbox.say(presence, text)
        await console.until(lambda: text in console.texts)

    return say


@pytest.fixture
def act(console, shared_clock):
    """Does something and waits until the call showed it; returns the act's id."""

    async def do(kind, *user_ids, **more):
        more.setdefault("requested_at", shared_clock.now())
        act_id = console.act(kind, CID, *user_ids, **more)
        ends = (ReceiptState.SEEN, ReceiptState.FAILED)
        await console.until(lambda: (r := console.receipt(act_id)) and r.state in ends)
        return act_id

    return do


@pytest.fixture
def frozen(ask):
    """The evidence of an act, once there is some."""

    async def of(act_id):
        while not (await ask(EvidenceFound, AskEvidence, act_id=act_id)).heads:
            pass
        return await ask(EvidenceOpened, OpenEvidence, act_id)

    return of
