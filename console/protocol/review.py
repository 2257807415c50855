"""The review queue: what the window wants to see of it, and what the engine tells."""

from enum import StrEnum

from msgspec import Struct

from console.domain.item import Picture
from console.domain.review import ReviewItem
from console.domain.verdict import JudgedItem
from console.protocol.ask import Answer, Ask
from console.protocol.push import Merge, Push


class QueueOrder(StrEnum):
    """What comes first: the worst, the oldest, or what most people reported."""

    SEVERITY = "severity"
    AGE = "age"
    REPORTS = "reports"


class QueueFilter(Struct, frozen=True, kw_only=True):
    """What items of a view are shown; an empty field leaves everything in.

    Attributes:
        severity: the least. content: text, image or video. reporter: Stream's reporter type.
        field, value: what a field of the app's own holds.
    """

    label: str = ""
    severity: str = ""
    action: str = ""
    config_key: str = ""
    content: str = ""
    reporter: str = ""
    field: str = ""
    value: str = ""


class QueueQuery(Struct, frozen=True, kw_only=True):
    """What the window shows.

    Attributes:
        view_id: of a QueueView.
        count: how many items it wants to have, of those that fit.
    """

    view_id: str = "due"
    order: QueueOrder = QueueOrder.SEVERITY
    chosen: QueueFilter = QueueFilter()
    count: int = 100


class QueueView(Struct, frozen=True, kw_only=True):
    """A view of the queue: the program's own, or one that is saved at Stream. Names are hostile.

    Attributes:
        kind: ``built-in``, or Stream's word for whose it is.
    """

    view_id: str
    name: str
    note: str = ""
    kind: str = "built-in"


class OfferedAction(Struct, frozen=True, kw_only=True):
    """One action that the app offers for a kind of content. Title and reasons are hostile.

    Attributes:
        action: Stream's action type; ``custom_id`` names the app's own where it is ``custom``.
        reason_required: the app's policy wants a reason. reasons: those it allows, or none.
    """

    entity_type: str
    action: str
    title: str
    order: int = 0
    custom_id: str = ""
    reason_required: bool = False
    reasons: tuple[str, ...] = ()


class QueueItems(Push, frozen=True, tag="queue_items"):
    """Items of the view that the window shows. ``whole``: forget all others."""

    merge = Merge(
        "changed",
        key=lambda item: item.item_id,
        removed="gone",
        size=lambda item: sum(map(len, item.texts)) + 20_000,
        split_at=1_000_000,  # code points: 16 MiB a line is the protocol's limit
    )

    changed: tuple[ReviewItem, ...] = ()
    gone: tuple[str, ...] = ()
    whole: bool = False


class QueueState(Push, frozen=True, tag="queue_state", kw_only=True):
    """The queue as a whole.

    Attributes:
        read_at: when it was read last (unix seconds); 0.0 before.
        due: how many items wait for somebody; a lower bound where ``due_exact`` is false.
        oldest_at: since when the oldest of them waits (unix seconds); 0.0 for none.
        query: what the items were read for. more: further items fit.
        labels, config_keys, fields: what filters can be set to.
        refused: why this sign-in may not read the queue; "" where it may.
        trouble: why it could not be read just now; what is shown is of ``read_at``.
    """

    read_at: float = 0.0
    due: int = 0
    due_exact: bool = True
    oldest_at: float = 0.0
    query: QueueQuery = QueueQuery()
    more: bool = False
    views: tuple[QueueView, ...] = ()
    offered: tuple[OfferedAction, ...] = ()
    labels: tuple[str, ...] = ()
    config_keys: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    refused: str = ""
    trouble: str = ""


class WatchQueue(Struct, frozen=True, tag="watch_queue"):
    """The window shows this of the queue; None: nobody looks at it, and its count is enough."""

    query: QueueQuery | None = None


class LockItem(Struct, frozen=True, tag="lock_item"):
    """Somebody is reviewing this item; "" for none. Said again every few seconds while it holds."""

    item_id: str = ""


class SkipItem(Struct, frozen=True, tag="skip_item"):
    """Pass an item over; it comes last from now on, and says by whom."""

    item_id: str


class AskItemContext(Ask, frozen=True, tag="ask_item_context"):
    """Wanted: what stands around an item; answered by ItemContext."""

    newest_only = True

    item_id: str


class ItemContext(Answer, frozen=True, tag="item_context", kw_only=True):
    """Answer to AskItemContext.

    Attributes:
        lines: the lines of the call around it, oldest first, of this computer's store.
        subject: the item id of the line that it is about; "" where it is not among them.
        policy: the rules that judged it, one plain sentence each. relevant: those that found it.
        policy_note: why there are none, or whose they are.
    """

    asks = (AskItemContext,)

    item_id: str = ""
    lines: tuple[JudgedItem, ...] = ()
    subject: str = ""
    policy: tuple[str, ...] = ()
    relevant: tuple[str, ...] = ()
    policy_note: str = ""


class AskItemPictures(Ask, frozen=True, tag="ask_item_pictures"):
    """Wanted: the pictures of an item, looked at; answered by ItemPictures."""

    newest_only = True

    item_id: str


class ItemPictures(Answer, frozen=True, tag="item_pictures", kw_only=True):
    """Answer to AskItemPictures.

    Attributes:
        pictures: in the order of the item's images, of which the first MOST_PICTURES are looked at.
            Each is there for AskPicture, or says why not.
    """

    asks = (AskItemPictures,)

    item_id: str = ""
    pictures: tuple[Picture, ...] = ()


MOST_PICTURES = 8


class SaveView(Ask, frozen=True, tag="save_view"):
    """Save a query at Stream under a name; answered by ViewSaved.

    ``shared``: for all moderators, not for this one alone.
    """

    repeatable = False

    name: str
    query: QueueQuery
    shared: bool = False


class ViewSaved(Answer, frozen=True, tag="view_saved", kw_only=True):
    """Answer to SaveView."""

    asks = (SaveView,)

    view_id: str = ""


QueueToEngine = WatchQueue | LockItem | SkipItem | AskItemContext | AskItemPictures | SaveView
QueueToWindow = QueueItems | QueueState | ItemContext | ItemPictures | ViewSaved
