"""Tasks: what Stream does behind an answer, and how far it is (STREAM.md 5.6)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from console.engine.wire.asking import Asking
from console.engine.wire.bounded import cut_text
from console.engine.wire.limits import MAX_REASON, MAX_WORD

UNDER_WAY = ("pending", "running")


class Task(Struct, frozen=True):
    """One task.

    Attributes:
        status: Stream's word; empty where it could not be told.
        refused: for whom it ended with an error, and its words, as far as its result names users.
    """

    status: str = ""
    refused: Mapping[str, str] = MappingProxyType({})


async def read_task(stream: Asking, task_id: str) -> Task:
    """How far a task is. Raises StreamRefusedError."""
    answer = await stream.ask("GET", f"/api/v2/tasks/{quote(task_id, safe='')}")
    return task_in(answer)


def task_in(untrusted: dict[str, Any]) -> Task:
    """The task of an answer. What its result looks like is not documented (STREAM.md 9), so of it
    only what names users and says ``error`` is believed.
    """
    status = untrusted.get("status")
    result = untrusted.get("result")
    refused: dict[str, str] = {}
    for who, how in result.items() if isinstance(result, dict) else ():
        if isinstance(how, dict) and how.get("status") == "error":
            why = how.get("error")
            refused[who] = cut_text(why if isinstance(why, str) else "", MAX_REASON, "Reasons")
    word = status if isinstance(status, str) else ""
    return Task(cut_text(word, MAX_WORD, "Words"), refused)
