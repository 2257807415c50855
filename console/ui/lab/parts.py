"""The parts of the lab, each made when it is first needed: all at once would stop the window."""

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.ui.lab.document import PolicyDocument
from console.ui.state.engine_link import EngineLink
from console.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from console.ui.lab.policy_pane import PolicyPane
    from console.ui.lab.run_panel import Kind, RunPanel
    from console.ui.lab.stream_panel import StreamPanel
    from console.ui.lab.try_panel import TryPanel

Part = TypeVar("Part", bound=QWidget)

# Each part imports its module where it is made: together they take as long as the parts.


class LabParts(QObject):
    """Makes each part once.

    Signals:
        made: the name of a part and the part, before whoever asked for it gets it.
    """

    made = Signal(str, object)

    def __init__(self, document: PolicyDocument, link: EngineLink, theme: Theme) -> None:
        super().__init__(document)
        self._document, self._link, self._theme = document, link, theme

    @cached_property
    def policy(self) -> "PolicyPane":
        """The policy as text and as a form."""
        from console.ui.lab.policy_pane import PolicyPane

        return self._tell("policy", PolicyPane(self._document, self._link, self._theme))

    @cached_property
    def try_panel(self) -> "TryPanel":
        """What the policy makes of one text."""
        from console.ui.lab.try_panel import TryPanel

        return self._tell("try_panel", TryPanel(self._document, self._link, self._theme))

    @cached_property
    def run_panel(self) -> "RunPanel":
        """What it makes of a file of texts."""
        from console.ui.lab.run_panel import Kind

        return self._runs("run_panel", Kind.RUN)

    @cached_property
    def compare_panel(self) -> "RunPanel":
        """Where it differs from another policy."""
        from console.ui.lab.run_panel import Kind

        return self._runs("compare_panel", Kind.COMPARE)

    @cached_property
    def calls_panel(self) -> "RunPanel":
        """What it makes of calls in the store."""
        from console.ui.lab.run_panel import Kind

        return self._runs("calls_panel", Kind.CALLS)

    @cached_property
    def stream_panel(self) -> "StreamPanel":
        """The lists and policies of the app on Stream."""
        from console.ui.lab.stream_panel import StreamPanel

        return self._tell("stream_panel", StreamPanel(self._link, self._theme, self._last_run))

    def steps(self) -> tuple[Callable[[], object], ...]:
        """What makes the parts that are shown first, each short enough for the window."""

        def read(module: str) -> Callable[[], object]:
            return lambda: import_module(f"console.ui.lab.{module}")

        def policy() -> None:
            self.policy  # noqa: B018  made by being asked for

        def try_panel() -> None:
            self.try_panel  # noqa: B018  made by being asked for

        modules = ("toml_paint", "editor", "section_page", "policy_pane", "try_panel")
        return (*map(read, modules), policy, try_panel)

    def was_made(self, name: str) -> bool:
        """Whether the part with this name was made already."""
        return name in self.__dict__

    def _runs(self, name: str, kind: "Kind") -> "RunPanel":
        from console.ui.lab.run_panel import RunPanel

        return self._tell(name, RunPanel(kind, self._document, self._link, self._theme))

    def _last_run(self) -> str:
        return self.run_panel.run_id if self.was_made("run_panel") else ""

    def _tell(self, name: str, part: Part) -> Part:
        self.__dict__[name] = part
        self.made.emit(name, part)
        return part
