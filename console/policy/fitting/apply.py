"""Writing thresholds into the text of a policy; everything else stays as its author wrote it."""

from collections.abc import Mapping

from console.policy.label import label_key
from console.policy.model import Policy
from console.policy.sections.confidence import KEY
from console.policy.toml.edit import append_value, set_value


def with_thresholds(text: str, policy: Policy, thresholds: Mapping[str, float]) -> str:
    """``text``, which is ``policy``, with these thresholds by label.

    Raises:
        EditError: the text cannot be changed this way.
    """
    places = {label_key(rule.label): at for at, rule in enumerate(policy.confidence.rules)}
    if not policy.confidence.enabled:
        text = set_value(text, (KEY, "enabled"), True)
    for label, least in thresholds.items():
        at = places.get(label_key(label))
        if at is not None:
            text = set_value(text, (KEY, "rules", at, "least"), round(least, 2))
        else:
            text = append_value(text, (KEY, "rules"), {"label": label, "least": round(least, 2)})
    return text
