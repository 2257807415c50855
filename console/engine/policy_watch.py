"""The active policy, read again whenever its files change; a bad version never takes over."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.paths import Paths, resources
from console.base.plain_file import read_bytes
from console.base.toml_text import toml_data
from console.domain.results import PolicyError
from console.policy.active_policy import ActivePolicy, offered
from console.policy.coverage import ModelsFor, no_models
from console.policy.evaluator import Evaluator
from console.policy.loader import MAX_BYTES, read_policy_at
from console.policy.policy_file import PolicyRead

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0

Stamp = tuple[str, int, int]
"""A file, when it was written (nanoseconds), and its size; zeros when it is not there."""


def active_policy(paths: Paths) -> tuple[Path, Path]:
    """The moderator's own policy, and the one that judges as long as there is none."""
    return paths.config / "policy.toml", resources() / "policies" / "default.toml"


class PolicyWatch:
    """Keeps what is in force true to the first of ``places`` that exists and the lists it names."""

    def __init__(
        self,
        places: Sequence[Path],
        clock: Clock,
        on_change: Callable[[ActivePolicy], None],
        models_for: ModelsFor = no_models,
    ) -> None:
        """``on_change`` is called on the loop, after each version that was read."""
        self.now = ActivePolicy()
        self._places = tuple(places)
        self._clock = clock
        self._on_change = on_change
        self._models_for = models_for
        self._lists: tuple[Path, ...] = ()
        self._seen: tuple[Stamp, ...] = ()
        self._looking = asyncio.Lock()

    @property
    def evaluator(self) -> Evaluator | None:
        """What judges now; None until there was a good policy."""
        return self.now.evaluator

    async def look(self) -> bool:
        """Read the policy if it changed since the last look; whether it did."""
        async with self._looking:
            path, stamps = await asyncio.to_thread(self._find)
            if stamps == self._seen:
                return False
            # Compiling thousands of words takes long enough to be felt; not on the loop.
            now = self.now
            if now.evaluator is None and path != self._places[-1]:
                now = await asyncio.to_thread(
                    self._offer, now, self._places[-1]
                )  # ``path`` may fail
            self.now = await asyncio.to_thread(self._offer, now, path)
            self._seen = stamps
            logger.info("%s", self.now.sentence or f"The policy {path} is in force.")
            self._on_change(self.now)
            return True

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            await self.look()
            await self._clock.sleep(LOOK_EVERY_S)

    def _find(self) -> tuple[Path, tuple[Stamp, ...]]:
        """The file to read, and the stamps of all files it consists of, before they are read."""
        path = next((place for place in self._places if place.exists()), self._places[-1])
        own = _stamp(path)
        if own not in self._seen[:1]:
            self._lists = _lists_of(path)
        return path, (own, *map(_stamp, self._lists))

    def _offer(self, now: ActivePolicy, path: Path) -> ActivePolicy:
        try:
            return offered(now, read_policy_at(path), self._models_for)
        except WorldError as error:
            sentence = error.sentence
        except Exception:
            logger.exception("%s could not be read", path)
            sentence = "It could not be read through a mistake of this program; the log says more."
        return offered(now, PolicyRead(None, (PolicyError(str(path), 1, "", sentence),)))


def _lists_of(path: Path) -> tuple[Path, ...]:
    """The list files it names; none while it cannot be read, which reading it will say."""
    try:
        text = read_bytes(path, MAX_BYTES).decode("utf-8-sig")
        named = toml_data(text).get("blocklist_files", [])
    except (WorldError, ValueError):
        return ()
    names = named if isinstance(named, list) else []
    return tuple(path.parent / name for name in names if isinstance(name, str))


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return str(path), 0, 0
    return str(path), found.st_mtime_ns, found.st_size
