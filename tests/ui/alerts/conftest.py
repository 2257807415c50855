"""Raised lines as the engine tells them, and what would reach somebody outside of the window."""

import pytest

from console.domain.raised import Handling, RaisedItem, RaisedState
from console.domain.verdict import Severity
from console.protocol.raised import RaisedChanged
from console.ui.alerts.alerts import Alerts
from console.ui.alerts.decide import Looking


class Outside:
    """Keeps what would be heard and seen; no test machine has a sound device or a tray."""

    def __init__(self):
        self.sounds, self.asked, self.notes, self.spoken = [], 0, [], []
        self.shows = []

    def play(self, *, critical):
        self.sounds.append("critical" if critical else "raised")

    def ask_attention(self):
        self.asked += 1

    def notify(self, title, body, *, critical, show=None):
        self.notes.append((title, body))
        self.shows.append(show)

    def announce(self, words, *, urgent):
        self.spoken.append((words, urgent))


@pytest.fixture
def raise_line(make):
    def raised(key="u1", severity=Severity.HIGH, state=RaisedState.OPEN, incident="", **fields):
        labels = fields.pop("labels", ("scam",))
        rule = fields.pop("rule", "scams")
        handling = Handling(
            item_id=key, incident=incident or key, raised_at=make.start, state=state
        )
        verdict = make.verdict(key, severity=severity, labels=labels, rule=rule)
        return RaisedItem(item=make.said(key, **fields), verdict=verdict, handling=handling)

    return raised


@pytest.fixture
def outside():
    return Outside()


@pytest.fixture
def looking():
    return {"at": Looking()}


@pytest.fixture
def alerts(live, outside, looking):
    made = Alerts(live, outside, lambda: looking["at"])
    live.session.apply(RaisedChanged(whole=True))
    return made


@pytest.fixture
def tell(live):
    def told(*raised):
        live.session.apply(RaisedChanged(changed=raised))

    return told
