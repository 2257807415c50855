"""What automation is about to do, in a row of the strip: the two keys, who, what, seconds."""

from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton

from console.ui.automation.decisions import NOTHING, decide
from console.ui.state.proposal_words import needed, sentence, standing
from console.ui.state.window_context import WindowContext
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel, tip
from console.ui.widgets.short_texts import short_key


class CountdownBar(QFrame):
    """What it shows is what the keys decide.

    Shown from the first proposal on until somebody else signs in, so that the window does not move
    with every proposal.
    """

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._needed = ""
        self.setObjectName("countdown")
        self.setProperty("surface", "countdown")
        self.said = ElidedLabel()
        self.more = PlainLabel(ink="faint")
        self.stop = push_button("", partial(self._decide, do=False), name="countdown-stop")
        self.do = push_button("", partial(self._decide, do=True), name="countdown-do")
        for button in (self.stop, self.do):
            button.setProperty("tone", "link")
        in_row(
            self.stop,
            self.do,
            (self.said, 1),
            self.more,
            owner=self,
            margins=(0, 0, 4, 0),
            spacing=6,
        )
        automation = context.session.automation
        automation.proposals_changed.connect(self.refresh)
        automation.aim_changed.connect(self.refresh)
        automation.ticked.connect(self.refresh)
        context.keymap.changed.connect(self.refresh)
        context.session.cleared.connect(self.hide)
        automation.said_whole = self.says_whole
        self.hide()
        self.setMinimumHeight(self.do.sizeHint().height())
        self.refresh()

    def says_whole(self) -> bool:
        """Whether who and all of what can be read in it."""
        shown = self.said.text()
        return shown == self.said.accessibleName() or shown.startswith(f"{self._needed} ")

    def refresh(self, *_changed: object) -> None:
        """Show what the keys decide now."""
        automation = self._context.session.automation
        aimed = automation.aimed()
        for part in (self.stop, self.do):
            part.setVisible(aimed is not None)
        self.said.set_ink("faint" if aimed is None else "")
        if aimed is None:
            self.more.hide()
            self.said.show_text(NOTHING)
            self.setAccessibleName(NOTHING)
            return
        self.show()
        seconds = automation.seconds_left(aimed)
        self._needed = needed(aimed, seconds)
        self.said.show_text(sentence(aimed, seconds))
        self.said.setToolTip(tip(f"{sentence(aimed, seconds)}\n{aimed.note}".strip()))
        others = len(automation.waiting()) - 1
        self.more.show_text(f"+{others}" if others else "")
        self.more.setVisible(bool(others))
        counts = bool(aimed.due_at)
        self._label(self.stop, "Stop" if counts else "No", "automation.stop")
        self._label(self.do, "Now" if counts else "Do it", "automation.do")
        state = standing(aimed, seconds)
        self.setAccessibleName(f"Automation, {state}: {sentence(aimed, seconds)}")

    def _label(self, button: QPushButton, words: str, command: str) -> None:
        key = self._context.keymap.keys().get(command, "")
        text = f"{words} ({short_key(key)})" if key else words
        button.setText(text)
        button.setAccessibleName(text)

    def _decide(self, *, do: bool) -> None:
        why = decide(self._context, do=do)
        if why:
            self._context.controller.say(why, "warn")
