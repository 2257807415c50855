"""What was done in a session of the past, as rows between its lines. Pure."""

from collections.abc import Callable

from console.base.plain_text import visible
from console.domain.act import ReceiptState
from console.protocol.acts import ActProgress
from console.protocol.to_window import Notice, NoticeKind
from console.ui.state.wording import done_text, receipt_words

_KINDS = (
    ("unblock", NoticeKind.UNBLOCKED),
    ("block", NoticeKind.BLOCKED),
    ("unban", NoticeKind.UNBANNED),
    ("ban", NoticeKind.BANNED),
    ("chat_ban", NoticeKind.BANNED),
    ("kick", NoticeKind.KICKED),
    ("mute", NoticeKind.MUTED),
    ("keep_muted", NoticeKind.MUTED),
    ("revoke", NoticeKind.PERMISSIONS),
    ("grant", NoticeKind.PERMISSIONS),
    ("warn", NoticeKind.WARNING),
    ("blur", NoticeKind.BLUR),
    ("end_call", NoticeKind.ENDED),
)


def notice_of_act(progress: ActProgress, called: Callable[[str], str]) -> Notice:
    """The row of one act. ``called``: how a moderator is called, by user id."""
    act, receipt = progress.act, progress.receipt
    sentence = done_text(act)
    words = [sentence[:1].upper() + sentence[1:]]
    if act.reason:
        words.append(f"“{visible(act.reason)}”")
    if receipt.undone_by:
        words.append("undone")
    elif receipt.state is not ReceiptState.SEEN:
        words.append(receipt_words(receipt))
    words.append(f"by {called(act.by) or 'somebody'}")
    kinds = (kind for begins, kind in _KINDS if act.kind.startswith(begins))
    return Notice(
        cid=act.cid,
        at=act.requested_at,
        kind=next(kinds, NoticeKind.UPDATED),
        text=" · ".join(words),
        user_ids=act.user_ids,
        act_id=act.act_id,
    )
