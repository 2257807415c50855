"""Sanctions in force: what lasts of what was done to people. Times are unix seconds; 0.0: unknown.

One sanction is one state at Stream: somebody is blocked from a call, or is not. Several people may
want it, each with a claim of their own, and it stands for as long as one claim does. So whatever
takes back one claim never takes back what somebody else wanted, too.
"""

from enum import StrEnum

from msgspec import Struct


class Form(StrEnum):
    """What a sanction takes away. MUTED is soft: they may turn it on again. HIDDEN is Stream's own
    mute of a user in chats, which holds for the one who is signed in alone.
    """

    MUTED = "muted"
    REVOKED = "revoked"
    BLOCKED = "blocked"
    BANNED = "banned"
    CHAT_BANNED = "banned from the chat"
    CHAT_SHADOWED = "shadow banned in the chat"
    HIDDEN = "hidden from you"


IN_CHAT = {Form.CHAT_BANNED: Form.CHAT_SHADOWED, Form.CHAT_SHADOWED: Form.CHAT_BANNED}
"""The forms that hold in the chat of a call, each with the one whose place it takes: Stream has one
ban of a person in a channel.
"""

BY_STREAM = frozenset((Form.BANNED, *IN_CHAT))
"""Forms of which Stream keeps the time, and the newest claim only."""


class Keeper(StrEnum):
    """Who ends a claim when its time is over."""

    NOBODY = ""
    ENGINE = "engine"
    STREAM = "stream"
    COLLEAGUE = "colleague"
    """The console of a colleague."""


class Claim(Struct, frozen=True, kw_only=True):
    """That somebody wants a sanction.

    Attributes:
        act_id: the act of this console that made it; empty for somebody else's.
        told: the act of a colleague's console that made it, where that console told the team.
        by: user id of whoever made it; empty where Stream does not say.
        until: when its time is over, by the clock of this machine; 0.0: nothing ends it but a hand.
        sticky: it is applied again when the person comes back or unmutes.
        again: how often that was done.
    """

    act_id: str = ""
    told: str = ""
    by: str = ""
    reason: str = ""
    since: float = 0.0
    until: float = 0.0
    keeper: Keeper = Keeper.NOBODY
    sticky: bool = False
    again: int = 0

    @property
    def lasts(self) -> float:
        """How long it lasts altogether, in seconds; 0.0 for good."""
        return max(0.0, self.until - self.since) if self.until else 0.0


class Sanction(Struct, frozen=True, kw_only=True):
    """One sanction in force on one person.

    Attributes:
        cid: the call it holds in; empty for the whole app.
        seen_in: for the whole app, a call that the person was seen in; empty where none is known.
        what: the permission that was revoked; empty for other forms.
        channel: the chat channel it holds in; empty where it does not hold in one.
        name, call_name: as they were called when it was set. Hostile text.
        claims: who wants it, oldest first; never empty.
        lifting: taking it back is under way.
        trouble: why it could not be taken back so far, in one sentence.
    """

    form: Form
    user_id: str
    cid: str = ""
    seen_in: str = ""
    what: str = ""
    channel: str = ""
    name: str = ""
    call_name: str = ""
    claims: tuple[Claim, ...] = ()
    lifting: bool = False
    trouble: str = ""

    @property
    def sanction_id(self) -> str:
        """What tells sanctions apart."""
        return sanction_id(self.form, self.cid, self.user_id, self.what)

    @property
    def place(self) -> str:
        """The call in which the person is looked at."""
        return self.cid or self.seen_in

    @property
    def newest(self) -> Claim:
        """The claim that was made last."""
        return self.claims[-1]

    @property
    def until(self) -> float:
        """When the last claim is over; 0.0 where one of them has no end."""
        ends = [claim.until for claim in self.claims]
        return max(ends) if ends and all(ends) else 0.0

    @property
    def sticky(self) -> bool:
        """Whether it is applied again when the person comes back or unmutes."""
        return any(claim.sticky for claim in self.claims)

    def claim(self, act_id: str) -> Claim | None:
        """The claim that this act made."""
        return next((c for c in self.claims if act_id and c.act_id == act_id), None)


def sanction_id(form: Form, cid: str, user_id: str, what: str = "") -> str:
    """The id of the sanction of this form on a person."""
    return "\x1f".join((form, cid, user_id, what))


LEAST_WARNING_S = 60.0
MOST_WARNING_S = 600.0


def ends_soon(sanction: Sanction, now: float) -> bool:
    """Whether it ends within the last tenth of its time, or one minute if that is longer."""
    if not sanction.until:
        return False
    tenth = 0.1 * max(claim.lasts for claim in sanction.claims)
    return sanction.until - now <= min(MOST_WARNING_S, max(LEAST_WARNING_S, tenth))
