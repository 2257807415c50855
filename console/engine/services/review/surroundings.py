"""What stands around an item: the lines of its call, and the policy that judged it."""

from typing import Any
from urllib.parse import quote

from console.base.errors import WorldError
from console.domain.review import ReviewItem
from console.domain.verdict import JudgedItem
from console.engine.services.review.policy_lines import policy_lines, relevant
from console.engine.services.service import SessionContext
from console.engine.wire.refusals import RefusedError, StreamRefusedError
from console.protocol.review import ItemContext

EACH_WAY = 12
KEPT_S = 300.0
"""How long a config that was read is not asked for again."""

_CONFIG = "/api/v2/moderation/config/"


class Surroundings:
    """Reads from the store and from Stream; a part that fails says so and costs nothing else."""

    def __init__(self, context: SessionContext) -> None:
        self._context = context
        self._configs: dict[str, tuple[float, dict[str, Any]]] = {}

    async def of(self, request_id: str, item: ReviewItem) -> ItemContext:
        """The answer for ``item``.

        Raises:
            WorldError: the store could not be read.
        """
        lines: tuple[JudgedItem, ...] = ()
        if item.cid:
            reviews = self._context.store.reviews
            lines = await reviews.around(item.cid, item.entity_id, item.created_at, EACH_WAY)
        names = {line.item.item_id: (line.item.item_id, line.item.source_id) for line in lines}
        subject = next((key for key, ids in names.items() if item.entity_id in ids), "")
        rules, note = await self._rules(item)
        return ItemContext(
            request_id,
            item_id=item.item_id,
            lines=lines,
            subject=subject,
            policy=tuple(line for line, _ in rules),
            relevant=relevant(rules, item),
            policy_note=note,
        )

    async def _rules(self, item: ReviewItem) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], str]:
        if not item.config_key:
            return (), "No policy judged it: somebody reported it."
        try:
            config = await self._config(item.config_key)
        except WorldError as error:
            return (), f"The policy “{item.config_key}” could not be read: {error.sentence}"
        rules = policy_lines(config)
        return rules, "" if rules else f"The policy “{item.config_key}” has no rules now."

    async def _config(self, key: str) -> dict[str, Any]:
        now = self._context.clock.monotonic()
        known = self._configs.get(key)
        if known is not None and now - known[0] < KEPT_S:
            return known[1]
        try:
            answer = await self._context.gateway.ask("GET", _CONFIG + quote(key, safe=""))
        except RefusedError as error:
            if error.status != 404:
                raise
            answer = {}
        except StreamRefusedError:
            if known is not None:
                return known[1]
            raise
        config = answer.get("config")
        self._configs = dict(list(self._configs.items())[-20:])
        self._configs[key] = now, config if isinstance(config, dict) else {}
        return self._configs[key][1]
