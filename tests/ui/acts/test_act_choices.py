"""In the act log a person decides about an act whose outcome nothing shows."""

import pytest
from PySide6.QtWidgets import QMenu

from console.domain.act import ReceiptState
from console.protocol.acts import ActsChanged, LeaveAct, RetryAct


@pytest.mark.parametrize(("choice", "message"), [(0, RetryAct), (1, LeaveAct)])
def test_both_ways_on_stand_in_the_row(window, live, make, choice, message):
    unknown = make.progress(make.act("a2", "block"), ReceiptState.UNCONFIRMED)
    live.session.apply(ActsChanged(acts=(unknown,)))
    log = window.log.log
    log.use_button(0)
    menu = log.findChild(QMenu, "act-choices")
    assert [action.text() for action in menu.actions()] == ["Do it again", "Leave it"]
    menu.actions()[choice].trigger()
    menu.close()
    assert [m.act_id for m in window.sent if isinstance(m, message)] == ["a2"]
