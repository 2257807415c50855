"""Everything that can be said of one row of the act log, for its filter and for its export."""

from msgspec import Struct

from console.base.plain_text import visible
from console.domain.act import AUTOMATION, BY_CLOCK, ReceiptState
from console.protocol.acts import ActProgress
from console.protocol.to_window import Notice
from console.ui.acts.act_filter import AUTOMATIC, COLLEAGUE, OURS, ActFacts
from console.ui.state.wording import (
    act_text,
    receipt_words,
    steps_of,
    steps_text,
    who_text,
)

_OPEN = frozenset({ReceiptState.QUEUED, ReceiptState.SENT, ReceiptState.ACCEPTED})


class ActRowWords(Struct, frozen=True, kw_only=True):
    """Texts that are safe to look at; ``at`` in unix seconds. ``outcomes``: see ActFacts."""

    at: float
    by: str
    whose: str
    act: str
    kind: str
    people: str
    ids: str
    call: str
    cid: str
    outcome: str
    outcomes: frozenset[str]
    reason: str = ""
    receipt: str = ""
    act_id: str = ""

    def facts(self) -> ActFacts:
        """What a filter asks about."""
        words = self.by, self.act, self.people, self.ids, self.call, self.outcome, self.reason
        return ActFacts(
            person=f"{self.people} {self.ids}",
            by=self.by,
            call=f"{self.call} {self.cid}",
            act=f"{self.act} {self.kind} {self.kind.replace('_', ' ')}",
            whose=self.whose,
            outcomes=self.outcomes,
            at=self.at,
            words=" ".join(words),
        )


def words_of_act(progress: ActProgress, call: str, user_id: str) -> ActRowWords:
    """An act with its receipt. ``user_id``: who is signed in."""
    act, receipt = progress.act, progress.receipt
    outcomes = {"open" if receipt.state in _OPEN else receipt.state.value}
    if receipt.undone_by:
        outcomes.add("undone")
    whose = OURS if act.by in (user_id, "") else COLLEAGUE
    return ActRowWords(
        at=act.requested_at,
        by=visible(act.by),
        whose=AUTOMATIC if act.by in (AUTOMATION, BY_CLOCK) else whose,
        act=act_text(act),
        kind=act.kind,
        people=who_text(act),
        ids=", ".join(visible(each) for each in act.user_ids),
        call=visible(act.call_name) or call,
        cid=visible(act.cid),
        outcome=receipt_words(receipt) + (", undone" if receipt.undone_by else ""),
        outcomes=frozenset(outcomes),
        reason=" ".join(filter(None, (visible(act.reason), visible(receipt.reason)))),
        receipt=steps_text(steps_of(act, receipt)),
        act_id=act.act_id,
    )


def words_of_notice(notice: Notice, call: str) -> ActRowWords:
    """What somebody else did, as the call told it."""
    people = ", ".join(visible(each) for each in notice.user_ids)
    return ActRowWords(
        at=notice.at,
        by=visible(notice.actor_id),
        whose=COLLEAGUE,
        act=visible(notice.text),
        kind=notice.kind.value,
        people=people,
        ids=people,
        call=call,
        cid=visible(notice.cid),
        outcome="seen",
        outcomes=frozenset({"seen"}),
    )
