"""Parts that must not end: a mistake of ours in one of them is told, and it begins again."""

import logging
from collections.abc import Awaitable, Callable

from console.base.clock import Clock

log = logging.getLogger(__name__)

RESTART_S = 1.0


async def supervise(
    part: Callable[[], Awaitable[None]],
    name: str,
    clock: Clock,
    problem: Callable[[str, str], None],
) -> None:
    """Run ``part`` until it ends by itself; after an exception again, a second later."""
    while True:
        try:
            return await part()
        except Exception as error:
            log.exception("%s stopped and is started again", name)
            problem(name, f"This part stopped and was started again ({type(error).__name__}).")
        await clock.sleep(RESTART_S)
