"""Items of the review queue in the whole window."""

import pytest

from console.domain.review import Appeal, ReviewAction, ReviewFlag, ReviewItem
from console.domain.verdict import Severity
from console.protocol.acts import RequestAct
from console.protocol.review import (
    OfferedAction,
    QueueItems,
    QueueState,
    QueueView,
)

HALL = "default:hall"
KIND = "stream:v1:utterance"
VIEWS = tuple(
    QueueView(view_id=name.lower(), name=name) for name in ("Due", "Escalated", "Appeals")
)
OFFERED = tuple(
    OfferedAction(entity_type=KIND, action=action, title=action, order=order)
    for order, action in enumerate(("mark_reviewed", "ban", "kick_user", "end_call", "escalate"))
)


@pytest.fixture
def item(make):
    def build(item_id="i1", waited=60.0, **fields):
        fields.setdefault("entity_type", KIND)
        fields.setdefault("entity_id", f"e-{item_id}")
        fields.setdefault("author_id", "ann")
        fields.setdefault("author_name", fields["author_id"].title())
        fields.setdefault("cid", HALL)
        fields.setdefault("texts", (f"words of {item_id}",))
        fields.setdefault("action", "remove")
        fields.setdefault("severity", Severity.HIGH)
        fields.setdefault("labels", ("SCAM",))
        fields.setdefault("reports", 1)
        fields.setdefault("flags", (ReviewFlag(kind="block_list", at=make.start, rule="scams"),))
        return ReviewItem(item_id=item_id, created_at=make.start - waited, **fields)

    return build


@pytest.fixture
def done(make):
    def build(kind="mark_reviewed", by="mia", **fields):
        fields.setdefault("action_id", f"a-{kind}-{by}")
        return ReviewAction(kind=kind, by=by, by_name=by.title(), at=make.start, **fields)

    return build


@pytest.fixture
def appeal(make):
    def build(item_id="p1", **fields):
        fields.setdefault("reason", "I said nothing wrong.")
        return Appeal(appeal_id=item_id, status="submitted", at=make.start, by="ann", **fields)

    return build


@pytest.fixture
def tell(live, make):
    """Items that are in the queue now, and the queue as a whole."""

    def change(*items, gone=(), whole=False, **state):
        live.session.apply(QueueItems(items, gone, whole))
        state.setdefault("due", len(live.session.queue.items))
        state.setdefault("offered", OFFERED)
        live.session.apply(QueueState(read_at=make.start, views=VIEWS, **state))

    return change


@pytest.fixture
def queue(window, live):
    """The list of the workspace."""
    live.commands.action("workspace.queue").trigger()
    return window.panels["queue"]


@pytest.fixture
def stage(window, queue):
    return window.panels["queue_item"]


@pytest.fixture
def decided(sent):
    """Kinds and items of what was decided, in order."""
    return lambda: [(m.act.kind, m.act.review.item_id) for m in sent.of(RequestAct) if m.act.review]
