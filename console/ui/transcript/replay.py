"""The command that lets a moderator hear again what the chosen person said last, or stops it."""

from PySide6.QtCore import QObject

from console.base.plain_text import visible
from console.protocol.listening import AskReplay, ReplayAnswer
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext
from console.ui.transcript.replay_player import ReplayPlayer
from console.ui.widgets.short_texts import clock

NOBODY = "Choose one person to hear again."
OFF = "Keeping sound for replay is switched off in the settings."
NOT_HEARD = "This call is not listened to, so no sound of it is kept."
STOPPED = "The replay was stopped."


class Replay(QObject):
    """Asks for the sound and plays it."""

    def __init__(self, context: WindowContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.player = ReplayPlayer(self)
        self.player.ended.connect(self._on_ended)
        self._name = ""

    def toggle(self) -> str:
        """Play, or stop what plays; returns why not, or what became of it."""
        if self.player.playing:
            self.player.stop()
            return STOPPED
        chosen = self._context.controller.chosen
        if len(chosen) != 1:
            return NOBODY
        if not self._context.settings["listen_replay"]:
            return OFF
        target = chosen[0]
        if self._context.session.listening.of(target.cid) is None:
            return NOT_HEARD
        self._name = visible(self._context.controller.called(target))
        self._context.link.ask(AskReplay(new_id(), target.cid, target.user_id), self._answered)
        return ""

    def _answered(self, answer: ReplayAnswer) -> None:
        why = f"{answer.sentence} {answer.advice}".strip() or self.player.play(answer.wav)
        if why:
            self._context.controller.say(why, "warn")
            return
        self._context.controller.say(
            f"The last {answer.seconds:.0f} s that {self._name} said, until {clock(answer.until)}."
        )

    def _on_ended(self, why: str) -> None:
        if why:
            self._context.controller.say(why, "warn")
