"""Sanctions that end by themselves, on clocks that run faster than life."""

import asyncio
import time

from console.domain.act import ReceiptState
from tests.patience import patient
from tests.system.conftest import EngineChild
from tests.system.test_engine_and_sandbox import one_call

SPEED = 20


async def test_a_ban_of_two_minutes_ends(start_sandbox, tmp_path, warm_python):
    clock = f"--clock-speed={SPEED}@{time.time()}"
    sandbox = await start_sandbox("town-hall", clock)
    engine = EngineChild(tmp_path / "home", clock, python=warm_python)
    await engine.start()
    try:
        await engine.sign_in(sandbox.address)
        cid = (await one_call(engine)).cid

        async def banned():
            rows = (await sandbox.control(f"/people/{cid}?user_id=gil"))["people"]
            return rows[0]["banned"]

        assert not await banned()
        receipt = await engine.act("ban", cid, "gil", minutes=2)
        assert receipt.state is ReceiptState.SEEN
        assert await banned()
        end = time.monotonic() + patient(120 / SPEED)
        while await banned():
            assert time.monotonic() < end
            await asyncio.sleep(0.1)
    finally:
        await engine.kill()
