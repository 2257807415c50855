"""The base of every service of a sign-in, and what the services share."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from console.base.clock import Clock
from console.domain.about_person import Note, WatchMark
from console.domain.act import Act
from console.domain.item import Item
from console.domain.raised import RaisedItem
from console.domain.sign_in import Profile
from console.domain.suspended import Suspension
from console.domain.team import Lasting, Told, Word
from console.domain.verdict import Verdict
from console.engine.pictures.desk import PictureDesk
from console.engine.services.directory import Directory
from console.engine.services.directory_publisher import DirectoryPublisher
from console.engine.services.listening.media_child import MediaChild
from console.engine.services.media_marks import MediaMarks
from console.engine.services.sanctions.shut_out import ShutOut
from console.engine.team.acting import ActingConsoles
from console.engine.webhooks.listen_at import ListenAt
from console.engine.window_channel import WindowChannel
from console.engine.wire.events import Event
from console.engine.wire.retry import Refusal
from console.engine.wire.sign_in_token import Credentials
from console.engine.wire.sockets import OpenSocket
from console.policy.evaluator import Evaluator
from console.protocol.acts import ActProgress
from console.protocol.to_window import Heard, ToWindow
from console.store.store import AppStore

if TYPE_CHECKING:
    from console.engine.wire.stream import Gateway

log = logging.getLogger(__name__)

LOOKED_FRAMES = 500
"""Frames that wait to become items; more are lost, and told."""

REPLAY_LIMIT_S = 10.0
"""Longest that new items wait for the replay of old ones, which come before them."""

Part = Callable[[], Awaitable[None]]

Preparation = Callable[[Act], Awaitable[Act]]
"""Completes an act with what only the engine knows. Raises WorldError where it cannot."""


@dataclass(frozen=True)
class SessionContext:
    """What the services of one sign-in share.

    Attributes:
        user_id: who is signed in.
        evaluator: the local policy in force, if there is one.
        chat_evaluator: the local policy for the chat channel with this cid, if it has one.
        last_heard: when anything came over the socket last (unix seconds).
        open_socket: a further socket of this sign-in, at an address, for the events of a product;
            it begins when it is run.
        keep_running: runs a part until the sign-in ends, and starts it again if it fails.
        items_kept, verdict_kept, act_changed, raised_changed, colleague_told, note_kept, mark_kept,
            time_changed, rights_told: a service reports what all services should know; see Service.
        tell_team: the consoles of the team are to know this.
        stream_ahead: seconds by which Stream's clock was ahead of this machine's when it was told
            last; None while it was not.
        request_act: put an act in the outbox, as if the window had asked for it; its receipt says
            what becomes of it.
        swept: all calls were read and are watched on a connection, and will be again within so
            many seconds. reading_failed: they could not be read, for the reason in a sentence.
        drop_socket: leave the socket for a fresh one, for the reason in a sentence.
        refused: Stream ends this sign-in.
        take_in: content that no socket of the calls brought goes the way of an event.
        media: the process that joins calls, hears and looks at pictures.
        pictures: has pictures looked at, by their address.
        marks: says what is wrong with somebody's sound or pictures.
        looked_frames: frames that become items.
        webhooks_at: where webhooks of Stream are taken; None where they are not.
        credentials: whose sign-in this is, with a token that is valid now.
        preparations: by kind, what completes an act before it is accepted; a service adds its own.
        acting: which console goes first where rules of several act.
        lasting: a service adds what tells consoles that join later what lasts.
        suspended_calls: what is taken from everybody in a call, by its cid; the service of
            suspensions keeps it.
        shut_out: who is banned or blocked, by the id of the sanction; the board keeps it.
        unfed: since when (unix seconds) a kind of content with a socket of its own brings nothing.
        replayed: set once the items of earlier engines were shown.
    """

    profile: Profile
    user_id: str
    store: AppStore
    gateway: "Gateway"
    directory: Directory
    publisher: DirectoryPublisher
    channel: WindowChannel
    clock: Clock
    evaluator: Callable[[], Evaluator | None]
    chat_evaluator: Callable[[str], Evaluator | None]
    last_heard: Callable[[], float]
    open_socket: OpenSocket
    keep_running: Callable[[Part, str], None]
    stream_ahead: Callable[[], float | None]
    request_act: Callable[[Act], Awaitable[None]]
    items_kept: Callable[[Heard], None]
    verdict_kept: Callable[[Item, Verdict], None]
    act_changed: Callable[[ActProgress], None]
    raised_changed: Callable[[list[RaisedItem], str], None]
    colleague_told: Callable[[Told], Awaitable[None]]
    note_kept: Callable[[Note], None]
    mark_kept: Callable[[WatchMark], None]
    time_changed: Callable[[Act], None]
    rights_told: Callable[["RightsTold"], None]
    tell_team: Callable[[Word], None]
    swept: Callable[[str, float], None]
    reading_failed: Callable[[str], None]
    drop_socket: Callable[[str], None]
    refused: Callable[[Refusal], None]
    take_in: Callable[[Event], Awaitable[None]]
    media: MediaChild
    pictures: PictureDesk
    marks: MediaMarks
    credentials: Callable[[], Credentials]
    webhooks_at: ListenAt | None = None
    looked_frames: asyncio.Queue[Any] = field(default_factory=lambda: asyncio.Queue(LOOKED_FRAMES))
    preparations: dict[str, Preparation] = field(default_factory=dict)
    acting: ActingConsoles = field(default_factory=ActingConsoles)
    lasting: list[Callable[[], list[Lasting]]] = field(default_factory=list)
    suspended_calls: dict[str, Suspension] = field(default_factory=dict)
    shut_out: dict[str, ShutOut] = field(default_factory=dict)
    unfed: dict[str, float] = field(default_factory=dict)
    replayed: asyncio.Event = field(default_factory=asyncio.Event)

    async def old_items_first(self) -> None:
        """Wait until the items of earlier engines were shown, but not for long."""
        try:
            async with asyncio.timeout(REPLAY_LIMIT_S):
                await self.replayed.wait()
        except TimeoutError:
            log.info("new items are shown before the old ones")


@dataclass
class Received:
    """One event of the socket on its way through the services, in the order of the registry.

    Attributes:
        act_id: our act that the event confirms; known once the acts have seen it.
    """

    event: Event
    at: float
    act_id: str = ""


@dataclass(frozen=True)
class RightsTold:
    """A colleague's console gave somebody these permissions and took those.

    ``at``: unix seconds of Stream's clock; what an event of later than that tells is newer.
    """

    cid: str
    user_id: str
    given: frozenset[str]
    taken: frozenset[str]
    at: float


class Service:
    """One feature of a sign-in. What it does not care about it leaves as it is here.

    Attributes:
        handles: the classes of messages of the window that :meth:`answer` takes.
        needs_secret: makes no sense for a sign-in with a user token.
        essential: without it there is no sign-in. Any other may fail, and the rest goes on.
    """

    handles: ClassVar[tuple[type, ...]] = ()
    needs_secret: ClassVar[bool] = False
    essential: ClassVar[bool] = False

    def __init__(self, context: SessionContext) -> None:
        self.context = context

    async def start(self) -> None:
        """Begin. Raises WorldError if the world does not allow it."""

    async def close(self) -> None:
        """Stop; what was accepted is safe."""

    async def answer(self, message: Any) -> ToWindow | None:
        """Do what the window asks; returns the answer to a question.

        Raises:
            WorldError: it cannot be done; a question is then answered with this refusal.
        """
        raise NotImplementedError(type(message).__name__)

    async def on_event(self, received: Received) -> None:
        """An event came over the socket."""

    def on_items(self, heard: Heard) -> None:
        """Items were judged by the local policy and are on disk."""

    def on_verdict(self, item: Item, verdict: Verdict) -> None:
        """The deciding verdict on an item is on disk."""

    def on_act(self, progress: ActProgress) -> None:
        """The receipt of an act changed."""

    def on_raised(self, changed: list[RaisedItem], undone: str = "") -> None:
        """Raised items changed; ``undone``: the decision that was taken back, if that is why."""

    async def on_colleague(self, told: Told) -> None:
        """A console of the team did something."""

    def on_note(self, note: Note) -> None:
        """A note about a person was written or taken back, here or by a colleague."""

    def on_mark(self, mark: WatchMark) -> None:
        """Somebody is to be watched, or no longer, here or by a colleague's word."""

    def on_time_changed(self, act: Act) -> None:
        """What ``act`` did lasts for its ``minutes`` from now on, which were others before."""

    def on_rights_told(self, told: RightsTold) -> None:
        """A colleague's console told what somebody may do now, whether an event came or not."""

    def on_word(self, word: Word) -> None:
        """A service here has something to tell the team."""

    def on_focus(self, cid: str) -> None:
        """The window shows the people of this call; empty for none."""

    def on_connected(self, connection_id: str) -> None:
        """There is a new socket; nothing is watched on it yet."""

    def on_disconnected(self, sentence: str) -> None:
        """The socket was lost, for the reason ``sentence``; empty where Stream refused us."""

    def on_answered(self) -> None:
        """The socket was silent for some time and brings something again; none of it is lost."""

    def on_swept(self, connection_id: str) -> None:
        """All calls were read once more, and are watched on this socket."""

    def on_heard(self) -> None:
        """From now on what is said in the calls is heard: all were read on this socket."""

    def on_unheard(self, since: float) -> None:
        """What is said is not heard any more; ``since`` (unix seconds) is the last sign of life."""

    def on_clock_set_back(self) -> None:
        """The wall clock shows an earlier time than before: earlier stamps say nothing of order."""

    def numbers(self, now: float) -> dict[str, Any]:
        """This service's fields of the pulse."""
        return {}
