"""A board with two people under it, and minutes that a test can wait for."""

import pytest

from console.domain import lifting
from console.engine.services.sanctions import service
from tests.engine.sanctions.board import CID, signed_in


@pytest.fixture
def short_minutes(monkeypatch):
    """A minute of a sanction is one second."""
    monkeypatch.setattr(lifting, "MINUTE_S", 1.0)
    monkeypatch.setattr(service, "TICK_S", 0.05)


@pytest.fixture
async def board(sandbox, console):
    """A console that watches a call with ann and bob in it."""
    for presence in sandbox.call("one", "ann", "bob"):
        sandbox.world.attendance.publish(CID, presence.user_session_id, "video")
    sandbox.world.add_user("bea", "Bea", role="moderator")
    board = await signed_in(console, sandbox)
    console.focus(CID)
    await console.until(lambda: (ann := console.person("ann")) and "video" in ann.live)
    return board
