"""Image rules on the labels of a classifier on this computer. They are its own, never Stream's."""

from collections.abc import Iterable, Sequence

from console.domain.local_models import ImageLabel
from console.domain.results import NOTHING, Judgement, weight
from console.domain.verdict import KEEP, Match
from console.policy.ai_image_section import AiImageRule
from console.policy.classifier_name import classifier_name
from console.policy.label import label_key

KIND = "ai_image_local"
RULE = "ai_image:"
"""What the name of a rule begins with; its label follows, as the author wrote it."""


class AiImageMatcher:
    """Says what a policy makes of an image that shows certain things."""

    def __init__(self, rules: Sequence[AiImageRule], name: str) -> None:
        """``name``: of the classifier that gives the labels."""
        called = classifier_name(name)
        self._name = called[0].upper() + called[1:]
        self._rules: dict[str, list[AiImageRule]] = {}
        for rule in rules:
            if rule.action == KEEP:
                continue
            for label in dict.fromkeys(map(label_key, (rule.label, *rule.subclassifications))):
                self._rules.setdefault(label, []).append(rule)

    def judge(self, labels: Iterable[ImageLabel]) -> Judgement:
        """The recommended action for an image with ``labels``; severities images have none."""
        sure: dict[Match, float] = {}
        for each in labels:
            for rule in self._rules.get(label_key(each.label), ()):
                if each.confidence >= rule.min_confidence:
                    match = Match(
                        rule=RULE + rule.label, label=each.label, action=rule.action, kind=KIND
                    )
                    sure[match] = max(each.confidence, sure.get(match, 0.0))
        if not sure:
            return NOTHING
        matches = sorted(sure, key=lambda match: (weight(match), sure[match]), reverse=True)
        deciding = matches[0]
        return Judgement(
            action=deciding.action,
            labels=tuple(dict.fromkeys(match.label for match in matches)),
            rule=deciding.rule,
            why=f"{self._name}: {deciding.label} ({sure[deciding]:.0f} of 100); "
            "Stream's own labels may differ.",
            matches=tuple(matches),
        )
