"""The window: the only user of PySide6 and qasync."""
