"""A window in the workspace of past calls, and an engine's answers about one of them."""

import pytest

from console.domain.act import ReceiptState
from console.domain.past import LinePlace, PastSession, RaisedMark
from console.domain.verdict import JudgedItem
from console.protocol.past import (
    AskPastLines,
    AskPastSession,
    AskPastSessions,
    PastLines,
    PastSessionOpened,
    PastSessions,
)

OLD = "default:old"
HOSTILE = "<b>Ann</b>\u202e evil"


class PastAnswers:
    """Answers the newest question of a kind, as an engine with one past call would."""

    def __init__(self, window, make):
        self._window = window
        self._make = make
        self.start = make.start - 90_000
        self.session = PastSession(
            cid=OLD,
            session_id="s-old",
            name="Old hall",
            since=self.start,
            until=self.start + 1000,
            lines=1000,
            people=2,
            names=("Ann", HOSTILE),
            raised=2,
            open=1,
            acts=1,
        )
        self.acts = ()

    def asked(self, kind):
        return self._window.sent.of(kind)

    def lines(self, first, last):
        """Lines from number ``first`` to before ``last``, a second apart; one in ten is Ben's."""
        return tuple(
            JudgedItem(
                self._make.said(
                    f"o{n}",
                    cid=OLD,
                    session_id="s-old",
                    author_id="ben" if n % 10 == 0 else "ann",
                    start_time=self.start + n,
                    end_time=self.start + n + 0.5,
                ),
                (self._make.verdict(f"o{n}", "flag" if n in (300, 700) else "keep"),),
            )
            for n in range(first, last)
        )

    def say(self, answer):
        self._window.context.engine.say(answer)

    def list_page(self, *sessions, **fields):
        fields.setdefault("found", len(sessions))
        question = self.asked(AskPastSessions)[-1]
        self.say(PastSessions(question.request_id, sessions=sessions, **fields))

    def open_session(self, **fields):
        question = self.asked(AskPastSession)[-1]
        marks = (
            RaisedMark("o300", self.start + 300, open=False),
            RaisedMark("o700", self.start + 700, open=True),
        )
        fields.setdefault("session", self.session)
        fields.setdefault("raised", marks)
        fields.setdefault("acts", self.acts)
        self.say(PastSessionOpened(question.request_id, density=(1,) * 240, **fields))

    def page(self, first, last, **fields):
        question = self.asked(AskPastLines)[-1]
        fields.setdefault("lines", self.lines(first, last))
        self.say(
            PastLines(
                question.request_id,
                first=LinePlace(self.start + first, first),
                last=LinePlace(self.start + last - 1, last - 1),
                more_before=first > 0,
                more_after=last < 1000,
                **fields,
            )
        )


@pytest.fixture
def past(window, live, make):
    live.commands.action("workspace.search").trigger()
    return PastAnswers(window, make)


@pytest.fixture
def stage(past, window):
    return window.panels["past_call"]


@pytest.fixture
def opened(past, stage, live, make):
    """The old call, opened at its begin; something was done at its 500th second."""
    kick = make.act(
        "k", "kick", cid=OLD, session_id="s-old", user_ids=("ben",), names=("Ben",), by="mod",
        requested_at=past.start + 500.2,
    )  # fmt: skip
    past.acts = (make.progress(kick, state=ReceiptState.SEEN),)
    live.past.open(OLD, "s-old")
    past.open_session()
    past.page(0, 150)
    return stage
