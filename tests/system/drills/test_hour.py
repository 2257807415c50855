"""An hour of 200 calls with faults, two moderators at their desks, one engine killed in the middle.

HOUR_SECONDS says how long it is by the program's clock, HOUR_SPEEDS which speeds of that clock are
tried: a trial of ten minutes each, the highest first, until both consoles keep up.
"""

import asyncio
import json
import os
import subprocess
import sys
from typing import Any

from tests.patience import patient

SECONDS = float(os.environ.get("HOUR_SECONDS", "3600"))
SPEEDS = tuple(map(float, os.environ.get("HOUR_SPEEDS", "10,8,6,4,2").split(",")))
TRIAL_S = 600.0
REST_S = 1000.0
"""What may come after the work, until all that was begun has ended."""


async def hour(seconds: float, speed: float) -> dict[str, Any]:
    """What one hour came to."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.system.drills.hour"),
        *(f"--seconds={seconds}", f"--speed={speed}"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        limit = (seconds + REST_S) / speed + patient(120)
        out, errors = await asyncio.wait_for(process.communicate(), limit)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert out, errors.decode()
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    # What pytest shows with -s, and where the drill fails.
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return found


async def highest_speed() -> float:
    """The highest of SPEEDS that both consoles keep up with on this machine."""
    for speed in SPEEDS[:-1]:
        if (await hour(TRIAL_S, speed))["kept_up"]:
            return speed
    return SPEEDS[-1]


async def test_an_hour_of_two_hundred_calls_keeps_every_promise():
    found = await hour(SECONDS, await highest_speed())
    assert found["broken"] == []
    assert found["kept_up"], found["behind_s"]
    assert found["seconds"] >= SECONDS
    assert found["engines_killed"] == [0, 1]
    assert found["faults_happened"] > 0
    assert found["acts"]["seen"] > 0
    assert all(counts["raised"] > 0 for counts in found["raised"])
