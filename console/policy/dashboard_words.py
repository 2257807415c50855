"""Actions by the words of Stream's dashboard, where its API has others for the same.

The dashboard offers *Block* and *Shadow block* for what configs call ``remove`` and ``shadow``
(STREAM.md 6.3). A policy may use either; what goes to Stream are the words of its API.
"""

from collections.abc import Mapping
from typing import Any

from console.domain.verdict import REMOVE, SHADOW

MEANT = {"block": REMOVE, "shadow_block": SHADOW}
_OTHERS = frozenset({"rest", "blocklists", "video_call_rule_config", "rule_builder_config"})
"""Tables whose actions are no actions on content, or that are handed on as they are."""


def in_words_of_api(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A policy file's tables with the words of the API for the actions on content."""
    return {name: each if name in _OTHERS else _meant(each) for name, each in raw.items()}


def _meant(value: Any) -> Any:
    if isinstance(value, list):
        return [_meant(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: MEANT.get(each, each)
        if isinstance(each, str) and (name == "action" or name.endswith("_action"))
        else each
        if name == "rest"
        else _meant(each)
        for name, each in value.items()
    }
