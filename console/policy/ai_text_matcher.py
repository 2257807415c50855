"""AI text rules with a classifier on this computer. Its labels are its own and never Stream's."""

from collections.abc import Sequence

from msgspec import Struct

from console.domain.local_models import Harm, TextClassifier
from console.domain.verdict import KEEP, Match, Severity
from console.policy.ai_text_section import EVERY_LABEL, AiTextRule
from console.policy.classifier_name import classifier_name
from console.policy.label import label_key

KIND = "ai_text_local"
RULE = "ai_text:"
"""What the name of a rule begins with; its label follows, as the author wrote it."""


class Harmful(Struct, frozen=True):
    """A rule about a harm that the classifier finds in the text, and why in one sentence."""

    match: Match
    why: str


class AiTextMatcher:
    """Asks the classifier once for each text, and only where there are rules."""

    def __init__(self, rules: Sequence[AiTextRule], classifier: TextClassifier | None) -> None:
        self._classifier = classifier if rules else None
        self._rules: dict[str, AiTextRule] = {}
        for rule in rules:
            self._rules.setdefault(label_key(rule.label), rule)
        self._any = self._rules.pop(label_key(EVERY_LABEL), None)

    @property
    def asks_model(self) -> bool:
        """Whether a classifier is asked."""
        return self._classifier is not None

    def find(self, text: str) -> list[Harmful]:
        """One for each harm that a rule does something about, the surest first."""
        if self._classifier is None:
            return []
        name = self._classifier.name
        found = (self._harmful(name, harm) for harm in self._classifier.classify(text))
        return [each for each in found if each is not None]

    def _harmful(self, name: str, harm: Harm) -> Harmful | None:
        for rule in (self._rules.get(label_key(harm.label)), self._any):
            action = rule.action_for(harm.severity) if rule is not None else ""
            if rule is None or not action:
                continue
            if action == KEEP:
                return None
            match = Match(
                rule=RULE + rule.label,
                label=harm.label,
                severity=harm.severity,
                action=action,
                kind=KIND,
            )
            return Harmful(match, _why(name, harm))
        return None


def _why(name: str, harm: Harm) -> str:
    severity = "" if harm.severity is Severity.NONE else f", {harm.severity.value}"
    called = classifier_name(name)
    return (
        f"{called[0].upper()}{called[1:]}: {harm.label}{severity} ({harm.score:.2f}); "
        "Stream's own labels may differ."
    )
