"""By which of the app's policies a chat message is judged: the most specific that there is."""

import asyncio
from collections.abc import Callable

from console.base.clock import Clock
from console.domain.chat import policy_keys
from console.domain.item import Item
from console.engine.wire.asking import Asking
from console.engine.wire.policy_keys import read_policy_keys
from console.engine.wire.refusals import StreamRefusedError

KNOWN_FOR_S = 60.0
"""A policy that is written meanwhile judges from then on."""


class ChatPolicies:
    """Looks the keys up now and then.

    Whether Stream falls back from a key that no policy has is not known (STREAM.md 12.13), so only
    those that exist are asked for.
    """

    def __init__(
        self, gateway: Asking, clock: Clock, default: str, problem: Callable[[str, str], None]
    ) -> None:
        """``default``: the key for all that is no chat, and for chats where no policy is theirs."""
        self._gateway = gateway
        self._clock = clock
        self._default = default
        self._problem = problem
        self._keys: frozenset[str] = frozenset()
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    async def key_of(self, item: Item) -> str:
        """The key of the policy for ``item``.

        Raises:
            StreamRefusedError: which ones there are cannot be read now, and may be later.
        """
        if not item.channel:
            return self._default
        wanted = policy_keys(item.channel)
        known = await self._known()
        return next((key for key in wanted if key in known), self._default)

    async def _known(self) -> frozenset[str]:
        async with self._reading:
            if self._clock.monotonic() - self._read_at < KNOWN_FOR_S:
                return self._keys
            try:
                self._keys = frozenset(await read_policy_keys(self._gateway))
            except StreamRefusedError as error:
                if error.retryable:
                    raise
                sentence = "Which policies are for chats could not be read"
                self._problem("chat policies", f"{sentence}: {error.sentence}")
            self._read_at = self._clock.monotonic()
            return self._keys
