"""Secrets in the system keyring; where there is none, in memory for this session only.

keyring (https://keyring.readthedocs.io) is synchronous, may wait for a dialog of the system's, and
its backends raise exceptions of their own. Each question runs in a daemon thread with a time limit,
so that neither a failing nor a waiting keyring holds up the program or its end.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import keyring
import keyring.errors

from console.base.errors import WorldError

log = logging.getLogger(__name__)

SERVICE = "moderator-console"
LIMIT_SECONDS = 20.0
"""How long one question to the keyring may take; a dialog of the system's may wait for a person."""
MAX_WAITING = 8
"""Threads that wait for a keyring at the same time; then it is not asked any more."""

SILENT = "The system's keyring does not answer."
UNLOCK = "Unlock it, then try again, or type the secret."

T = TypeVar("T")


class Secrets:
    """Named secrets. Nothing here touches a file or a log."""

    def __init__(self, service: str = SERVICE, *, limit: float = LIMIT_SECONDS) -> None:
        self._service, self._limit = service, limit
        self._session: dict[str, str] = {}
        self._waiting: list[threading.Thread] = []

    async def lasting(self) -> bool:
        """Whether a keyring answers that keeps secrets after this session."""
        try:
            return await self._has_keyring()
        except WorldError:
            return False

    def hold(self, name: str, secret: str) -> None:
        """Keep ``secret`` under ``name`` for this session only."""
        self._session[name] = secret

    async def save(self, name: str, secret: str) -> None:
        """Keep ``secret`` under ``name``: at once for this session, and in a keyring if any.

        Raises:
            WorldError: there is a keyring, and it failed or did not answer within the limit.
        """
        self.hold(name, secret)
        if await self._has_keyring():
            await self._ask(lambda: keyring.set_password(self._service, name, secret))

    async def find(self, name: str) -> str | None:
        """The secret called ``name``, or None where nothing keeps one.

        Raises:
            WorldError: the keyring failed or did not answer within the limit.
        """
        if name in self._session:
            return self._session[name]
        if not await self._has_keyring():
            return None
        return await self._ask(lambda: keyring.get_password(self._service, name))

    async def forget(self, name: str) -> None:
        """Remove the secret called ``name`` everywhere; unknown names are fine.

        Raises:
            WorldError: the keyring failed or did not answer within the limit.
        """
        self._session.pop(name, None)

        def delete() -> None:
            try:
                keyring.delete_password(self._service, name)
            except keyring.errors.PasswordDeleteError:
                log.debug("there was no secret of that name")

        if await self._has_keyring():
            await self._ask(delete)

    async def _has_keyring(self) -> bool:
        return await self._ask(lambda: bool(keyring.get_keyring().priority > 0))

    async def _ask(self, question: Callable[[], T]) -> T:
        self._waiting = [thread for thread in self._waiting if thread.is_alive()]
        if len(self._waiting) >= MAX_WAITING:
            raise WorldError(SILENT, UNLOCK)
        answer: Future[T] = Future()
        answer.set_running_or_notify_cancel()
        thread = threading.Thread(
            target=_answer, args=(question, answer), name="keyring", daemon=True
        )
        self._waiting.append(thread)
        thread.start()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(answer), self._limit)
        except TimeoutError as error:
            raise WorldError(SILENT, UNLOCK) from error
        except Exception as error:  # each backend raises types of its own
            # Its words may hold the secret: only the type is told.
            log.warning("the keyring failed: %s", type(error).__name__)
            raise WorldError(
                f"The system's keyring failed ({type(error).__name__}).", UNLOCK
            ) from None


def _answer(question: Callable[[], T], answer: Future[T]) -> None:
    try:
        answer.set_result(question())
    except Exception as error:  # told by whoever asked, if somebody still waits
        answer.set_exception(error)
