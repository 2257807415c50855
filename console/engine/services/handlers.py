"""Tables of what does the work of a message, by the message's class."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

Handler = Callable[[Any], Coroutine[Any, Any, Any] | None]
"""Does at once what a message asks, or returns what is to be awaited for its answer, if any.

What is awaited raises WorldError where a question can only be refused.
"""
Answering = Callable[[Any], Coroutine[Any, Any, Any]]
"""A handler whose work is always to be awaited."""
Handlers = dict[type, Handler]


def in_thread(work: Callable[[Any], Any]) -> Answering:
    """Let ``work`` make the answer outside the loop."""
    return lambda message: asyncio.to_thread(work, message)


def newest_only(work: Answering) -> Answering:
    """Work on one question at a time; of those that come meanwhile answer only the newest."""
    working = asyncio.Lock()
    newest: Any = None

    async def answer(question: Any) -> Any:
        async with working:
            return await work(question) if question is newest else None

    def take(question: Any) -> Coroutine[Any, Any, Any]:
        nonlocal newest
        newest = question
        return answer(question)

    return take
