"""What is wrong with rules before they are used. Pure."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from console.base.plain_text import visible
from console.domain.addresses import is_loopback
from console.domain.automation.book import RuleBook
from console.domain.automation.rule import Rule
from console.domain.verdict import ACTIONS, KEEP

MOST_RULES = 200
MOST_STEPS = 10
MOST_WORDS = 200
LONGEST_VETO_S = 60.0
LONGEST_BAN = 366 * 24 * 60
LONGEST_TEXT = 500
LONGEST_NAME = 80
LONGEST_URL = 2_000
RAISING = tuple(action for action in ACTIONS if action != KEEP)
"""Recommended actions that a rule can wait for: what is kept fits no rule."""


def problems_of(book: RuleBook) -> tuple[str, ...]:
    """One sentence for each thing that is wrong; empty where the rules can be used."""
    if len(book.rules) > MOST_RULES:
        return (f"There are more than {MOST_RULES} rules.",)
    found = [f"{rule.name or 'A rule'}: {each}" for rule in book.rules for each in _of_rule(rule)]
    twice = Counter(rule.rule_id for rule in book.rules)
    if any(times > 1 for times in twice.values()):
        found.append("Two rules have the same id.")
    names = Counter(rule.name.strip().casefold() for rule in book.rules)
    if any(times > 1 for times in names.values()):
        found.append("Two rules have the same name.")
    if max(len(book.exempt_people), len(book.exempt_roles)) > MOST_WORDS:
        found.append(f"More than {MOST_WORDS} people or roles are exempt.")
    if book.webhook and not _may_be_told(book.webhook):
        found.append("A webhook is an address that begins with https://.")
    return tuple(found)


def _may_be_told(url: str) -> bool:
    """Whether what is told there can be read by nobody on the way."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port  # raises where the port is no number
    except ValueError:
        return False
    if not host or len(url) > LONGEST_URL:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def _of_rule(rule: Rule) -> Iterator[str]:
    when = rule.when
    if not rule.rule_id or not rule.name.strip():
        yield "a rule needs a name."
    if len(rule.name) > LONGEST_NAME:
        yield f"the name is longer than {LONGEST_NAME} characters."
    if not rule.steps or not all(step.responses for step in rule.steps):
        yield "each step needs something to do."
    if len(rule.steps) > MOST_STEPS:
        yield f"a ladder has {MOST_STEPS} steps at most."
    if not 0.0 <= rule.veto_s <= LONGEST_VETO_S:
        yield f"the countdown lasts 0 to {LONGEST_VETO_S:.0f} seconds."
    if rule.cooldown_s < 0.0:
        yield "the pause after a response cannot be negative."
    if not 0.0 <= when.confidence <= 1.0:
        yield "a confidence is between 0 and 1."
    if when.times < 1:
        yield "the number of times is at least 1."
    if min(when.within.days, rule.ladder.days) < 1:
        yield "days are counted from 1."
    if any(not 1 <= step.minutes <= LONGEST_BAN for step in rule.steps):
        yield "a ban lasts from one minute to a year."
    if any(len(step.text) > LONGEST_TEXT for step in rule.steps):
        yield f"a warning has {LONGEST_TEXT} characters at most."
    unknown = next((each for each in when.actions if each not in RAISING), None)
    if unknown is not None:
        yield (
            f"“{visible(unknown[:LONGEST_NAME])}” is no recommended action that a rule can"
            f" wait for. Known are {', '.join(RAISING[:-1])} and {RAISING[-1]}."
        )
    words = (when.actions, when.labels, when.kinds, when.call_types, when.roles)
    if any(len(each) > MOST_WORDS for each in words):
        yield f"a condition names {MOST_WORDS} words at most."
