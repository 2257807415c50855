"""Notifications over a private D-Bus, to a stand-in for the program that shows them."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from console.base.tasks import Tasks
from console.ui.alerts import notification_bus
from console.ui.alerts.desktop import NO_PLACE, Desktop
from console.ui.alerts.notification_bus import Note, NotificationBus, bus_address
from console.ui.alerts.sound import Sounds
from console.ui.state import aio
from tests.patience import patient

SERVICE = Path(__file__).with_name("notification_service.py")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's")


@pytest.fixture
def bus(tmp_path):
    """The address of a bus of its own."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        if os.environ.get("REQUIRE_DBUS"):
            pytest.fail("dbus-daemon is missing")
        pytest.skip("dbus-daemon is not installed")
    address = f"unix:path={tmp_path}/bus"
    command = [daemon, "--session", "--nofork", "--nopidfile", "--print-address"]
    with subprocess.Popen(
        [*command, f"--address={address}"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        yield address
        process.terminate()


class StandIn:
    """The stand-in's process."""

    def __init__(self, process):
        self.process = process

    async def line(self):
        """The next notification; "ready" first."""
        read = self.process.stdout.readline()
        return json.loads(await asyncio.wait_for(read, patient(10)))

    def tell(self, words):
        self.process.stdin.write(f"{words}\n".encode())


@pytest.fixture
async def service(bus):
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(SERVICE),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus},
    )
    made = StandIn(process)
    assert await made.line() == "ready"
    yield made
    process.terminate()
    await process.wait()


@pytest.fixture
async def tasks():
    made = Tasks()
    yield made
    await made.close()


def note(title, opened=lambda: None, critical=False):
    return Note(title, "Ann in hall", critical, opened)


class Told:
    """What was told so far, and a wait for more."""

    def __init__(self):
        self.all = []
        self._more = asyncio.Event()

    def __call__(self, *what):
        self.all.append(what[-1])
        self._more.set()

    async def until(self, many):
        """Wait for so many; returns all."""
        async with asyncio.timeout(patient(10)):
            while len(self.all) < many:
                self._more.clear()
                await self._more.wait()
        return self.all


async def test_it_is_shown_and_a_press_opens_what_it_is_about(bus, service, tasks):
    opened, failed = Told(), Told()
    shows = NotificationBus(bus, tasks, failed)
    shows.show(note("first", lambda: opened("first"), critical=True))
    shows.show(note("second", lambda: opened("second")))
    first, second = await service.line(), await service.line()
    assert first == [1, "first", "Ann in hall", ["default", "Show"], ["y", 2]]
    assert (second[1], second[4]) == ("second", ["y", 1])
    service.tell("press 77")
    service.tell("press 1")
    assert await opened.until(1) == ["first"]
    service.tell("close 2")
    service.tell("press 2")
    shows.show(note("third", lambda: opened("third")))
    assert (await service.line())[1] == "third"
    service.tell("press 3")
    assert await opened.until(2) == ["first", "third"]
    assert failed.all == []


async def test_what_is_refused_or_nobody_shows_is_told(bus, tasks, service):
    failed = Told()
    shows = NotificationBus(bus, tasks, failed)
    shows.show(note("refuse"))
    (why,) = await failed.until(1)
    assert why == "no program of this desktop shows them (org.example.Refused)."


async def test_a_bus_without_such_a_program_says_so(bus, tasks):
    failed = Told()
    shows = NotificationBus(bus, tasks, failed)
    shows.show(note("one"))
    (why,) = await failed.until(1)
    assert why.startswith("no program of this desktop shows them (org.freedesktop.DBus.Err")


@pytest.mark.parametrize("address", ["unix:path=/nowhere/at/all", "tcp:host=localhost,port=1", "x"])
async def test_a_bus_that_is_not_there_is_told(tasks, address):
    failed = Told()
    shows = NotificationBus(address, tasks, failed)
    shows.show(note("one"))
    shows.show(note("two"))
    assert all("D-Bus" in why for why in await failed.until(2))


async def test_more_than_the_desktop_takes_is_told(tasks):
    failed = Told()
    shows = NotificationBus("unix:path=/nowhere", tasks, failed)
    for _ in range(notification_bus.WAITING + 1):
        shows.show(note("again"))
    assert failed.all == ["more came than the desktop took."]
    assert len(await failed.until(notification_bus.WAITING + 1)) == notification_bus.WAITING + 1


async def test_after_a_lost_bus_the_next_one_is_tried(bus, service, tasks):
    failed = Told()
    shows = NotificationBus(bus, tasks, failed)
    shows.show(note("first"))
    await service.line()
    worker = shows._worker
    assert worker is not None
    worker.cancel()
    await asyncio.wait({worker})
    shows.show(note("second"))
    assert (await service.line())[1] == "second"
    assert failed.all == []


def test_where_the_bus_is(tmp_path):
    assert bus_address({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/b"}) == "unix:path=/b"
    assert bus_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    (tmp_path / "bus").touch()
    assert bus_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"
    assert bus_address({}) == ""


def desktop(window, tasks, address):
    said = Told()
    made = Desktop(window, Sounds(Path(), window), tasks, address, lambda: said("up"), said)
    return made, said


def test_the_window_s_own_loop_shows_them_without_any_markup(window, qapp, bus, tmp_path):
    """The stand-in is a process; the window's loop is Qt's."""
    environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus}
    with subprocess.Popen(
        [sys.executable, str(SERVICE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        service_in, service_out = process.stdin, process.stdout
        assert service_in is not None
        assert service_out is not None
        assert json.loads(service_out.readline()) == "ready"
        shown = []

        async def work(tasks):
            made, said = desktop(window, tasks, bus)
            made.notify(
                "<b>Scam</b> & more\u202e", "Ann\nin hall", critical=True, show=lambda: qapp.exit(7)
            )
            shown.append(json.loads(await asyncio.to_thread(service_out.readline)))
            service_in.write(b"press 1\n")
            service_in.flush()
            assert await said.until(1) == ["up"]

        async def nothing():
            return None

        def start(tasks):
            tasks.spawn(work(tasks), name="work")

        code = aio.run(qapp, start, nothing)
        process.terminate()
    assert shown[0][1:3] == ["‹b›Scam‹/b› + more⟦RLO⟧", "Ann\nin hall"]
    assert code == 7


async def test_without_bus_and_tray_it_says_so_once(window, tasks):
    made, said = desktop(window, tasks, "")
    assert made.why_no_notification == NO_PLACE
    made.notify("t", "b", critical=False)
    assert said.all == []
    made, said = desktop(window, tasks, "unix:path=/nowhere")
    assert made.why_no_notification == ""
    made.notify("t", "b", critical=False)
    (why,) = await said.until(1)
    assert why.startswith("A desktop notification could not be shown: the session's D-Bus")
    assert made.why_no_notification == why
