"""What every panel of a window gets to work with."""

from dataclasses import dataclass

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.ui.command_table.commands import CommandSet
from console.ui.command_table.keymap import Keymap
from console.ui.state.audit_notes import AuditNotes
from console.ui.state.controller import WindowController
from console.ui.state.desk import Desk
from console.ui.state.engine_client import EngineClient
from console.ui.state.engine_link import EngineLink
from console.ui.state.labelling import Labelling
from console.ui.state.past_call import PastCall
from console.ui.state.pictures import Pictures
from console.ui.state.profiles import Profiles
from console.ui.state.session_state import SessionState
from console.ui.state.settings import Settings
from console.ui.widgets.theme import Theme


@dataclass(frozen=True)
class WindowContext:
    """All of it lives as long as the window. What two panels share goes through it."""

    clock: Clock
    session: SessionState
    engine: EngineClient
    link: EngineLink
    controller: WindowController
    desk: Desk
    labelling: Labelling
    commands: CommandSet
    keymap: Keymap
    settings: Settings
    theme: Theme
    pictures: Pictures
    past: PastCall
    profiles: Profiles
    tasks: Tasks
    audit: AuditNotes
