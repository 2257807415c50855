"""The tabs of the lab: the parts in them, their commands, and where the keyboard goes."""

from PySide6.QtWidgets import QWidget

from console.ui.widgets.blank_page import Blank

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
