"""Makes the parts of the lab in steps, so that the window paints and listens between them."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from console.ui.lab.pages import PAGES
from console.ui.lab.parts import LabParts
from console.ui.widgets.tab_pane import TabPane
from console.ui.widgets.timers import one_shot

STEP_MS = 5


class PartSteps(QObject):
    """Begins with what is shown first; the pages of ``tabs`` follow as they are wanted."""

    def __init__(self, parts: LabParts, tabs: TabPane) -> None:
        super().__init__(tabs)
        self._parts, self._tabs = parts, tabs
        self._steps = list(parts.steps())
        self._step = one_shot(STEP_MS, self)
        self._step.timeout.connect(self._take)
        self._step.start()
        tabs.page_needed.connect(lambda number: self._add(list(PAGES)[number]))

    def show(self, name: str, show: Callable[[str], object]) -> None:
        """Bring the page of the part with this name to the front, and then ``show`` it.

        Whoever has gone on to another page meanwhile stays there.
        """
        if self._parts.was_made(name):
            show(name)
            return
        number = list(PAGES).index(name)
        self._tabs.bar.setCurrentIndex(number)

        def show_made() -> None:
            if self._tabs.bar.currentIndex() == number:
                show(name)

        self._add(name, show_made)

    def _add(self, name: str, *then: Callable[[], object]) -> None:
        self._steps += [*self._parts.steps_to(name), *then]
        self._step.start()

    def _take(self) -> None:
        if self._steps:
            self._steps.pop(0)()
            self._step.start()
