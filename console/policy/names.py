"""What a policy says of the name of a person.

A name is a few words in any spelling: written together, with signs in place of spaces, with numbers
behind it. It is judged by lists alone.
"""

from collections import OrderedDict
from collections.abc import Iterator

from msgspec.structs import replace

from console.domain.impersonation import SHUT_OUT, is_same_name
from console.domain.item import Name
from console.domain.results import NOTHING, Judgement
from console.domain.verdict import KEEP, LOOK_ALIKE, Match, Severity
from console.policy.matchers.lists import ListMatcher
from console.policy.matchers.words import WordMatcher
from console.policy.model import Blocklist, NamesConfig, Policy
from console.policy.text.name_parts import name_parts
from console.policy.weighing import judgement_of

REMEMBERED = 20_000
"""Names whose judgement is remembered: in a raid thousands have the same."""

LOOK_ALIKE_RULE = "look-alike names"
LOOK_ALIKE_LABEL = "IMPERSONATION"
PROTECTED_RULE = "protected names"
BANNED_NAME_RULE = "names of banned people"
BANNED_NAME_LABEL = "BAN_EVASION"
SAME_NAME_RULE = "same names"
SAME_NAME_LABEL = "SAME_NAME"
"""Two people may have one name; only a spelling that passes for it is made to deceive."""


class NameLists:
    """Judges names by the lists that count for them; any thread may ask."""

    def __init__(self, policy: Policy, lists: ListMatcher) -> None:
        """``lists``: those that judge texts by ``policy``."""
        names = policy.names
        self._on = names.enabled
        self._actions = _actions(policy)
        of_texts = {rule.name for rule in policy.block_list_rules if policy.block_list_enabled}
        further = tuple(rule for rule in names.rules if rule.name not in of_texts)
        self._lists = [lists]
        if further:
            own = replace(policy, block_list_rules=further, block_list_enabled=True)
            self._lists.append(ListMatcher(own))
        allowed = Blocklist.model_construct(name="allowed", words=names.allowed)
        self._allowed = WordMatcher([(0, allowed)] if names.allowed else [])
        self._known: OrderedDict[str, Judgement] = OrderedDict()

    def judge(self, name: str) -> Judgement:
        """What the policy recommends for ``name``."""
        if not (self._on and name):
            return NOTHING
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = judgement_of(self._find(name))
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return known

    def _find(self, name: str) -> dict[Match, str]:
        found = dict(self._counting(name))
        parts = name_parts(name)
        if parts is not None:
            told = {match.rule for match in found}
            for match, why in self._counting(parts.text):
                if match.rule not in told:
                    start, end = parts.place(match.start, match.end)
                    found[replace(match, start=start, end=end)] = why
        spared = self._allowed.find(name) if found else set()
        return {
            match: why
            for match, why in found.items()
            if not any(each.start <= match.start and match.end <= each.end for each in spared)
        }

    def _counting(self, text: str) -> Iterator[tuple[Match, str]]:
        for lists in self._lists:
            for match, why in lists.find(text, ""):
                action = self._actions.get(match.rule)
                if action is not None:
                    yield replace(match, action=action), why


def _actions(policy: Policy) -> dict[str, str]:
    """What a match does in a name, by the names of the lists that count."""
    names = policy.names
    of_texts = policy.block_list_rules if policy.block_list_enabled else ()
    rules = (*(() if names.only_these else of_texts), *names.rules)
    languages = {each.name: each.language for each in policy.blocklists}
    return {
        rule.name: rule.action
        for rule in rules
        if not languages.get(rule.name) or languages[rule.name] in names.languages
    }


def judge_name(name: Name, config: NamesConfig, by_lists: Judgement) -> Judgement:
    """``by_lists``, and that ``name`` looks like somebody else's, weighed together."""
    if not (name.like and config.enabled):
        return by_lists
    rule, label, action, severity = _about(name, config)
    if action == KEEP:
        return by_lists
    match = Match(
        rule=rule,
        label=label,
        severity=severity,
        action=action,
        start=0,
        end=len(name.name),
        kind=LOOK_ALIKE,
    )
    reasons = dict.fromkeys(by_lists.matches, by_lists.why)
    return judgement_of(reasons | {match: _WHYS[rule].format(role=name.like_role)})


def _about(name: Name, config: NamesConfig) -> tuple[str, str, str, Severity]:
    """Rule, label, action and severity of a name that is like another."""
    if name.like_role == SHUT_OUT:
        severity = config.banned_name_severity
        return BANNED_NAME_RULE, BANNED_NAME_LABEL, config.banned_names, severity
    if name.like_role and is_same_name(name.name, name.like):
        return SAME_NAME_RULE, SAME_NAME_LABEL, config.same_names, config.same_name_severity
    rule = LOOK_ALIKE_RULE if name.like_role else PROTECTED_RULE
    return rule, LOOK_ALIKE_LABEL, config.look_alikes, config.look_alike_severity


_WHYS = {
    SAME_NAME_RULE: "It is the same name as that of a {role} of this call.",
    LOOK_ALIKE_RULE: "It can be taken for the name of a {role} of this call.",
    PROTECTED_RULE: "It can be taken for a name that nobody may have here.",
    BANNED_NAME_RULE: "Somebody with such a name is banned or blocked under another id.",
}
