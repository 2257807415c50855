"""Policies for the chats alone: one file each, the most specific that there is for a channel."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from console.base.clock import Clock
from console.base.paths import Paths
from console.domain.chat import policy_keys
from console.engine.policy_watch import LOOK_EVERY_S, PolicyWatch
from console.policy.active_policy import ActivePolicy
from console.policy.coverage import ModelsFor, no_models
from console.policy.evaluator import Evaluator

MOST_FILES = 50

CHAT = "chat"


def chat_policies(paths: Paths) -> Path:
    """The folder of these files; it need not exist."""
    return paths.config / "chat-policies"


def is_for_chats(key: str) -> bool:
    """Whether a policy with this key is for chats: ``chat``, ``chat:type`` or ``chat:type:id``."""
    return key.partition(":")[0] == CHAT


def file_of(folder: Path, key: str) -> Path:
    """Where a policy with this key is kept."""
    name = "".join(char if char.isascii() and char.isalnum() else "-" for char in key)
    return folder / f"{name}.toml"


class ChatPolicyFiles:
    """Reads each ``*.toml`` in ``folder`` again when it changed; a bad version never takes over.

    Which chats one is for says its key.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        problem: Callable[[str, str], None],
        models_for: ModelsFor = no_models,
    ) -> None:
        """``problem`` gets a place and a sentence."""
        self._folder = folder
        self._clock = clock
        self._problem = problem
        self._models_for = models_for
        self._watches: dict[Path, PolicyWatch] = {}
        self._by_key: dict[str, Evaluator] = {}
        self._told: set[str] = set()

    def judge_of(self, channel: str) -> Evaluator | None:
        """What judges in the channel with this cid; None where no policy is for it."""
        if not self._by_key:
            return None
        found = (self._by_key.get(key) for key in policy_keys(channel))
        return next((one for one in found if one is not None), None)

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            await self.look()
            await self._clock.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Read what changed."""
        files = await asyncio.to_thread(self._list)
        if len(files) > MOST_FILES:
            self._tell(f"Of the policies for chats {MOST_FILES} are read; there are more files.")
        wanted = files[:MOST_FILES]
        for gone in self._watches.keys() - set(wanted):
            del self._watches[gone]
        for file in wanted:
            if file not in self._watches:
                self._watches[file] = PolicyWatch(
                    [file], self._clock, self._on_change, self._models_for
                )
            await self._watches[file].look()
        self._by_key = self._sorted()

    def _list(self) -> list[Path]:
        try:
            return sorted(self._folder.glob("*.toml"))
        except OSError:
            return []

    def _sorted(self) -> dict[str, Evaluator]:
        found: dict[str, Evaluator] = {}
        for file, watch in sorted(self._watches.items()):
            if watch.evaluator is None:
                continue
            key = watch.evaluator.policy.key
            if not is_for_chats(key):
                self._tell(f"{file.name} has the key {key}, which is not for chats.")
            elif key in found:
                self._tell(f"{file.name} has the key {key} as another file has; it is left out.")
            else:
                found[key] = watch.evaluator
        return found

    def _on_change(self, now: ActivePolicy) -> None:
        if now.errors:
            self._problem("policy", now.sentence)

    def _tell(self, sentence: str) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self._problem("policy", sentence)
