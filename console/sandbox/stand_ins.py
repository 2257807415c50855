"""What only Stream has, and what stands in for it here: its own lists, and seed phrases of filters.

The words are ours (`resources/policies`), not Stream's.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec.structs import replace

from console.base.paths import resources
from console.policy.fallback_lists import STAND_IN_FILES
from console.policy.loader import read_policy_at
from console.policy.model import Policy, SemanticFilter
from console.policy.policy_file import read_stand_ins
from console.policy.stream_config import to_wire

_FOLDER = resources() / "policies"
_FILTERS = "by-meaning.toml"

STREAMS_OWN = frozenset(STAND_IN_FILES)
"""Names of the lists that every app has and none can change."""


@cache
def own_lists() -> Mapping[str, Mapping[str, Any]]:
    """The lists that every app has, by name; as Stream's they state no severity."""
    read = read_stand_ins(lambda name: (_FOLDER / name).read_text("utf-8"))
    return {
        name: {part: value for part, value in to_wire(each).items() if part != "severity"}
        for name, each in read.items()
    }


@cache
def _known_filters() -> Mapping[str, SemanticFilter]:
    policy = read_policy_at(_FOLDER / _FILTERS).policy
    return {each.name: each for each in policy.semantic_filters} if policy else {}


def with_seeds(policy: Policy, phrases: Mapping[str, tuple[str, ...]]) -> Policy:
    """``policy`` with seed phrases for the filters its rules name.

    Real ones are written in Stream's dashboard and no API gives them. Here they are those of
    ``phrases``, else of the filter of that name that comes with the program, else the name itself.
    """
    names = dict.fromkeys(rule.name for rule in policy.semantic_rules)
    if not names:
        return policy
    filters = tuple(_filter(name, phrases.get(name, ())) for name in names)
    return replace(policy, semantic_filters=filters)


def _filter(name: str, phrases: tuple[str, ...]) -> SemanticFilter:
    known = _known_filters().get(name)
    if known is not None and not phrases:
        return known
    said = phrases or (name.replace("_", " ").replace("-", " "),)
    return SemanticFilter.model_construct(name=name, phrases=said)
