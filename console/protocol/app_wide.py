"""Questions about what holds in the whole app: bans, and users who block each other."""

from msgspec import Struct

from console.protocol.ask import Answer, Ask


class BannedPerson(Struct, frozen=True, kw_only=True):
    """Somebody who is banned from the app.

    Attributes:
        name, by, reason: hostile texts; ``by`` is the id of whoever banned them, if Stream tells.
        since, until: unix seconds; ``until`` 0.0 for good.
        shadow: they do not notice it.
    """

    user_id: str
    name: str
    by: str = ""
    reason: str = ""
    since: float = 0.0
    until: float = 0.0
    shadow: bool = False


class AskBanned(Ask, frozen=True, tag="ask_banned"):
    """Wanted: who is banned from the app, the latest first; answered by BannedAnswer.

    Attributes:
        skip: how many to leave out, for the next page.
    """

    skip: int = 0


class BannedAnswer(Answer, frozen=True, tag="banned", kw_only=True):
    """Answer to AskBanned. ``more``: there are others after these."""

    asks = (AskBanned,)

    people: tuple[BannedPerson, ...] = ()
    skip: int = 0
    more: bool = False


class UserBlock(Struct, frozen=True, kw_only=True):
    """A user whom another one blocked. ``name`` is hostile; ``since`` in unix seconds."""

    user_id: str
    name: str
    since: float = 0.0


class AskUserBlocks(Ask, frozen=True, tag="ask_user_blocks"):
    """Wanted: whom a user blocks; answered by UserBlocksAnswer."""

    user_id: str


class ChangeUserBlock(Ask, frozen=True, tag="change_user_block"):
    """Block one user for another, or no longer; doing it twice changes nothing."""

    user_id: str
    blocked_user_id: str
    blocked: bool


class UserBlocksAnswer(Answer, frozen=True, tag="user_blocks", kw_only=True):
    """Answer to AskUserBlocks and ChangeUserBlock: whom the user blocks now."""

    asks = (AskUserBlocks, ChangeUserBlock)

    user_id: str = ""
    blocks: tuple[UserBlock, ...] = ()
