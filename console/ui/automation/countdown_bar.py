"""What automation is about to do, on the strip: who, what, seconds, and the two keys."""

from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton

from console.ui.automation.decisions import decide
from console.ui.state.proposal_words import sentence, standing
from console.ui.state.window_context import WindowContext
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel, tip
from console.ui.widgets.short_texts import short_key


class CountdownBar(QFrame):
    """Shown while a person can still decide; what it shows is what the keys decide."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("countdown")
        self.setProperty("surface", "countdown")
        self.said = ElidedLabel()
        self.more = PlainLabel(ink="faint")
        self.stop = push_button("", partial(self._decide, do=False), name="countdown-stop")
        self.do = push_button("", partial(self._decide, do=True), name="countdown-do")
        for button in (self.stop, self.do):
            button.setProperty("tone", "link")
        in_row(
            (self.said, 1),
            self.more,
            self.stop,
            self.do,
            owner=self,
            margins=(8, 0, 8, 0),
            spacing=6,
        )
        automation = context.session.automation
        automation.proposals_changed.connect(self.refresh)
        automation.aim_changed.connect(self.refresh)
        automation.ticked.connect(self.refresh)
        context.keymap.changed.connect(self.refresh)
        self.refresh()

    def refresh(self, *_changed: object) -> None:
        """Show what the keys decide now."""
        automation = self._context.session.automation
        aimed = automation.aimed()
        self.setVisible(aimed is not None)
        if aimed is None:
            return
        seconds = automation.seconds_left(aimed)
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
