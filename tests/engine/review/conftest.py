"""A queue with three items in a served sandbox, and consoles of two moderators on it."""

import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from console.domain.act import Act, Receipt
from console.domain.acts.queue import kind_of
from console.domain.review import ReviewDecision, ReviewItem
from console.domain.sign_in import Method
from console.protocol.acts import RequestAct
from console.protocol.connection import SignIn
from console.protocol.review import QueueItems, QueueQuery, QueueState, WatchQueue
from console.sandbox.judging import Content
from tests.engine.conftest import Console, Sandbox

CID = "default:talk"
MIA = "mia"
SAID = (("bo", "nitwit"), ("bo", "http://example.org"), ("cy", "http://example.org"))


class Queue:
    """What one moderator's window would show of the queue."""

    def __init__(self, console: Console, user_id: str) -> None:
        self.console = console
        self.user_id = user_id

    @property
    def items(self) -> dict[str, ReviewItem]:
        """By entity id, in the order in which they were told first."""
        found: dict[str, ReviewItem] = {}
        for change in self.console.of(QueueItems):
            if change.whole:
                found.clear()
            for key in change.gone:
                found.pop(key, None)
            found |= {item.item_id: item for item in change.changed}
        return {item.entity_id: item for item in found.values()}

    @property
    def state(self) -> QueueState:
        return next(reversed(self.console.of(QueueState)), QueueState())

    def tell(self, message) -> None:
        self.console.router.answer(message)

    async def watch(self, **query) -> None:
        wanted = QueueQuery(**query)
        self.tell(WatchQueue(wanted))
        await self.console.until(lambda: self.state.query == wanted and self.state.read_at)

    def decide(self, action: str, item: ReviewItem, *, mine=(), **more) -> str:
        """Ask for an action as the window would; returns the act's id."""
        decided = {
            name: more.pop(name)
            for name in ("priority", "notes", "custom_id", "appeal_id", "holder")
            if name in more
        }
        act = Act(
            act_id=uuid.uuid4().hex,
            kind=kind_of(action),
            cid=item.cid,
            requested_at=self.console.channel._clock.now(),
            user_ids=(item.author_id,) if item.author_id else (),
            names=(item.author_name,) if item.author_id else (),
            by=self.user_id,
            review=ReviewDecision(
                item_id=item.item_id,
                entity_type=item.entity_type,
                entity_id=item.entity_id,
                known=tuple(one.action_id for one in item.done),
                mine=tuple(mine),
                **decided,
            ),
            **more,
        )
        self.tell(RequestAct(act=act))
        return act.act_id

    async def ended(self, act_id: str) -> Receipt:
        """The receipt once nothing more happens to it."""
        await self.console.until(
            lambda: (r := self.console.receipt(act_id)) is not None and r.settled
        )
        receipt = self.console.receipt(act_id)
        assert isinstance(receipt, Receipt)
        return receipt


def put_in_queue(sandbox: Sandbox) -> None:
    """Three items: bo's insult (remove), bo's link (flag), cy's link (flag)."""
    judging = sandbox.world.judging
    judging.put_blocklist(
        {"name": "insults", "words": ["nitwit"], "label": "INSULT", "severity": "high"}
    )
    judging.put_blocklist(
        {"name": "links", "type": "regex", "words": ["https?://"], "severity": "low"}
    )


@pytest.fixture
async def queued(sandbox: Sandbox) -> Sandbox:
    """The sandbox with the call and the three items."""
    sandbox.call("talk", "bo", "cy")
    sandbox.world.add_user(MIA, "Mia Chen", role="moderator")
    put_in_queue(sandbox)
    rules = [{"name": "insults", "action": "remove"}, {"name": "links", "action": "flag"}]
    judging = sandbox.world.judging
    judging.put_config("k", {"block_list_config": {"enabled": True, "rules": rules}})
    for number, (who, text) in enumerate(SAID):
        judging.check(
            Content(
                entity_type="stream:v1:utterance",
                entity_id=str(number),
                creator_id=who,
                payload={"texts": [text], "custom": {"cid": CID}},
                config_key="k",
            )
        )
    return sandbox


async def sign_in(console: Console, sandbox: Sandbox, user_id: str) -> Queue:
    """A moderator with a user token, once the queue was read for the first time."""
    token = sandbox.keys.user_token(user_id)
    profile = sandbox.profile(Method.TOKEN)
    profile = type(profile)(
        name=user_id,
        api_key=profile.api_key,
        method=Method.TOKEN,
        user_id=user_id,
        base_url=profile.base_url,
    )
    console.router.answer(SignIn(profile=profile, secret=token))
    queue = Queue(console, user_id)
    await console.until(lambda: queue.state.read_at)
    return queue


@pytest.fixture
async def desk(queued: Sandbox, console: Console) -> Queue:
    """The first moderator, signed in with a user token."""
    return await sign_in(console, queued, "moderator")


@pytest.fixture
async def other(queued: Sandbox, tmp_path: Path, shared_clock) -> AsyncIterator[Queue]:
    """A second moderator at another computer."""
    console = Console(tmp_path / "other", shared_clock)
    console.engine.start()
    yield await sign_in(console, queued, MIA)
    await console.close()
