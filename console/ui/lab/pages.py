"""The tabs of the lab: the parts in them, their commands, and where the keyboard goes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.ui.widgets.blank_page import Blank

if TYPE_CHECKING:
    from console.ui.lab.labels_panel import LabelsPanel
    from console.ui.lab.run_panel import RunPanel

OPENING = Blank("hourglass", "Opening the policy…")
"""Until the policy is there."""

TEXT, FORM = "text", "form"
"""The two views of a policy."""

PAGES = {
    "try_panel": "Try",
    "run_panel": "Run",
    "compare_panel": "Compare",
    "calls_panel": "Saved calls",
    "labels_panel": "Labels",
    "stream_panel": "On Stream",
}
"""Titles of the tabs by the names of parts, in their order."""

PAGE_COMMANDS = {
    "try_panel": "lab.try",
    "run_panel": "lab.run",
    "compare_panel": "lab.compare",
    "calls_panel": "lab.calls",
    "labels_panel": "lab.labels",
    "stream_panel": "lab.stream",
}


def first_of(page: QWidget) -> QWidget:
    """What the keyboard goes to on one of the tabs."""
    from console.ui.lab.labels_panel import LabelsPanel
    from console.ui.lab.run_panel import Kind, RunPanel
    from console.ui.lab.stream_panel import StreamPanel
    from console.ui.lab.try_panel import TryPanel

    match page:
        case TryPanel():
            return page.text
        case StreamPanel():
            return page.what
        case LabelsPanel():
            return page.results.list if page.results.isVisible() else page
        case RunPanel(kind=Kind.CALLS):
            return page.source.calls.list
        case RunPanel():
            return page.source.path
        case _:
            return page


def join_results(
    page: "RunPanel | LabelsPanel",
    say: Callable[[str, str], object],
    show_entry: Callable[..., object],
    run: Callable[[str], object],
) -> None:
    """Connect a page that judges many lines; ``run`` gets ids of the main window's commands."""
    from console.ui.lab.labels_panel import LabelsPanel

    page.said.connect(say)
    if isinstance(page, LabelsPanel):
        page.blank.command_wanted.connect(run)
    else:
        page.results.entry_wanted.connect(show_entry)
