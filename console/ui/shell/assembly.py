"""Puts together what a window works with, and wires its parts to each other."""

import logging
from functools import partial

from PySide6.QtCore import QObject

from console.base.clock import Clock, SystemClock
from console.base.paths import Paths
from console.base.secrets import Secrets
from console.base.tasks import Tasks
from console.domain.given_label import Says
from console.domain.phase import Phase
from console.protocol.to_window import EngineState, Problem, ToWindow
from console.ui.automation.decisions import decide
from console.ui.command_table.commands import CommandSet
from console.ui.command_table.keymap import Keymap
from console.ui.sanctions.end_warnings import EndWarnings
from console.ui.shell.commands import COMMAND_TABLES, WINDOW_COMMANDS
from console.ui.shell.item_commands import DECIDING, TAKE
from console.ui.state.audit_notes import AuditNotes
from console.ui.state.controller import WindowController
from console.ui.state.desk import Desk
from console.ui.state.engine_client import EngineClient
from console.ui.state.engine_link import EngineLink
from console.ui.state.labelling import COMMANDS, Labelling
from console.ui.state.listening_wishes import ListeningWishes
from console.ui.state.past_call import PastCall
from console.ui.state.pictures import Pictures
from console.ui.state.profiles import Profiles
from console.ui.state.returned_lines import ReturnedLines
from console.ui.state.session_state import SessionState
from console.ui.state.settings import Settings
from console.ui.state.window_context import WindowContext
from console.ui.team.holder_news import HolderNews
from console.ui.widgets.theme import Theme

log = logging.getLogger(__name__)


def assemble(
    paths: Paths,
    engine: EngineClient,
    tasks: Tasks,
    *,
    clock: Clock | None = None,
    secrets: Secrets | None = None,
    theme: str | None = None,
    parent: QObject | None = None,
) -> WindowContext:
    """The context of one window, wired. ``theme`` is used instead of the setting."""
    clock = clock or SystemClock()
    session = SessionState(clock, parent=parent)
    settings = Settings(paths.config / "settings.json", parent)
    keymap = Keymap(paths.config / "keys.json", COMMAND_TABLES, parent)
    for file in (settings, keymap):
        file.trouble_found.connect(partial(_report, session, clock, "settings"))
        file.load()
    link = EngineLink(engine, parent)
    controller = WindowController(session, link, clock, parent, hold_s=lambda: settings["hold_s"])
    context = WindowContext(
        clock=clock,
        session=session,
        engine=engine,
        link=link,
        controller=controller,
        desk=Desk(session, link, controller, clock, parent),
        labelling=Labelling(session, link, controller, clock, parent),
        commands=CommandSet(WINDOW_COMMANDS, parent),
        keymap=keymap,
        settings=settings,
        theme=Theme(theme or settings["theme"]),
        pictures=Pictures(link, session.frames, settings, parent),
        past=PastCall(session, link, clock, parent),
        profiles=Profiles(paths.config / "profiles.json", secrets or Secrets(), parent),
        tasks=tasks,
        audit=AuditNotes(session, link, settings, clock, parent),
    )
    _wire(context)
    return context


def report(context: WindowContext, place: str, sentence: str) -> None:
    """Add a problem of the window itself to the list of problems."""
    _report(context.session, context.clock, place, sentence)


def _report(session: SessionState, clock: Clock, place: str, sentence: str) -> None:
    session.report(Problem(place=place, sentence=sentence, at=clock.now()))


def _wire(context: WindowContext) -> None:
    context.profiles.secret_not_kept.connect(partial(report, context, "keyring"))
    engine, session, commands = context.engine, context.session, context.commands
    engine.message_received.connect(partial(_on_message, context))
    engine.silent.connect(session.engine_silent)
    engine.died.connect(session.engine_lost)
    engine.refused.connect(partial(_on_engine_refused, context))
    session.state_changed.connect(partial(_remember_profile, context))
    ReturnedLines(session, context.link, context.link)
    EndWarnings(context, context.link)
    HolderNews(context, context.link)
    ListeningWishes(session, context.link, context.settings, context.link)
    commands.act_wanted.connect(context.controller.request_act)
    commands.on("undo", partial(_undo_newest, context))
    for command_id, step in DECIDING.items():
        commands.on(command_id, partial(context.desk.decide, step))
    commands.on(TAKE.id, context.desk.take_or_give_back)
    for says in Says:
        commands.on(COMMANDS[says], partial(context.labelling.say, says))
    commands.on("automation.stop", partial(decide, context, do=False))
    commands.on("automation.do", partial(decide, context, do=True))
    commands.set_keys(context.keymap.keys())
    context.keymap.changed.connect(lambda: commands.set_keys(context.keymap.keys()))
    context.settings.changed.connect(partial(_on_setting_changed, context))


def _undo_newest(context: WindowContext) -> str:
    """Take back what this moderator did last: an act, a decision about raised items, or a label."""
    acts = context.session.acts
    newest = acts.newest_undoable()
    undoable_at = acts[newest].act.requested_at if newest else 0.0
    if context.labelling.newest_at > max(undoable_at, context.desk.newest_at):
        return context.labelling.undo_newest()
    if stays := context.controller.why_newest_stays(max(undoable_at, context.desk.newest_at)):
        return stays
    if context.desk.newest_at > undoable_at:
        return context.desk.undo_newest()
    context.controller.undo_last()
    return ""


def _on_message(context: WindowContext, message: ToWindow) -> None:
    # One message that we mishandle must not cost the ones after it.
    try:
        context.session.apply(message)
    except Exception:
        log.exception("a message of the engine could not be taken in")
        report(context, "window", "The window could not take in a message of the engine.")


def _on_engine_refused(context: WindowContext, sentence: str) -> None:
    context.session.engine_up = False
    context.session.apply(
        EngineState(phase=Phase.REFUSED, sentence=sentence, advice="Install the program once more.")
    )
    report(context, "engine", sentence)


def _remember_profile(context: WindowContext, state: EngineState) -> None:
    if state.phase is Phase.LIVE and context.profiles.find(state.profile) is not None:
        context.settings["profile"] = state.profile


def _on_setting_changed(context: WindowContext, name: str) -> None:
    if name == "theme":
        context.theme.choose(context.settings["theme"])
