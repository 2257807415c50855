"""One thing that can be set of a call: its name, and a button for each choice."""

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from console.domain.acts.table import spec_of
from console.domain.call import Call
from console.protocol.door import DoorSet, SetDoor
from console.ui.acts.armed_face import ArmedFaces
from console.ui.call_controls.choices import Choice, Option
from console.ui.state.armed import Armed
from console.ui.state.engine_link import new_id
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.short_texts import count


class ChoiceRow(QWidget):
    """The button of what is so now is marked; the others request the acts that lead there."""

    def __init__(self, choice: Choice, context: WindowContext) -> None:
        super().__init__()
        self._choice = choice
        self._controller = context.controller
        self._link = context.link
        self._call: Call | None = None
        self._locked: Target | None = None
        self.setAccessibleName(choice.name)
        self.buttons: dict[str, QPushButton] = {}
        last = len(choice.options) - 1
        for at, option in enumerate(choice.options):
            button = QPushButton(option.words)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setObjectName(f"{choice.name.lower().replace(' ', '-')}-{option.key}")
            button.setAccessibleName(f"{choice.name}: {option.words}")
            button.setProperty("segment", "first" if not at else "last" if at == last else "middle")
            button.pressed.connect(self._lock)
            button.clicked.connect(partial(self._choose, option))
            ArmedFaces(button, context, partial(self._concerns, option), str)
            self.buttons[option.key] = button
        name = PlainLabel(choice.name, ink="dim")
        in_column(name, in_row(*self.buttons.values(), spacing=0), owner=self, spacing=2)

    def show_call(self, call: Call | None) -> None:
        """Show how it is in ``call``."""
        self._call = call
        now = self._choice.now(call) if call is not None else ""
        for option in self._choice.options:
            button = self.buttons[option.key]
            button.setChecked(option.key == now)
            why = self._why_not(option, call)
            button.setEnabled(not why)
            does = [spec_of(kind).consequence for kind in self._acts(option)]
            words = why or option.help or " ".join(does) or "It is so now."
            button.setToolTip(tip(words))
            button.setAccessibleDescription(words)

    def _acts(self, option: Option) -> tuple[str, ...]:
        return option.acts(self._call) if self._call is not None else ()

    def _why_not(self, option: Option, call: Call | None) -> str:
        if call is None:
            return "Choose a call first."
        target = self._controller.call_target()
        reasons = (self._controller.why_not(kind, target) for kind in option.acts(call))
        return next(filter(None, reasons), "")

    def _concerns(self, option: Option, armed: Armed) -> bool:
        target = self._controller.call_target()
        return armed.name in self._acts(option) and (
            target is not None and self._controller.is_wish(armed, armed.name, (target,))
        )

    def _lock(self) -> None:
        self._locked = self._controller.call_target()

    def _choose(self, option: Option) -> None:
        target, self._locked = self._locked or self._controller.call_target(), None
        # Only what the call shows is marked as chosen.
        self.show_call(self._call)
        if target is not None and self._call is not None and target.cid == self._call.cid:
            for kind in self._acts(option):
                self._controller.request_act(kind, target, pointed=True)
            door = option.door(self._call)
            if door is not None:
                self._link.ask(SetDoor(new_id(), target.cid, door), self._on_door)

    def _on_door(self, answer: DoorSet) -> None:
        if answer.sentence:
            self._controller.say(answer.sentence, "warn")
        elif answer.held:
            self._controller.say("The door is held: only members may come in.")
        else:
            let = count(answer.put_out, "person", "people")
            self._controller.say(f"The door is open; {let} may come again.")
