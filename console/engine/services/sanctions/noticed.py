"""What events and the list of calls tell of sanctions that others set or lifted."""

from collections import OrderedDict, deque

from msgspec.structs import replace

from console.domain.call import Permission
from console.domain.sanction import IN_CHAT, Claim, Form, Keeper, Sanction, sanction_id
from console.domain.sanctions_in_force import SanctionsInForce
from console.engine.services.directory import Directory
from console.engine.services.sanctions.expected_events import ExpectedEvents
from console.engine.services.service import Received
from console.engine.wire import events as e
from console.engine.wire.channel_events import ChannelBanned, ChannelUnbanned
from console.engine.wire.chat import MutesUpdated
from console.engine.wire.timestamps import Moment

PERMISSIONS = (Permission.SEND_AUDIO, Permission.SEND_VIDEO, Permission.SCREENSHARE)

MOST_PEOPLE = 5_000
"""People whose permissions are remembered; the oldest beyond this many are forgotten."""

MUTED_TOGETHER = 20
"""A mute of more people is none of a person: it is over as soon as they speak."""

MOST_NAMELESS = 100

REMEMBERED_EVENTS = 200
"""Among so many of the newest events one is found that came twice."""

_OF_OTHERS_OR_OURS = (
    e.BlockedUser,
    e.UserBanned,
    e.PermissionsUpdated,
    e.UserMuted,
    ChannelBanned,
)
"""Events that are somebody else's claim, unless they are the echo of an act of ours."""

SETTLED_S = 30.0
"""A sanction younger than this may be newer than the list of calls."""


