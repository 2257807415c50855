"""Receipts on disk: what cannot be saved is told."""

import asyncio

import pytest

from console.base.errors import WorldError
from console.domain.act import ReceiptState

ACCEPTED = ReceiptState.ACCEPTED


async def test_a_receipt_that_cannot_be_saved_is_told_and_the_act_goes_on(desk):
    wish = desk.act("kick", "ada")
    gate = desk.stream.gates["kick"] = asyncio.Event()
    await desk.outbox.accept(wish)
    await desk.stream.reached(1)
    await desk.outbox._pending.flush()
    await desk.store.close()

    gate.set()
    await desk.reaches(wish, ACCEPTED)
    await desk.outbox._pending.flush()

    assert desk.problems == ["A receipt could not be saved: The store is closed."]
    with pytest.raises(WorldError):
        await desk.records.act(wish.act_id)
