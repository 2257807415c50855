"""What the rules in use have for a person the next time they fit. Pure."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from console.domain.automation.book import RuleBook
from console.domain.automation.decide import DAY_S, Earlier
from console.domain.automation.proposal import WAITING, ProposalState
from console.domain.automation.rule import Mode, Response, Rule, Span

_IN_USE = (Mode.ASK, Mode.ACT)
_ON_NOBODY = frozenset({Response.NOTIFY, Response.FLAG})
"""What is done to nobody."""


class Coming(Struct, frozen=True, kw_only=True):
    """The next response of one rule to one person.

    Attributes:
        rule: its name. number: which time it would be, from 1; of a ladder of so many ``steps``.
        asks: a person has to accept it.
        last_at: when it answered this person last (unix seconds); 0.0 for never.
    """

    rule: str
    number: int
    steps: int
    responses: tuple[Response, ...]
    minutes: int
    asks: bool
    last_at: float = 0.0


def coming(
    book: RuleBook,
    responded: Mapping[str, Sequence[Earlier]],
    *,
    cid: str,
    session_id: str,
    at: float,
) -> tuple[Coming, ...]:
    """The rules that do something to people, in their order, with their next step for a person.

    ``responded``: for each rule its responses to this person; ``cid`` and ``session_id``: where
    they would do it next, at ``at`` (unix seconds).
    """
    found: list[Coming] = []
    for rule in book.rules:
        if rule.mode not in _IN_USE:
            continue
        done = [
            each
            for each in responded.get(rule.rule_id, ())
            if each.state is not ProposalState.SHADOW and each.state not in WAITING
        ]
        number = 1 + sum(_counts(rule, each, cid, session_id, at) for each in done)
        step = rule.steps[min(number, len(rule.steps)) - 1]
        if _ON_NOBODY.issuperset(step.responses):
            continue
        found.append(
            Coming(
                rule=rule.name,
                number=number,
                steps=len(rule.steps),
                responses=tuple(dict.fromkeys(step.responses)),
                minutes=step.minutes,
                asks=rule.mode is Mode.ASK or book.pause_of(rule.rule_id) is not None,
                last_at=max((each.at for each in done), default=0.0),
            )
        )
    return tuple(found)


def next_of(every: Sequence[Coming]) -> Coming | None:
    """The one to name first: of the rule that answered them last, else of the first rule."""
    return max(every, key=lambda one: one.last_at, default=None)


def _counts(rule: Rule, each: Earlier, cid: str, session_id: str, at: float) -> bool:
    match rule.ladder.span:
        case Span.SESSION:
            return (each.cid, each.session_id) == (cid, session_id)
        case Span.DAYS:
            return each.at > at - rule.ladder.days * DAY_S
    return True
