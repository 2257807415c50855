"""Tables of what does the work of a message, by the message's class."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

Handler = Callable[[Any], Coroutine[Any, Any, Any] | None]
"""Does at once what a message asks, or returns what is to be awaited for its answer.

What is awaited raises WorldError where a question can only be refused.
"""
Handlers = dict[type, Handler]


def in_thread(work: Callable[[Any], Any]) -> Handler:
    """Let ``work`` make the answer outside the loop."""
    return lambda message: asyncio.to_thread(work, message)
