"""Tells a server of the user's what rules proposed: signed, bounded, tried again a few times."""

import asyncio
import hashlib
import hmac
from typing import Any

import msgspec

from console.base.errors import WorldError
from console.base.secrets import Secrets
from console.domain.automation.proposal import Proposal
from console.engine.services.service import SessionContext
from console.engine.wire.way_out import proxy_for, trusted

WAITING = 200
LIMIT_S = 5.0
PAUSES = (1.0, 4.0)
"""Seconds before the second and the third try."""


class Webhook:
    """One POST of JSON for each proposal, one after the other.

    ``X-SIGNATURE`` is the HMAC-SHA256 of the body in hex, as Stream signs its own webhooks
    (STREAM.md 3.7); without a secret there is none. ``X-WEBHOOK-ID`` is the proposal's.
    """

    def __init__(self, context: SessionContext, secrets: Secrets) -> None:
        self._context = context
        self._secrets = secrets
        self._queue: asyncio.Queue[tuple[str, Proposal]] = asyncio.Queue(WAITING)

    @property
    def _name(self) -> str:
        return f"webhook:{self._context.profile.api_key}"

    async def keep_secret(self, secret: str) -> None:
        """Sign with ``secret`` from now on; nothing is signed with an empty one.

        Raises:
            WorldError: the keyring failed; it is kept for this session.
        """
        if secret:
            await self._secrets.save(self._name, secret)
        else:
            await self._secrets.forget(self._name)

    def offer(self, url: str, proposal: Proposal) -> None:
        """Tell ``url`` soon; what does not fit in is counted as a problem."""
        if self._queue.full():
            self._problem("Too much is to be told at once; some of it was not.")
        else:
            self._queue.put_nowait((url, proposal))

    async def run(self) -> None:
        """Tell for as long as this runs."""
        while True:
            url, proposal = await self._queue.get()
            try:
                await self._tell(url, proposal)
            except WorldError as error:
                self._problem(error.sentence)

    async def _tell(self, url: str, proposal: Proposal) -> None:
        body = msgspec.json.encode(_told(proposal))
        headers = {"content-type": "application/json", "x-webhook-id": proposal.proposal_id}
        secret = await self._secrets.find(self._name)
        if secret:
            headers["x-signature"] = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        said = ""
        for attempt in range(len(PAUSES) + 1):
            if attempt:
                await self._context.clock.sleep(PAUSES[attempt - 1])
            said = await _post(url, body, headers | {"x-webhook-attempt": str(attempt + 1)})
            if not said:
                return
        self._problem(f"Your webhook did not take it: {said}.")

    def _problem(self, sentence: str) -> None:
        self._context.channel.problem("webhook", sentence)


async def _post(url: str, body: bytes, headers: dict[str, str]) -> str:
    """Why it was not taken, in a few words; "" where it was."""
    import httpx  # slow to import, and only needed where there is a webhook

    try:
        async with (
            httpx.AsyncClient(
                verify=trusted(), proxy=proxy_for(url), timeout=LIMIT_S, trust_env=False
            ) as client,
            client.stream("POST", url, content=body, headers=headers) as answer,
        ):
            return "" if answer.is_success else f"it answered {answer.status_code}"
    except httpx.TimeoutException:
        return "it did not answer"
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        return "it could not be reached"


def _told(proposal: Proposal) -> dict[str, Any]:
    item = proposal.item
    return {
        "type": "automation.proposed",
        "proposal_id": proposal.proposal_id,
        "rule": proposal.rule,
        "mode": proposal.mode,
        "state": proposal.state,
        "responses": proposal.responses,
        "at": proposal.at,
        "call_cid": item.cid,
        "session_id": item.session_id,
        "user_id": item.author_id,
        "user_name": item.author_name,
        "kind": item.kind,
        "text": item.text,
        "recommended_action": proposal.action,
        "label": proposal.label,
        "severity": proposal.severity,
        "confidence": proposal.confidence,
        "source": proposal.source,
    }
