"""The real window on a real X server, driven by mouse and keyboard; the world is asked after."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import msgspec
import pytest
import pytest_asyncio

from tests.patience import patient
from tests.system.conftest import LIMIT

pytestmark = [pytest.mark.xvfb]
MISSING = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]


@pytest.fixture
def display():
    """An X server of our own; DISPLAY's value."""
    if MISSING and os.environ.get("REQUIRE_XVFB"):
        pytest.fail(f"not installed: {', '.join(MISSING)}")
    if MISSING:
        pytest.skip(f"not installed: {', '.join(MISSING)}")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with open(read, encoding="ascii") as numbers:
        number = numbers.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(patient(10))


class Window:
    """A window process, asked over its pipes and used through xdotool."""

    def __init__(self, process, environment):
        self.process = process
        self.environment = environment

    async def ask(self, question):
        self.process.stdin.write(f"{question}\n".encode())
        line = await asyncio.wait_for(self.process.stdout.readline(), patient(LIMIT))
        return json.loads(line)

    async def wait(self, question, good=bool, limit=LIMIT):
        end = time.monotonic() + patient(limit)
        while True:
            answer = await self.ask(question)
            if good(answer):
                return answer
            assert time.monotonic() < end, f"{question}: still {answer!r}"

    async def xdotool(self, *arguments):
        tool = await asyncio.create_subprocess_exec(
            "xdotool", *map(str, arguments), env=self.environment
        )
        assert await asyncio.wait_for(tool.wait(), patient(20)) == 0

    async def click(self, question):
        place = await self.wait(question)
        await self.xdotool("mousemove", place["x"], place["y"], "click", 1)

    async def choose(self, text, user):
        """Press the row of ``text`` as a person does: again where it had just moved."""
        end = time.monotonic() + patient(LIMIT)
        while await self.ask("chosen") != user:
            assert time.monotonic() < end, f"{user} was not chosen"
            await self.click(f"row {text}")
            with contextlib.suppress(AssertionError):
                await self.wait("chosen", lambda chosen: chosen == user, limit=1)

    async def key(self, *keys):
        await self.xdotool("key", *keys)


@pytest_asyncio.fixture
async def window(display, start_sandbox, tmp_path):
    """The window, signed in to a sandbox whose people say nothing by themselves yet."""
    sandbox = await start_sandbox("town-hall")
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.system.window_process",
        str(tmp_path / "home"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(sandbox.address) + b"\n")
    driven = Window(process, environment)
    await driven.wait("ready")
    yield driven, sandbox
    process.stdin.close()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), patient(20))
    if process.returncode is None:
        process.kill()
    assert await process.wait() == 0


CID = "livestream:budget-hearing"


async def says(sandbox, user_id, text):
    return await sandbox.control("/say", {"cid": CID, "user_id": user_id, "text": text})


async def live(sandbox, user_id):
    answer = await sandbox.control(f"/people/{CID}?user_id={user_id}")
    return answer["people"][0]


def seen(kind):
    return lambda acts: any(a["kind"] == kind and a["state"] == "seen" for a in acts)


async def test_mouse_and_keys_change_the_call(window):
    driven, sandbox = window
    assert (await says(sandbox, "gil", "first words of gil"))["captioned"]
    assert (await says(sandbox, "dorian", "second words of dorian"))["captioned"]

    await driven.choose("first words of gil", "gil")
    await driven.click("widget act.mute_audio")
    await driven.wait("acts", seen("mute_audio"))
    assert "audio" not in (await live(sandbox, "gil"))["live"]
    assert (await says(sandbox, "gil", "nobody hears this"))["captioned"] is False

    await driven.choose("second words of dorian", "dorian")
    await driven.key("shift+m")
    await driven.wait("acts", seen("revoke_audio"))
    assert not (
        await sandbox.control(
            "/act", {"kind": "publish", "cid": CID, "user_id": "dorian", "track": "audio"}
        )
    )["done"]
    await driven.key("ctrl+z")
    await driven.wait("acts", seen("grant_audio"))

    await driven.key("b")
    await driven.wait("widget ban-dialog")
    await driven.key("Return")
    acts = await driven.wait("acts", seen("ban"))
    assert next(act for act in acts if act["kind"] == "ban")["minutes"] == 24 * 60
    await driven.click("row second words of dorian")  # no window manager gives the focus back
    # By hand: with the letters before it, a key so soon would be taken for typing.
    await driven.click("widget act.kick")
    await driven.wait("acts", seen("kick"))
    joined = await sandbox.control("/act", {"kind": "join", "cid": CID, "user_id": "dorian"})
    assert joined["done"] is False, "a banned one cannot join"
    assert [act["users"] for act in await driven.ask("acts")] == [
        ["gil"],
        ["dorian"],
        ["dorian"],
        ["dorian"],
        ["dorian"],
    ]


async def test_the_keyboard_alone_reaches_a_line_and_its_speaker(window):
    driven, sandbox = window
    for user, text in (("gil", "line one"), ("dorian", "line two"), ("rebate", "line three")):
        await says(sandbox, user, text)
        await driven.wait(f"row {text}")
    await driven.key("F3")
    await driven.key("k")
    await driven.wait("chosen", lambda user: user == "rebate")
    await driven.key("k")
    await driven.wait("chosen", lambda user: user == "dorian")
    await driven.key("k")
    await driven.wait("chosen", lambda user: user == "gil")
    await says(sandbox, "mayor", "a new line while somebody reads")
    await driven.key("m")
    await driven.wait("acts", seen("mute_audio"))
    assert [act["users"] for act in await driven.ask("acts")] == [["gil"]]
    await driven.key("ctrl+k")
    await driven.wait("widget palette")


async def test_a_killed_engine_is_replaced_and_nothing_is_lost(window):
    driven, sandbox = window
    await says(sandbox, "gil", "said to the first engine")
    await driven.wait("row said to the first engine")
    await driven.wait("lines", lambda lines: lines["waiting"] == 0)
    await sandbox.control("/faults", {"kind": "hang", "path": "/moderation/check", "times": 50})
    await sandbox.control("/faults", {"kind": "hang", "path": "/mute_users", "times": 50})
    await says(sandbox, "dorian", "nobody judges this yet")
    await driven.choose("nobody judges this yet", "dorian")
    await driven.key("m")
    await driven.wait("acts", lambda acts: [act["state"] for act in acts] == ["sent"])
    first = await driven.ask("engine")

    os.kill(first, signal.SIGKILL)
    await sandbox.control("/faults", {"kind": "clear"})
    await driven.wait("engine", lambda pid: pid not in (0, first))
    # It may have been done, and Dorian may have been allowed to speak again: a person decides.
    await driven.wait("acts", lambda acts: [act["state"] for act in acts] == ["unconfirmed"])
    await driven.click("widget strip-repair")
    await driven.wait("acts", seen("mute_audio"))
    await driven.wait("ready")
    await says(sandbox, "gil", "said to the second engine")
    await driven.wait("row said to the second engine")
    lines = await driven.wait("lines", lambda lines: not lines["waiting"])
    assert lines["duplicated"] == 0
    assert [act["users"] for act in await driven.ask("acts")] == [["dorian"]]
    assert "audio" not in (await live(sandbox, "dorian"))["live"]
