"""Qt's own messages go where ours go: the log, with their category, never bare to the terminal."""

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

# The offscreen platform says so of every top-level window; it has no window manager to tell
# (qtbase/src/plugins/platforms/offscreen).
_MEANINGLESS = ("This plugin does not support propagateSizeHints()",)


def level_of(kind: QtMsgType, message: str) -> int:
    """The logging level for a message of Qt's."""
    if message in _MEANINGLESS:
        return logging.DEBUG
    return _LEVELS.get(kind, logging.WARNING)


def handle(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Log one message of Qt's."""
    log.log(level_of(kind, message), "%s: %s", context.category or "default", message)


def install() -> None:
    """Take over from Qt's default handler for the rest of the process."""
    qInstallMessageHandler(handle)
