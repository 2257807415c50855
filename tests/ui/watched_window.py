"""The main window, with its panels by the ids of their features and what its engine was sent."""

from console.ui.shell.main_window import MainWindow


class WatchedWindow(MainWindow):
    def __init__(self, context):
        super().__init__(context)
        self.sent = context.engine.sent

    def __getattr__(self, name):
        """The panels by the ids of their features."""
        panels = self.__dict__.get("panels", {})
        if name not in panels:
            raise AttributeError(name)
        return panels[name]
