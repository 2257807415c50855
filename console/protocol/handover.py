"""What the next shift has to know."""

from console.domain.about_person import Note, WatchMark
from console.domain.automation.proposal import Proposal
from console.domain.door import Door
from console.domain.raised import RaisedItem
from console.domain.sanction import Sanction
from console.domain.suspended import Suspension
from console.protocol.ask import Answer, Ask


class AskHandover(Ask, frozen=True, tag="ask_handover"):
    """Wanted: what is open, in force, held and noted since ``since``; answered by Handover."""

    since: float


class Handover(Answer, frozen=True, tag="handover", kw_only=True):
    """Answer to AskHandover.

    Attributes:
        at: when it was put together. Times are unix seconds.
        open_items: raised items that nobody has decided about, the gravest first; ``open_count``
            says how many there are.
        in_force: sanctions that hold, those that end first come first.
        done: how many acts were done since, ``notes``: those written since, oldest first.
        watched: whom to watch.
        suspended: calls in which something is to be given back. doors: those that are held.
        proposed: what rules propose and nobody decided, newest last. paused: the names of rules
            that the guard paused.
    """

    asks = (AskHandover,)

    at: float = 0.0
    open_items: tuple[RaisedItem, ...] = ()
    open_count: int = 0
    in_force: tuple[Sanction, ...] = ()
    done: int = 0
    notes: tuple[Note, ...] = ()
    watched: tuple[WatchMark, ...] = ()
    suspended: tuple[Suspension, ...] = ()
    doors: tuple[Door, ...] = ()
    proposed: tuple[Proposal, ...] = ()
    paused: tuple[str, ...] = ()
