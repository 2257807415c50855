"""The parts of one window that views are built from."""

from dataclasses import dataclass

from console.base.clock import Clock
from console.ui.aio import Slots
from console.ui.commands import CommandSet
from console.ui.desk import Desk
from console.ui.engine_client import EngineClient
from console.ui.keymap import Keymap
from console.ui.meters import Meters
from console.ui.models.acts_model import ActsModel
from console.ui.models.calls_model import CallsModel
from console.ui.models.people_model import PeopleModel
from console.ui.models.transcript_model import TranscriptModel
from console.ui.profiles import Profiles
from console.ui.session import Session
from console.ui.settings import Settings
from console.ui.theme import Theme


@dataclass(frozen=True)
class Parts:
    """What ``MainWindow(parts)`` needs; all of it lives as long as the window."""

    clock: Clock
    session: Session
    engine: EngineClient
    desk: Desk
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
