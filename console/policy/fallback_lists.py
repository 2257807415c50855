"""Lists of our own for those that only a Stream app has, marked as stand-ins wherever they show."""

from collections.abc import Iterable, Mapping

import msgspec

from console.policy.model import Blocklist, Policy, StandIn

STAND_IN_FILES = {"profanity_en_2020_v1": "lists/profanity_en_2020_v1.toml"}
"""Where a list of this name lies below ``resources/policies``."""


def missing_lists(policy: Policy) -> list[str]:
    """Names that rules use and that no list at hand has; each once."""
    known = {each.name for each in policy.blocklists}
    names = dict.fromkeys(rule.name for rule in policy.block_list_rules)
    return [name for name in names if name not in known]


def with_stand_ins(policy: Policy, stand_ins: Mapping[str, Blocklist]) -> Policy:
    """``policy`` with a stand-in for each missing list that ``stand_ins`` has."""
    found = [
        StandIn.model_construct(**dict(stand_ins[name]))
        for name in missing_lists(policy)
        if name in stand_ins
    ]
    if not found:
        return policy
    return msgspec.structs.replace(policy, blocklists=(*policy.blocklists, *found))


def without_stand_ins(blocklists: Iterable[Blocklist]) -> tuple[Blocklist, ...]:
    """The lists that are the author's or the app's own."""
    return tuple(each for each in blocklists if not each.stand_in)
