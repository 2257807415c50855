"""Acts of moderators, and what becomes of them."""

from msgspec import Struct

from console.domain.act import Act, Receipt
from console.protocol.push import Merge, Push


class RequestAct(Struct, frozen=True, tag="request_act"):
    """Put an act in the outbox. The same act_id again changes nothing."""

    act: Act


class RetryAct(Struct, frozen=True, tag="retry_act"):
    """Send a failed or unconfirmed act once more."""

    act_id: str


class LeaveAct(Struct, frozen=True, tag="leave_act"):
    """Leave an unconfirmed act as it is: neither repeat it nor ask about it again."""

    act_id: str


class ActProgress(Struct, frozen=True):
    """An act with its receipt."""

    act: Act
    receipt: Receipt


class ActsChanged(Push, frozen=True, tag="acts_changed"):
    """Acts whose receipt changed. The window upserts by act_id."""

    merge = Merge("acts", key=lambda progress: progress.act.act_id)

    acts: tuple[ActProgress, ...]
