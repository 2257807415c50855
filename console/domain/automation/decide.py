"""Which rules fit, and what follows from it. Pure."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from console.domain.automation.book import RuleBook
from console.domain.automation.facts import Facts
from console.domain.automation.proposal import WAITING, ProposalState
from console.domain.automation.rule import Conditions, Mode, Response, Rule, Span, Step, Window
from console.domain.item import APPEARANCE, Item
from console.domain.verdict import Verdict

DAY_S = 86_400.0

IRREVERSIBLE = frozenset({Response.KICK, Response.DELETE_MESSAGE})
"""What nothing takes back for certain: it is never done without a person."""


class Earlier(Struct, frozen=True):
    """A response of a rule to a person: noted, waiting, under way or done."""

    at: float
    cid: str
    session_id: str
    state: ProposalState = ProposalState.DONE


class Decision(Struct, frozen=True, kw_only=True):
    """What one rule wants done. ``mode`` is SHADOW, ASK or ACT.

    Attributes:
        number: which response of the rule to this person it is, from 1.
        note: why it asks though the rule acts by itself; empty where it does not.
    """

    rule: Rule
    step: Step
    number: int
    mode: Mode
    responses: tuple[Response, ...]
    note: str = ""


def content_fits(when: Conditions, item: Item, verdict: Verdict) -> bool:
    """Whether what was said, and the verdict on it, are what a rule is about."""
    if not verdict.raised or (when.actions and verdict.action not in when.actions):
        return False
    labels = {label.casefold() for label in verdict.labels}
    if when.labels and labels.isdisjoint(label.casefold() for label in when.labels):
        return False
    if verdict.severity.rank < when.severity.rank:
        return False
    if when.confidence and (verdict.confidence is None or verdict.confidence < when.confidence):
        return False
    if when.sources and verdict.source not in when.sources:
        return False
    if verdict.provisional and not when.sources:
        return False
    if item.kind not in when.kinds and (when.kinds or item.kind in APPEARANCE):
        return False  # what somebody is called they neither said nor wrote
    return not when.call_types or item.cid.partition(":")[0] in when.call_types


def person_fits(when: Conditions, facts: Facts) -> bool:
    """Whether the author is somebody a rule is about, and has done it often enough."""
    if when.roles and facts.role not in when.roles:
        return False
    if when.first_call and not facts.first_call:
        return False
    if when.younger_days:
        age = facts.account_days
        if age is None or age >= when.younger_days:
            return False
    return times_done(when, facts) >= when.times


def times_done(when: Conditions, facts: Facts) -> int:
    """How often the author did what ``when`` is about, this time included."""
    earlier = {
        judged.item.item_id
        for judged in facts.earlier
        if (verdict := judged.standing) is not None
        and judged.item.start_time < facts.item.start_time
        and content_fits(when, judged.item, verdict)
        and _inside(when.within, facts, judged.item.received_at, judged.item)
    }
    return 1 + len(earlier)


def _inside(window: Window, facts: Facts, at: float, where: Item | Earlier) -> bool:
    match window.span:
        case Span.SESSION:
            here = facts.item.cid, facts.item.session_id
            return (where.cid, where.session_id) == here
        case Span.DAYS:
            return at > facts.at - window.days * DAY_S
    return True


def decide(
    book: RuleBook, facts: Facts, responded: Mapping[str, Sequence[Earlier]]
) -> tuple[Decision, ...]:
    """What the rules want done about one item.

    ``responded``: for each rule the responses to this person so far, in any order.
    """
    if is_exempt(book, facts):
        return ()
    found: list[Decision] = []
    decided = False
    for rule in book.rules:
        if rule.mode is Mode.OFF or (decided and rule.mode is not Mode.SHADOW):
            continue
        if not content_fits(rule.when, facts.item, facts.verdict):
            continue
        if not person_fits(rule.when, facts):
            continue
        decided = decided or rule.mode is not Mode.SHADOW
        found += _of_rule(book, rule, facts, responded.get(rule.rule_id, ()))
    return tuple(found)


def is_exempt(book: RuleBook, facts: Facts) -> bool:
    """Whether no rule may touch the author."""
    return facts.item.author_id in book.exempt_people or facts.role in book.exempt_roles


def _of_rule(
    book: RuleBook, rule: Rule, facts: Facts, responded: Sequence[Earlier]
) -> list[Decision]:
    noted = rule.mode is Mode.SHADOW
    responded = [each for each in responded if (each.state is ProposalState.SHADOW) is noted]
    waiting = [each for each in responded if each.state in WAITING]
    if any(each.cid == facts.item.cid for each in waiting):
        return []
    if any(facts.at < each.at + rule.cooldown_s for each in responded):
        return []
    done = [each for each in responded if each not in waiting]
    number = 1 + sum(_inside(rule.ladder, facts, each.at, each) for each in done)
    step = rule.steps[min(number, len(rule.steps)) - 1]
    responses = tuple(dict.fromkeys(step.responses))

    def decision(mode: Mode, some: tuple[Response, ...], note: str = "") -> Decision:
        return Decision(rule=rule, step=step, number=number, mode=mode, responses=some, note=note)

    if rule.mode is not Mode.ACT:
        return [decision(rule.mode, responses)]
    paused = book.pause_of(rule.rule_id)
    if paused is not None:
        what = "This rule is" if paused.rule_id else "All rules are"
        note = f"{what} paused: {paused.acts} acts in ten minutes, where {paused.usual:.0f} are"
        return [decision(Mode.ASK, responses, f"{note} usual.")]
    final = tuple(each for each in responses if each in IRREVERSIBLE)
    rest = tuple(each for each in responses if each not in IRREVERSIBLE)
    parts = [decision(Mode.ACT, rest)] if rest else []
    if final:
        note = "Nothing can take this back, so it waits for a person."
        parts.append(decision(Mode.ASK, final, note))
    return parts
