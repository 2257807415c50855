"""Timers, made the same in every language of the system.

PySide6 finds a property given to a constructor by name (``QTimer(interval=5)``) through its
setter's name, whose first letter it makes upper case as the system's language does. In Turkish that
gives "setİnterval", which does not exist: the constructor raises AttributeError. A setter that is
called by its name always works.
"""

from PySide6.QtCore import QObject, QTimer


def one_shot(milliseconds: int, parent: QObject | None = None) -> QTimer:
    """A timer that fires once, ``milliseconds`` after each ``start()``."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    return timer


def ticking(milliseconds: int, parent: QObject | None = None) -> QTimer:
    """A timer that fires again and again, every ``milliseconds`` after ``start()``."""
    timer = QTimer(parent)
    timer.setInterval(milliseconds)
    return timer
