import json
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from console.base import documents
from console.base.paths import Paths
from console.base.secrets import Secrets
from console.domain.phase import Phase
from console.domain.sign_in import Method, Profile
from console.protocol.to_window import EngineState, Problem
from console.ui.command_table.commands import act_command_id
from console.ui.shell.app import Console, build_application, engine_program, since_process_start
from console.ui.state import aio
from console.ui.state.targets import target_of_person

DOUBLE = Path(__file__).parents[1] / "engine_double.py"
PROFILE = Profile(name="main", api_key="key", method=Method.SECRET)
LIVE = EngineState(
    phase=Phase.LIVE, method=Method.SECRET, user_id="mod", profile="main", directory_complete=True
)


class NoKeyring(Secrets):
    """The machine of these tests has none; secrets last for the session."""

    def __init__(self, kept):
        super().__init__()
        for name, secret in dict(kept).items():
            self._session[name] = secret

    async def _has_keyring(self):
        return False


@pytest.fixture
def paths(tmp_path):
    return Paths.under(tmp_path)


def _window():
    return QLabel("window")


@pytest.fixture
def live(qapp, paths):
    """Runs a Console with the small engine until ``done`` says so; returns what it left."""

    def live(body, done, *, sign_in=None, to_come="", secrets=(), program=None, build=_window):
        made = []

        def start(tasks):
            console = Console(
                paths,
                program or [sys.executable, str(DOUBLE), json.dumps({"answer": True})],
                tasks,
                secrets=NoKeyring(secrets),
                theme="dark",
            )
            made.append(console)
            body(console)
            console.start(lambda context: build(), sign_in, to_come=to_come)
            timer.timeout.connect(lambda: done(console) and qapp.exit(0))
            timer.start()
            limit.start()

        async def close():
            timer.stop()
            limit.stop()
            for console in made:
                await console.close()

        timer = QTimer(interval=5)
        limit = QTimer(interval=20_000, singleShot=True)
        limit.timeout.connect(lambda: qapp.exit(9))
        assert aio.run(qapp, start, close) == 0
        return made[0]

    return live


def told(console):
    return [problem.place for problem in console.context.session.problems]


def test_the_engine_starts_after_the_first_paint(live):
    order = []

    def watch(console):
        console.engine.started.connect(lambda _: order.append(console.first_paint_ms > 0))
        order.append(console.engine.pid)

    console = live(watch, lambda console: order[1:])
    assert order == [0, True]
    assert 0 < console.first_paint_ms < since_process_start()
    assert console.engine.pid == 0


def test_it_signs_in_as_told(live):
    console = live(lambda console: None, lambda c: "SignIn" in told(c), sign_in=(PROFILE, "hush"))
    assert "hush" not in repr(console.context.session.problems)


def test_it_signs_in_as_last_time(live, paths):
    documents.save(paths.config / "profiles.json", [PROFILE])
    documents.save(paths.config / "settings.json", {"profile": "main"})
    phases = []

    def follow(console):
        session = console.context.session
        session.state_changed.connect(lambda state: phases.append(state.phase))

    live(follow, lambda c: "SignIn" in told(c), secrets={"main": "hush"})
    assert phases[0] is Phase.CONNECTING
    assert Phase.SIGNED_OUT not in phases


def test_where_a_sign_in_is_to_come_it_never_says_that_nobody_is_signed_in(live):
    phases = []

    def follow(console):
        session = console.context.session
        session.state_changed.connect(lambda state: phases.append(state.phase))
        console.engine.started.connect(lambda _: phases.append("engine"))

    console = live(follow, lambda c: "engine" in phases and c.engine.running, to_come="Sandbox")
    assert phases[0] is Phase.CONNECTING
    assert Phase.SIGNED_OUT not in phases
    assert console.context.session.beginning


def test_without_a_secret_it_waits_to_be_asked(live, paths):
    documents.save(paths.config / "profiles.json", [PROFILE])
    documents.save(paths.config / "settings.json", {"profile": "main"})

    def waits(console):
        session = console.context.session
        return console.engine.running and session.state.phase is Phase.SIGNED_OUT

    console = live(lambda console: None, waits)
    assert "SignIn" not in told(console)


def test_whoever_cancels_before_the_keyring_answers_is_not_signed_in(live, paths):
    documents.save(paths.config / "profiles.json", [PROFILE])
    documents.save(paths.config / "settings.json", {"profile": "main"})

    def cancel(console):
        session = console.context.session
        began = session.begin

        def begin(profile):
            began(profile)
            console.context.controller.sign_out()

        session.begin = begin

    console = live(cancel, lambda c: c.engine.running, secrets={"main": "hush"})
    assert "SignIn" not in told(console)
    assert console.context.session.state.phase is Phase.SIGNED_OUT


def test_broken_files_are_told_and_stop_nothing(live, paths):
    paths.create()
    for name in ("settings", "keys", "profiles"):
        (paths.config / f"{name}.json").write_text("{broken")
    console = live(lambda console: None, lambda c: c.engine.running)
    assert [place for place in told(console) if place in ("settings", "profiles")] == [
        "settings",
        "settings",
        "profiles",
    ]


def test_the_parts_are_wired(live):
    def use(console):
        context = console.context
        context.session.apply(LIVE)
        context.settings["theme"] = "light"
        context.keymap.assign("go.next", "Ctrl+J")

    console = live(use, lambda c: c.engine.running)
    context = console.context
    assert context.theme.choice == "light"
    assert context.commands.action("go.next").shortcut().toString() == "Ctrl+J"
    assert console.ready_ms > 0


def test_an_act_command_reaches_the_engine(live, make):
    def use(console):
        context = console.context
        context.session.apply(LIVE)
        context.session.apply(make.calls(make.call()))
        context.session.apply(make.people(make.person()))
        context.controller.choose_person(target_of_person(make.person(), make.call()))
        context.commands.run(act_command_id("mute_audio"))

    console = live(use, lambda c: "RequestAct" in told(c) and not c.engine._unanswered)
    (progress,) = console.context.session.acts.values()
    assert progress.act.user_ids == ("ann",)


@pytest.mark.expects_errors
def test_an_engine_of_another_version_is_said(live):
    program = [sys.executable, str(DOUBLE), '{"version": 99}']
    console = live(
        lambda console: None,
        lambda c: c.context.session.state.phase is Phase.REFUSED,
        program=program,
    )
    assert "version 99" in console.context.session.state.sentence


@pytest.mark.expects_errors
def test_a_message_that_we_mishandle_stops_nothing(live, monkeypatch):
    def use(console):
        monkeypatch.setitem(console.context.session.handlers, Problem, report(console))

    def report(console):
        original = console.context.session.report

        def once(problem: Problem):
            if problem.place == "SignIn":
                raise LookupError("bug")
            original(problem)

        return once

    console = live(use, lambda c: "window" in told(c), sign_in=(PROFILE, "hush"))
    assert "SignIn" not in told(console)


def test_the_engine_is_this_program():
    assert engine_program(None) == [sys.executable, "-m", "console", "engine"]
    assert engine_program(Path("/x"))[3:] == ["--home", "/x", "engine"]


def test_there_is_one_application(qapp):
    assert build_application(["x"]) is qapp


def test_a_window_that_is_told_to_end_is_closed_and_so_keeps_its_layout(live):
    closed = []

    class Closing(QLabel):
        def closeEvent(self, event):
            closed.append(self.isVisible())
            super().closeEvent(event)

    live(lambda console: None, lambda c: c.engine.running, build=lambda: Closing("window"))
    assert closed == [True]
