"""The policy lab as a feature of the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QMainWindow

from console.ui.command_table.commands import VIEW, Command
from console.ui.state.feature import Area, Feature, OwnWindow, Panel
from console.ui.state.window_context import WindowContext


def _panel(context: WindowContext) -> Panel:
    from console.ui.lab.panel import LabPanel  # costs time that the first paint does not have

    return LabPanel(context)


def _window(context: WindowContext, panel: Panel, take_back: Callable[[], object]) -> QMainWindow:
    from console.ui.lab.panel import LabPanel
    from console.ui.lab.window import LabWindow

    assert isinstance(panel, LabPanel)
    return LabWindow(context, panel, take_back)


POLICY_LAB = Feature(
    id="lab",
    title="Policy lab",
    icon="shield",
    area=Area.STAGE,
    panel=_panel,
    own_window=OwnWindow(
        command=Command(
            id="view.lab",
            title="Open the policy lab in a window of its own",
            group=VIEW,
            key="Ctrl+Shift+L",
        ),
        build=_window,
    ),
)
