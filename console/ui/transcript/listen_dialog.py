"""Before a console listens to a call for the first time: what that means for the people in it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.ui.state.speech_plugin import where_it_goes
from console.ui.widgets.dialog import PlainDialog


class ListenDialog(PlainDialog):
    """``call``: its name, safe to look at. ``seen_as``: who is signed in.

    ``plugin``: which one writes speech down; "" where Whisper does, on this machine.
    """

    def __init__(
        self,
        call: str,
        seen_as: str,
        listen: Callable[[], object],
        parent: QWidget | None,
        plugin: str = "",
    ) -> None:
        super().__init__("Listen to a call", parent)
        self._listen = listen
        self.add_heading(f"Everybody in {call} will see you")
        self.add_sentence(
            f"To listen, this console joins the call: the people in it see {seen_as} as a"
            " participant, without microphone and camera, for as long as you listen."
        )
        if plugin:
            self.add_sentence(where_it_goes(plugin), ink="warn")
            self.add_sentence(
                "What it writes down is judged like captions, and marked with the plugin's name."
            )
        else:
            self.add_sentence(
                "What each of them says is written down on this machine, judged like captions, and"
                " marked “heard here”. No sound leaves this machine. It takes about a tenth of a"
                " processor while somebody talks, and 300 MB."
            )
        self.add_sentence(
            "The last half minute of each speaker stays in memory, so that you can hear it again;"
            " the settings switch that off. Where a call has captions of Stream, they stay the"
            " better choice."
        )
        self.add_button("Cancel", self.reject)
        self.add_button("Listen", self._go, tone="primary", name="listen").setDefault(True)

    def _go(self) -> None:
        self.accept()
        self._listen()