class Noticed:
    """Adds to what is in force, and takes away, what is seen in the calls.

    ``me``: who is signed in. An event that names another person is never the echo of our own act.
    """

    def __init__(
        self, in_force: SanctionsInForce, directory: Directory, expected: ExpectedEvents, me: str
    ) -> None:
        self._in_force = in_force
        self._directory = directory
        self._expected = expected
        self._me = me
        self._held: OrderedDict[tuple[str, str], frozenset[str]] = OrderedDict()
        self._nameless: dict[str, None] = {}
        """Sanctions of which an event without a name was taken for the echo of our act."""
        self._came: deque[e.Event] = deque(maxlen=REMEMBERED_EVENTS)

    def take(self, received: Received) -> tuple[list[Sanction], list[str]]:
        """What others claim now, and the ids of what is lifted, by one event."""
        event = received.event
        if self._came_before(event):
            return [], []
        match event:
            case e.BlockedUser(user=user, blocked_by_user=actor):
                claim = self._others(event, Form.BLOCKED, event.call_cid, user, actor, received.at)
                return ([claim] if claim else []), []
            case e.UnblockedUser(user=user):
                return [], [sanction_id(Form.BLOCKED, event.call_cid, user.id)]
            case e.UserBanned(user=user, created_by=actor):
                until = event.expiration.seconds if event.expiration else 0.0
                reason = event.reason or ""
                claim = self._others(
                    event, Form.BANNED, "", user, actor, received.at, until, reason
                )
                return ([claim] if claim else []), []
            case e.UserUnbanned(user=user):
                return [], [sanction_id(Form.BANNED, "", user.id)]
            case ChannelBanned() | ChannelUnbanned():
                return self._in_chats(event, received.at)
            case MutesUpdated():
                return self._hidden(event, received.at)
            case e.PermissionsUpdated():
                return self._permissions(event, received.at)
            case e.UserMuted(muted_user_ids=muted) if len(muted) <= MUTED_TOGETHER:
                return [s for who in muted if (s := self._mute(event, who, received.at))], []
            case _:
                return [], []

    def _came_before(self, event: e.Event) -> bool:
        """Whether Stream sent it a second time: one echo of our own act is no claim of others."""
        if not isinstance(event, _OF_OTHERS_OR_OURS) or event.created_at == Moment():
            return False
        if event in self._came:
            return True
        self._came.append(event)
        return False

    def _others(
        self,
        event: e.BlockedUser | e.UserBanned | ChannelBanned,
        form: Form,
        cid: str,
        user: e.User,
        actor: e.User | None,
        at: float,
        until: float = 0.0,
        reason: str = "",
    ) -> Sanction | None:
        """The claim that an event shows; None for the echo of an act of ours."""
        by = actor.id if actor else ""
        key = sanction_id(form, cid, user.id)
        if by in ("", self._me) and self._expected.take(key, event.created_at.seconds):
            if not by:
                self._nameless[key] = None
                if len(self._nameless) > MOST_NAMELESS:
                    del self._nameless[next(iter(self._nameless))]
            return None
        if by == self._me and key in self._nameless:
            # This is the echo of our act: the one without a name was somebody else's.
            del self._nameless[key]
            by = ""
        claim = Claim(
            by=by,
            reason=reason,
            since=at,
            until=until,
            keeper=Keeper.STREAM if until else Keeper.NOBODY,
        )
        return self._sanction(form, cid, user.id, claim, name=user.shown_name)

    def _in_chats(
        self, event: ChannelBanned | ChannelUnbanned, at: float
    ) -> tuple[list[Sanction], list[str]]:
        """Of every call whose chat it is: a ban there takes the place of the other form."""
        claims: list[Sanction] = []
        lifted: list[str] = []
        user = event.user
        for call in self._directory.calls():
            if call.chat_cid != event.cid:
                continue
            if isinstance(event, ChannelUnbanned):
                lifted += (sanction_id(form, call.cid, user.id) for form in IN_CHAT)
                continue
            form = Form.CHAT_SHADOWED if event.shadow else Form.CHAT_BANNED
            lifted.append(sanction_id(IN_CHAT[form], call.cid, user.id))
            until = event.expiration.seconds if event.expiration else 0.0
            reason, actor = event.reason or "", event.created_by
            claim = self._others(event, form, call.cid, user, actor, at, until, reason)
            if claim is not None:
                claims.append(replace(claim, channel=event.cid))
        return claims, lifted

    def _hidden(self, event: MutesUpdated, at: float) -> tuple[list[Sanction], list[str]]:
        """All whom the one who is signed in does not want to read in chats."""
        known = {each.user_id for each in self._in_force if each.form is Form.HIDDEN}
        users = {mute.target.id: mute.target for mute in event.me.mutes if mute.target}
        claims: list[Sanction] = []
        for user in users.values():
            key = sanction_id(Form.HIDDEN, "", user.id)
            if not self._expected.take(key, event.created_at.seconds) and user.id not in known:
                claim = Claim(by=self._me, since=at)
                claims.append(self._sanction(Form.HIDDEN, "", user.id, claim, name=user.shown_name))
        shown = known - users.keys()
        return claims, [sanction_id(Form.HIDDEN, "", user_id) for user_id in shown]

    def _permissions(
        self, event: e.PermissionsUpdated, at: float
    ) -> tuple[list[Sanction], list[str]]:
        cid, user_id = event.call_cid, event.user.id
        person = self._directory.person(cid, user_id)
        ours = self._expected.take((cid, user_id), event.created_at.seconds)
        if person is not None and person.capabilities not in (None, event.own_capabilities):
            return [], []  # it was held up on its way, and is not so any more
        held = event.own_capabilities.intersection(PERMISSIONS)
        before = self._remember(cid, user_id, held)
        lifted = [
            sanction_id(Form.REVOKED, cid, user_id, what) for what in PERMISSIONS if what in held
        ]
        if ours:
            return [], lifted
        revoked = person.revoked if person else frozenset()
        gave = before is not None and bool(held - before)
        claims: list[Sanction] = []
        for what in PERMISSIONS:
            key = sanction_id(Form.REVOKED, cid, user_id, what)
            known = self._in_force.find(key) is not None
            # Who gives something and leaves this off does not want it off. Anything else does, or
            # may: Stream does not name what was revoked, and an end must never give back too much.
            wanted = before is not None and not gave if known else what in revoked
            if what not in held and wanted:
                claims.append(self._sanction(Form.REVOKED, cid, user_id, Claim(since=at), what))
        return claims, lifted

    def _remember(self, cid: str, user_id: str, held: frozenset[str]) -> frozenset[str] | None:
        before = self._held.pop((cid, user_id), None)
        self._held[cid, user_id] = held
        if len(self._held) > MOST_PEOPLE:
            self._held.popitem(last=False)
        return before

    def _mute(self, event: e.UserMuted, user_id: str, at: float) -> Sanction | None:
        key = sanction_id(Form.MUTED, event.call_cid, user_id)
        if event.from_user_id in ("", self._me) and self._expected.take(
            key, event.created_at.seconds
        ):
            return None
        claim = Claim(by=event.from_user_id, since=at)
        return self._sanction(Form.MUTED, event.call_cid, user_id, claim)

    def _sanction(
        self, form: Form, cid: str, user_id: str, claim: Claim, what: str = "", name: str = ""
    ) -> Sanction:
        call = self._directory.call(cid) if cid else None
        return Sanction(
            form=form,
            user_id=user_id,
            cid=cid,
            seen_in=next(iter(self._directory.calls_with(user_id)), "") if not cid else "",
            what=what,
            name=name or self._directory.name_of(cid, user_id),
            call_name=call.name if call else "",
            claims=(claim,),
        )

    # -- what the list of calls tells, after it was read

    def compare(self, now: float) -> tuple[list[Sanction], list[str]]:
        """Blocks that the calls tell of, and ids of those that they do not."""
        claims: list[Sanction] = []
        lifted: list[str] = []
        for call in self._directory.calls():
            for user_id in call.blocked_user_ids:
                if self._in_force.find(sanction_id(Form.BLOCKED, call.cid, user_id)) is None:
                    claims.append(self._sanction(Form.BLOCKED, call.cid, user_id, Claim()))
        for sanction in self._in_force:
            if sanction.form is not Form.BLOCKED or now - sanction.newest.since < SETTLED_S:
                continue
            state = self._directory.call(sanction.cid)
            if state is not None and sanction.user_id not in state.blocked_user_ids:
                lifted.append(sanction.sanction_id)
        return claims, lifted

    def mutes_over(self, now: float) -> list[str]:
        """Ids of soft mutes of people who turned it on again, or are not there any more."""
        over: list[str] = []
        for sanction in self._in_force:
            if sanction.form is not Form.MUTED or now - sanction.newest.since < 5.0:
                continue
            person = self._directory.person(sanction.cid, sanction.user_id)
            there = person is not None and bool(person.user_session_id)
            if person is None or not there or (person.live and not person.muted):
                over.append(sanction.sanction_id)
        return over
