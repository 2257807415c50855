"""Lines that wait for a verdict go to the next engine, which may be the first to keep them."""

import pytest

from console.domain.phase import Phase
from console.protocol.lines import ReturnLines
from console.protocol.to_window import EngineState
from console.ui.state import returned_lines as module


@pytest.fixture
def sign_in(parts):
    def sign_in(user_id="mod", profile="work"):
        for phase in (Phase.CONNECTING, Phase.READING, Phase.LIVE):
            parts.session.apply(EngineState(phase=phase, user_id=user_id, profile=profile))

    return sign_in


def returned(engine):
    return [each.item.item_id for sent in engine.sent.of(ReturnLines) for each in sent.lines]


def test_what_waits_goes_to_the_next_engine_and_its_verdict_is_taken(parts, make, engine, sign_in):
    session = parts.session
    sign_in()
    said = [make.said(key) for key in ("u1", "u2", "u3")]
    verdicts = [make.local("u1"), make.local("u2"), make.verdict("u2")]
    session.apply(make.heard(*said, verdicts=verdicts))
    assert returned(engine) == []

    engine.die()
    session.apply(EngineState(phase=Phase.CONNECTING, user_id="mod", profile="work"))
    assert returned(engine) == []
    sign_in()
    assert returned(engine) == ["u1", "u3"]
    assert engine.sent.of(ReturnLines)[0].lines[0].verdicts == (make.local("u1"),)

    session.apply(make.heard(*said, verdicts=[make.local("u1")], replay=True))
    session.apply(make.judged(make.verdict("u1"), make.verdict("u3", "keep")))
    assert session.history.waiting() == 0
    assert session.history.tally.lines == 3
    assert session.history.tally.duplicated == 0


def test_a_lost_socket_is_no_reason_to_give_lines_back(parts, make, engine, sign_in):
    sign_in()
    parts.session.apply(make.heard(make.said("u1")))
    for phase in (Phase.RECONNECTING, Phase.READING, Phase.LIVE):
        parts.session.apply(EngineState(phase=phase, user_id="mod", profile="work"))
    assert returned(engine) == []


def test_another_account_gets_none_of_them(parts, make, engine, sign_in):
    sign_in()
    parts.session.apply(make.heard(make.said("u1")))
    sign_in("somebody", "else")
    assert returned(engine) == []


def test_many_come_in_messages_of_some_the_newest_of_them(
    parts, make, engine, sign_in, monkeypatch
):
    monkeypatch.setattr(module, "MOST", 5)
    monkeypatch.setattr(module, "TOGETHER", 2)
    sign_in()
    parts.session.apply(make.heard(*(make.said(f"u{number}") for number in range(8))))
    engine.die()
    sign_in()
    assert returned(engine) == ["u3", "u4", "u5", "u6", "u7"]
    assert [len(sent.lines) for sent in engine.sent.of(ReturnLines)] == [2, 2, 1]
