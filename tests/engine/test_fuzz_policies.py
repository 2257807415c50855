"""What an app answers about its policies and test runs, spoiled: read, or refused in a sentence."""

import asyncio
import contextlib
from typing import Any

from hypothesis import given

from console.base.clock import SystemClock
from console.base.errors import WorldError
from console.engine.policies.exchange import compare, pull
from console.engine.services.lab.stream_tests import run_on_stream, sets_of_app
from console.engine.wire.answer import Answer, read_object
from console.engine.wire.policy_keys import read_policy_keys
from console.policy.model import Policy
from console.policy.policy_text import write_policy
from console.protocol.lab_stream import RunOnStream
from tests.engine.hostile import ANSWERS, spoiled

CONFIG = {
    "config": {
        "key": "custom:captions",
        "team": "",
        "block_list_config": {
            "enabled": True,
            "match_substring": False,
            "rules": [{"name": "swear", "action": "flag", "team": ""}],
        },
        "semantic_filter_config": {
            "enabled": True,
            "rules": [{"name": "threat", "threshold": 0.7, "action": "flag"}],
        },
        "ai_text_config": {"enabled": True, "rules": [{"label": "INSULT", "action": "flag"}]},
        "velocity_filter_config": {"enabled": True, "rules": [{"action": "flag", "fast": {}}]},
    },
    "blocklist": {
        "name": "swear",
        "type": "word",
        "words": ["nitwit", "dimwit"],
        "is_leet_check_enabled": True,
    },
    "configs": [{"key": "custom:captions"}],
    "next": None,
}
RUN = {
    "set": {"id": "set", "name": "Set", "config_key": "k", "row_count": 1},
    "sets": [{"id": "set", "name": "Set"}],
    "run": {"id": "run", "status": "completed", "rows_total": 1, "rows_completed": 1},
    "results": [{"row_index": 0, "message_text": "hi", "actual_action": "flag", "passed": True}],
    "baseline_run_id": "before",
}


class Stream:
    """Answers everything with the same bytes, through our own reader."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def ask(self, *_question: Any, **_more: Any) -> dict[str, Any]:
        return read_object(Answer(status=200, body=self._body))


class Hurried(SystemClock):
    """Time flies while somebody sleeps."""

    def __init__(self) -> None:
        super().__init__()
        self._passed = 0.0

    def monotonic(self) -> float:
        return self._passed

    async def sleep(self, seconds: float) -> None:
        self._passed += 100 * seconds


@given(spoiled(CONFIG))
def test_any_policy_of_an_app(body):
    with contextlib.suppress(WorldError):
        policy = asyncio.run(pull(Stream(body), "custom:captions"))
        assert policy is None or write_policy(policy)
    with contextlib.suppress(WorldError):
        assert asyncio.run(compare(Stream(body), Policy(key="custom:captions"))) is not None
    with contextlib.suppress(WorldError):
        assert all(isinstance(key, str) for key in asyncio.run(read_policy_keys(Stream(body))))


@given(spoiled(ANSWERS | RUN))
def test_any_run_of_a_test_set(body):
    stream = Stream(body)
    with contextlib.suppress(WorldError):
        assert asyncio.run(sets_of_app(stream)) is not None
    request = RunOnStream(run_id="r", config_key="k", set_id="set")
    with contextlib.suppress(WorldError):
        found = asyncio.run(run_on_stream(stream, request, (), Hurried(), lambda _progress: None))
        assert found.run_id == "r"
