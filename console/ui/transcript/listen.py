"""The command that begins to listen to a call, or stops it."""

from PySide6.QtWidgets import QWidget

from console.base.plain_text import visible
from console.domain.speech import PLUGIN
from console.ui.state.speech_plugin import plugin_of
from console.ui.state.window_context import WindowContext
from console.ui.transcript.listen_dialog import ListenDialog

NO_CALL = "Choose one call to listen to."
OVER = "This call is over."


def listen_or_stop(context: WindowContext, cid: str, parent: QWidget) -> str:
    """Listen to ``cid``, or not any more; says why not, or what becomes of it.

    The first time it says what the people in the call see, and asks.
    """
    call = context.session.call(cid)
    if call is None:
        return NO_CALL
    listening = context.session.listening
    name = visible(call.name or cid)
    if cid in listening.chosen:
        listening.choose(cid, listen=False)
        return f"Not listening to {name} any more."
    if call.ended_at or not call.session_id:
        return OVER

    def listen() -> None:
        context.settings["listen_told"] = True
        listening.choose(cid, listen=True)

    if not context.settings["listen_told"]:
        seen_as = visible(context.session.state.user_id)
        plugin = plugin_of(context.settings).plugin
        by_plugin = context.settings["listen_model"] == PLUGIN
        ListenDialog(name, seen_as, listen, parent, plugin if by_plugin else "").open()
        return ""
    listen()
    return f"Listening to {name}: everybody in it sees you."
