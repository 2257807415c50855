"""The parts of the lab, each made when it is first needed: all at once would stop the window."""

from collections.abc import Callable
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.ui.lab.document import PolicyDocument
from console.ui.state.engine_link import EngineLink
from console.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from console.ui.lab.labels_panel import LabelsPanel
    from console.ui.lab.policy_pane import PolicyPane
    from console.ui.lab.run_panel import RunPanel
    from console.ui.lab.run_results import RunResults
    from console.ui.lab.stream_panel import StreamPanel
    from console.ui.lab.try_panel import TryPanel

Part = TypeVar("Part", bound=QWidget)
Steps: TypeAlias = tuple[Callable[[], object], ...]

_RUNS = {"run_panel": "run", "compare_panel": "compare", "calls_panel": "calls"}
"""The kinds of the panels that judge many lines, by their names."""

# Each part imports its module where it is made: together they take as long as the parts.


def _read(module: str) -> Callable[[], object]:
    return partial(import_module, f"console.ui.lab.{module}")


class LabParts(QObject):
    """Makes each part once.

    Signals:
        made: the name of a part and the part, before whoever asked for it gets it.
    """

    made = Signal(str, object)

    def __init__(self, document: PolicyDocument, link: EngineLink, theme: Theme) -> None:
        super().__init__(document)
        self._document, self._link, self._theme = document, link, theme
        self._results: dict[str, RunResults] = {}

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
        return self._runs("run_panel")

    @cached_property
    def compare_panel(self) -> "RunPanel":
        """Where it differs from another policy."""
        return self._runs("compare_panel")

    @cached_property
    def calls_panel(self) -> "RunPanel":
        """What it makes of calls in the store."""
        return self._runs("calls_panel")

    @cached_property
    def labels_panel(self) -> "LabelsPanel":
        """What moderators said of verdicts, and thresholds fitted to it."""
        from console.ui.lab.labels_panel import LabelsPanel

        return self._tell("labels_panel", LabelsPanel(self._document, self._link, self._theme))

    @cached_property
    def stream_panel(self) -> "StreamPanel":
        """The lists and policies of the app on Stream."""
        from console.ui.lab.stream_panel import StreamPanel

        return self._tell("stream_panel", StreamPanel(self._link, self._theme, self._last_run))

    def steps(self) -> Steps:
        """What makes the parts that are shown first, each short enough for the window."""
        modules = ("toml_paint", "editor", "section_page", "policy_pane", "try_panel")
        made = (partial(getattr, self, name) for name in ("policy", "try_panel"))
        return (*map(_read, modules), *made)

    def steps_to(self, name: str) -> Steps:
        """The same for the part with this name; none where it was made already."""
        if self.was_made(name):
            return ()
        make = partial(getattr, self, name)
        if name not in _RUNS:
            return _read(name), make
        modules = ("quality_page", "rows_model", "call_actions_page", "run_results", "run_panel")
        return (*map(_read, modules), partial(self._make_results, name), make)

    def was_made(self, name: str) -> bool:
        """Whether the part with this name was made already."""
        return name in self.__dict__

    def _make_results(self, name: str) -> None:
        from console.ui.lab.run_panel import Kind, results_of

        if not self.was_made(name) and name not in self._results:
            self._results[name] = results_of(Kind(_RUNS[name]), self._link, self._theme)

    def _runs(self, name: str) -> "RunPanel":
        from console.ui.lab.run_panel import Kind, RunPanel

        results = self._results.pop(name, None)
        kind = Kind(_RUNS[name])
        return self._tell(name, RunPanel(kind, self._document, self._link, self._theme, results))

    def _last_run(self) -> str:
        return self.run_panel.run_id if self.was_made("run_panel") else ""

    def _tell(self, name: str, part: Part) -> Part:
        self.__dict__[name] = part
        self.made.emit(name, part)
        return part
