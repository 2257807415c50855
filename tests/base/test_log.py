import logging
import stat
import sys

import pytest

from console.base import log as log_setup

# Made for this test; it opens nothing.
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoibW9kIn0.c2lnbmF0dXJl"


@pytest.fixture
def log_path(tmp_path):
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    for handler in handlers:
        root.removeHandler(handler)
    yield log_setup.configure("engine", tmp_path / "logs")
    for handler in root.handlers[:]:
        root.removeHandler(handler)
        handler.close()
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(False)


def test_secrets_and_control_characters_stay_out(log_path):
    logging.getLogger("t").info("signing in with %s and api_secret=%s", TOKEN, "s3cr3t")
    logging.getLogger("t").info("said \x1b[2J\u202e")
    text = log_path.read_text(encoding="utf-8")
    assert "eyJ" not in text
    assert "s3cr3t" not in text
    assert "‹token›" in text
    assert "␛[2J⟦RLO⟧" in text


def test_a_line_break_in_a_message_cannot_forge_a_record(log_path):
    logging.getLogger("t").info("one\n2026-01-01 00:00:00,000 INFO forged: two")
    lines = log_path.read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("    2026-01-01")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_only_the_owner_may_read(log_path):
    assert stat.S_IMODE(log_path.stat().st_mode) == 0o600
    assert stat.S_IMODE(log_path.parent.stat().st_mode) == 0o700
