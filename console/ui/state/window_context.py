"""The parts of one window that views are built from."""

from dataclasses import dataclass

from console.base.clock import Clock
from console.ui.acts.acts_model import ActsModel
from console.ui.calls.calls_model import CallsModel
from console.ui.command_table.commands import CommandSet
from console.ui.command_table.keymap import Keymap
from console.ui.people.people_model import PeopleModel
from console.ui.state.aio import Slots
from console.ui.state.controller import WindowController
from console.ui.state.engine_client import EngineClient
from console.ui.state.engine_link import EngineLink
from console.ui.state.meters import Meters
from console.ui.state.profiles import Profiles
from console.ui.state.session_state import SessionState
from console.ui.state.settings import Settings
from console.ui.transcript.transcript_model import TranscriptModel
from console.ui.widgets.theme import Theme


@dataclass(frozen=True)
class WindowContext:
    """What ``MainWindow(parts)`` needs; all of it lives as long as the window."""

    clock: Clock
    session: SessionState
    engine: EngineClient
    link: EngineLink
    controller: WindowController
    commands: CommandSet
    keymap: Keymap
    settings: Settings
    theme: Theme
    profiles: Profiles
    meters: Meters
    calls: CallsModel
    people: PeopleModel
    transcript: TranscriptModel
    acts: ActsModel
    slots: Slots
