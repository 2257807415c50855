"""Which sanction the reader looks at, and what they ask of the engine about it."""

from PySide6.QtCore import QObject, Signal

from console.domain.preset_times import Minutes
from console.domain.sanction import Sanction
from console.protocol.sanctions import (
    LiftSanction,
    LiftSanctions,
    SanctionAnswer,
    TimeSanction,
)
from console.ui.sanctions.sanction_words import lift_words, why_no_time
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext
from console.ui.widgets.short_texts import count


class ChosenSanction(QObject):
    """One for each window; list and stage share it.

    Signals:
        changed: another one is chosen, or none.
    """

    changed = Signal()

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.controller)
        self._context = context
        self._id = ""
        self._several: tuple[str, ...] = ()
        context.session.sanctions.changed.connect(self.changed)
        context.session.cleared.connect(lambda: self.choose(""))

    @property
    def sanction(self) -> Sanction | None:
        """The one that is chosen, while it is in force."""
        return self._context.session.sanctions.find(self._id)

    @property
    def several(self) -> tuple[Sanction, ...]:
        """All that are chosen and in force, where they are more than one."""
        found = map(self._context.session.sanctions.find, self._several)
        return tuple(sanction for sanction in found if sanction is not None)

    def choose(self, sanction_id: str, *others: str) -> None:
        """Look at another one; "" at none. ``others``: chosen with it, to be lifted with it."""
        several = (sanction_id, *others) if others else ()
        if (sanction_id, several) != (self._id, self._several):
            self._id, self._several = sanction_id, several
            self.changed.emit()

    def lift(self) -> str:
        """Take it back, or all that are chosen; returns why not."""
        if several := self.several:
            ids = tuple(sanction.sanction_id for sanction in several)
            self._context.link.ask(LiftSanctions(new_id(), ids), self._on_several)
            return ""
        sanction = self.sanction
        if sanction is None:
            return "Choose a sanction first."
        words, _ = lift_words(sanction)
        if why := self.why_no_lift(sanction):
            return why
        self._context.link.ask(LiftSanction(new_id(), sanction.sanction_id), self._on_answer)
        self._context.controller.say(f"{words}: asked for.")
        return ""

    def why_no_lift(self, sanction: Sanction) -> str:
        """Why it cannot be taken back now; "" where it can."""
        possible = not sanction.lifting and sanction.form is not sanction.form.MUTED
        return "" if possible else lift_words(sanction)[1]

    def end_in(self, minutes: Minutes) -> str:
        """Give it another time, from now on; returns why not."""
        sanction = self.sanction
        if sanction is None:
            return "Choose a sanction first."
        if why := why_no_time(sanction):
            return why
        asked = TimeSanction(new_id(), sanction.sanction_id, minutes)
        self._context.link.ask(asked, self._on_answer)
        return ""

    def _on_several(self, answer: SanctionAnswer) -> None:
        if answer.sentence:
            self._context.controller.say(answer.sentence, "warn")
            return
        words = f"Lifting {count(answer.lifting, 'sanction')}: asked for."
        if answer.left:
            words += f" {count(answer.left, 'sanction')} not: {answer.why}"
        self._context.controller.say(words, "warn" if answer.left else "")

    def _on_answer(self, answer: SanctionAnswer) -> None:
        if answer.sentence:
            self._context.controller.say(answer.sentence, "warn")


def chosen_sanction(context: WindowContext) -> ChosenSanction:
    """The one of this window, made when it is asked for first."""
    found = context.controller.findChild(ChosenSanction)
    return found if isinstance(found, ChosenSanction) else ChosenSanction(context)
