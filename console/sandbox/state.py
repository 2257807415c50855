"""The world's state, and the few questions every part of it asks."""

from collections import Counter, deque
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from console.base.clock import Clock
from console.sandbox import capabilities, wire
from console.sandbox.api_errors import not_found
from console.sandbox.call_types import CallType, built_in
from console.sandbox.collection import Collection
from console.sandbox.events import Counters, EventBus, WorldEvent
from console.sandbox.faults import Faults
from console.sandbox.records import Ban, CallRecord, Caption, User

CAPTIONS_KEPT = 200_000
_SERIES = ("", "socket", "webhook", "frame", "message")


class State:
    """Everything the sandbox knows. Parts of the world change it and emit events about that.

    Attributes:
        base_url: where the server is reached, for links; learnt from the first request.
        tokens_from: users' tokens that were issued before are refused (unix seconds).
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.users: Collection[User] = Collection("user with id {} does not exist")
        self.calls: dict[str, CallRecord] = {}
        self.types: Collection[CallType] = Collection("call type {} does not exist")
        self.types.update(built_in())
        self.bans: dict[tuple[str, str], Ban] = {}
        self._address_bans: dict[tuple[str, str], dict[str, Ban]] = {}  # by address and scope
        self.captions: deque[Caption] = deque(maxlen=CAPTIONS_KEPT)
        self.events = EventBus()
        self.counters = Counters()
        self.faults = Faults()
        self.base_url = ""
        self.tokens_from: float | None = None
        self._serials: Counter[str] = Counter()

    def now(self) -> float:
        """Unix seconds of the injected clock, and of a fault that moves it."""
        return self.clock.now() + self.faults.skew

    def new_id(self, series: str = "") -> str:
        """A UUID that a run with the same steps repeats: counted, not drawn.

        Args:
            series: counted apart, for what depends on who listens: ``socket``, ``webhook``,
                ``frame``, ``message``. So that watching a run does not change the ids in it.
        """
        self._serials[series] += 1
        number = _SERIES.index(series) << 80 | self._serials[series]
        return str(UUID(int=(0x5A4D_B0C5 << 96) | (0x4 << 76) | (0x8 << 60) | number))

    def emit(
        self,
        kind: str,
        *,
        cid: str = "",
        payload: dict[str, Any] | None = None,
        actor: str = "",
        targets: Iterable[str] = (),
        tracks: Iterable[str] = (),
        channel: str = "",
    ) -> None:
        """Emit an event."""
        self.events.emit(
            WorldEvent(
                type=kind,
                at=self.now(),
                cid=cid,
                payload=payload or {},
                actor=actor,
                targets=tuple(targets),
                tracks=tuple(tracks),
                channel=channel,
            )
        )

    def emit_call(
        self,
        kind: str,
        call: CallRecord,
        *,
        actor: str = "",
        targets: Iterable[str] = (),
        **payload: Any,
    ) -> None:
        """Emit an event that carries the call as it is now, and ``payload`` besides."""
        whole = {"call": wire.call(call), **payload}
        self.emit(kind, cid=call.cid, payload=whole, actor=actor, targets=targets)

    def call(self, cid: str) -> CallRecord:
        """The call, unless deleted.

        Raises:
            ApiError: 404 in the words STREAM.md 1.6 gives.
        """
        call = self.calls.get(cid)
        if call is None or call.deleted_at:
            raise not_found(f"Can't find call with id {cid.partition(':')[2]}")
        return call

    def grants_of(self, call: CallRecord) -> dict[str, frozenset[str]]:
        """The grants of the call's type by role."""
        return self.types[call.type].grants

    def capabilities_of(self, call: CallRecord, user: User, call_role: str = "") -> frozenset[str]:
        """See :func:`capabilities.own_capabilities`; bans are up to date."""
        self.banned(user)
        return capabilities.own_capabilities(self.grants_of(call), call, user, call_role=call_role)

    def capabilities_by_role(self, call: CallRecord) -> dict[str, list[str]]:
        """The event field of that name."""
        return capabilities.by_role(self.grants_of(call), call)

    def ban_on(self, user: User, cid: str = "") -> Ban | None:
        """The ban that keeps ``user`` out of the app or of ``cid``; expired ones are lifted.

        One of somebody else who comes from the same address counts, where it bans the address.
        """
        for scope in {"", cid}:
            own = self.bans.get((user.id, scope))
            near = self._address_bans.get((user.address, scope), {})
            for ban in [*([own] if own else []), *near.values()]:
                if ban.expires is not None and ban.expires <= self.now():
                    self.take_ban(ban.user, scope)
                elif not ban.shadow:
                    return ban
        return None

    def banned(self, user: User, cid: str = "") -> bool:
        """Whether ``user`` may not join ``cid`` (or any call)."""
        return bool(self.bans) and self.ban_on(user, cid) is not None

    def bans_now(self) -> list[Ban]:
        """The bans that hold, shadow bans too; expired ones are lifted."""
        for ban in list(self.bans.values()):
            self.ban_on(ban.user, ban.cid)
        return list(self.bans.values())

    def _show_ban(self, user: User) -> None:
        ban = self.bans.get((user.id, ""))
        user.banned = ban is not None and not ban.shadow
        user.shadow_banned = ban is not None and ban.shadow
        user.ban_expires = ban.expires if ban else None
        user.touch(self.now())

    def put_ban(self, ban: Ban) -> None:
        """Begin a ban; an earlier one of the same scope is replaced."""
        self.take_ban(ban.user, ban.cid)
        self.bans[ban.user.id, ban.cid] = ban
        if ban.address:
            self._address_bans.setdefault((ban.address, ban.cid), {})[ban.user.id] = ban
        self._show_ban(ban.user)

    def take_ban(self, user: User, cid: str = "") -> Ban | None:
        """End a ban; None when there was none."""
        ban = self.bans.pop((user.id, cid), None)
        if ban is not None and ban.address:
            at_address = self._address_bans.get((ban.address, cid), {})
            at_address.pop(user.id, None)
        self._show_ban(user)
        return ban
