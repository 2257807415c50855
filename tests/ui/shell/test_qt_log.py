import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType

from console.ui.shell import qt_log


def test_levels_follow_qt_but_for_what_means_nothing():
    assert qt_log.level_of(QtMsgType.QtWarningMsg, "QObject: oops") == logging.WARNING
    assert qt_log.level_of(QtMsgType.QtCriticalMsg, "x") == logging.ERROR
    meaningless = "This plugin does not support propagateSizeHints()"
    assert qt_log.level_of(QtMsgType.QtWarningMsg, meaningless) == logging.DEBUG


def test_a_message_is_logged_with_its_category(caplog):
    with caplog.at_level(logging.WARNING, logger="qt"):
        qt_log.handle(QtMsgType.QtWarningMsg, QMessageLogContext(), "something is off")
    assert caplog.messages == ["default: something is off"]
