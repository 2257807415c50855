"""Questions about the members of a call."""

from msgspec import Struct

from console.protocol.ask import Answer, Ask


class CallMember(Struct, frozen=True, kw_only=True):
    """Somebody on the list of members of a call, in it or not.

    Attributes:
        name: hostile text. role: as a member; Stream's word.
        since: unix seconds.
    """

    user_id: str
    name: str
    role: str = ""
    since: float = 0.0
    banned: bool = False


class AskMembers(Ask, frozen=True, tag="ask_members"):
    """Wanted: members of a call, oldest first; answered by MembersAnswer.

    Attributes:
        next_page: where an answer before this one told to go on; empty begins.
    """

    cid: str
    next_page: str = ""


class MembersAnswer(Answer, frozen=True, tag="members", kw_only=True):
    """Answer to AskMembers. ``next_page``: there are more; empty at the end."""

    asks = (AskMembers,)

    cid: str = ""
    members: tuple[CallMember, ...] = ()
    next_page: str = ""
