"""Pages of what is written in one chat channel, from the newest back (STREAM.md 12.4)."""

from collections.abc import Callable
from typing import Any, Protocol

import msgspec
from msgspec import Struct

from console.engine.wire.chat import Message, channel_path
from console.engine.wire.decode import MalformedAnswerError, convert_untrusted

A_PAGE = 100
"""Whether Stream gives more of one channel in one answer is not documented (?)."""


class _Page(Struct):
    messages: list[Any] = []


class MessagePage(Struct, frozen=True):
    """Messages, oldest first. ``last``: nothing is older than these."""

    messages: tuple[Message, ...] = ()
    last: bool = False


class AskingAsUser(Protocol):
    """What asks Stream with the token of the one who is signed in."""

    async def ask(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        query: dict[str, str] | None = None,
        *,
        as_user: bool = False,
    ) -> dict[str, Any]:
        """One request; the answer as it came. Raises StreamRefusedError's family."""


async def read_page(
    gateway: AskingAsUser, channel: str, before: str, problem: Callable[[str, str], None]
) -> MessagePage:
    """What was written in ``channel`` before the message ``before``; the newest for "".

    Only of a channel that is known to be there: of any other Stream would make one.
    ``problem`` gets a place and a sentence for each message that cannot be read.

    Raises:
        StreamRefusedError, MalformedAnswerError: nothing was read.
    """
    wanted: dict[str, Any] = {"limit": A_PAGE, **({"id_lt": before} if before else {})}
    body = {"state": True, "messages": wanted}
    path = f"{channel_path(channel)}/query"
    answer = await gateway.ask("POST", path, body, as_user=True)
    try:
        page = convert_untrusted(answer, _Page)
    except msgspec.ValidationError as error:
        raise MalformedAnswerError(str(error)) from error
    return MessagePage(messages_of(page.messages, problem), len(page.messages) < A_PAGE)


def messages_of(untrusted: list[Any], problem: Callable[[str, str], None]) -> tuple[Message, ...]:
    """Those that can be read; the others are told."""
    found: list[Message] = []
    for each in untrusted:
        try:
            found.append(convert_untrusted(each, Message))
        except msgspec.ValidationError as error:
            problem("chat", str(error))
    return tuple(found)
