"""AI text: what happens at which harm of which severity.

Names are Stream's (STREAM.md 6.3). Nobody wrote down what counts for a severity that no severity
rule names (?). Stream's own example gives actions for low and high alone, so a severity rule is
read as "from here up, until the next". Where the rule has an ``action`` beside it, the stronger
of both counts: a worse text is never treated more mildly than a better one for want of a line.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from console.domain.local_models import Harm, LocalModels, TextClassifier
from console.domain.verdict import KEEP, Match, Severity, action_rank
from console.policy.label import classifier_name, label_key
from console.policy.model import Policy
from console.policy.sections.schema import Choice, Config, Many, Name, Table, unique
from console.policy.sections.section import (
    Found,
    Matcher,
    Section,
    config_in,
    name_in,
    not_known,
    unknown_labels,
)
from console.policy.sections.words import HARM_ACTIONS, LABELS, SEVERITIES, UNNAMED

SECTION = "ai_text_config"
OLD_SECTION = "bodyguard_config"
"""What Stream called the section before."""
KIND = "ai_text_local"
RULE = "ai_text:"
"""What the name of a rule begins with; its label follows, as the author wrote it."""
EVERY_LABEL = "*"
"""The label of the rule that the deprecated ``severity_rules`` of the section make."""


class SeverityRule(Table):
    """What happens from a severity on."""

    severity: Annotated[str, Choice(SEVERITIES, firm=True)] = Field(
        description="How grave a match is."
    )
    action: Annotated[str, Choice(HARM_ACTIONS)] = Field(description="What happens on a match.")


SeverityRules = Annotated[Many[SeverityRule], unique("severity", "an action for")]


class AiTextRule(Table):
    """What happens when a text does the harm called ``label``. ``severity_rules`` win."""

    label: Annotated[Name, Choice(LABELS, free=True)] = Field(description="What a match is called.")
    action: Annotated[str, Choice((UNNAMED, *HARM_ACTIONS))] = Field(
        default="", description="What happens on a match."
    )
    severity_rules: SeverityRules = Field(default=(), description="An action for each severity.")

    def action_for(self, severity: Severity) -> str:
        """What happens at a harm of ``severity``; empty when the rule has nothing to say of it."""
        named = {Severity(each.severity): each.action for each in self.severity_rules}
        if severity in named:
            return named[severity]
        below = [each for each in named if each.rank < severity.rank]
        nearest = named[max(below, key=lambda each: each.rank)] if below else ""
        return max((self.action, nearest), key=lambda each: action_rank(each) if each else -1)


AiTextRules = Annotated[Many[AiTextRule], unique("label", "a rule for", label_key)]


class AiTextConfig(Config):
    """The section. Its own ``severity_rules`` are deprecated."""

    rules: AiTextRules = Field(default=(), description="What happens on a match.")
    profile: str = Field(default="", description="A ready-made profile.")
    severity_rules: SeverityRules = Field(
        default=(), description="Deprecated: for every other label."
    )


class AiAudioConfig(Table):
    """The same rules for speech, which Stream alone hears."""

    enabled: bool = Field(default=True, description="Whether this section counts.")
    rules: AiTextRules = Field(default=(), description="What happens on a match.")
    profile: str = Field(default="", description="A ready-made profile.")


def ai_text_rules(sections: Mapping[str, Any]) -> tuple[AiTextRule, ...]:
    """The rules of a config's sections; none when the section is missing or switched off.

    The old name counts where the new one is missing. Deprecated ``severity_rules`` of the section
    come last, as a rule for EVERY_LABEL: they speak of harms that no other rule decides (?).
    """
    config = config_in(sections, name_in(sections, SECTION, OLD_SECTION), AiTextConfig)
    if config is None:
        return ()
    if not config.severity_rules:
        return config.rules
    return (*config.rules, AiTextRule(label=EVERY_LABEL, severity_rules=config.severity_rules))


class AiTextMatcher:
    """Asks the classifier once for each text, and only where there are rules.

    Its labels are its own and never Stream's.
    """

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

    def find(self, text: str) -> list[Found]:
        """One for each harm that a rule does something about, the surest first."""
        if self._classifier is None:
            return []
        name = self._classifier.name
        found = (self._harmful(name, harm) for harm in self._classifier.classify(text))
        return [each for each in found if each is not None]

    def _harmful(self, name: str, harm: Harm) -> Found | None:
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
            return Found(match, _why(name, harm))
        return None


def _why(name: str, harm: Harm) -> str:
    severity = "" if harm.severity is Severity.NONE else f", {harm.severity.value}"
    called = classifier_name(name)
    return (
        f"{called[0].upper()}{called[1:]}: {harm.label}{severity} ({harm.score:.2f}); "
        "Stream's own labels may differ."
    )


class AiText(Section):
    """Judged where a text classifier is on this computer."""

    def is_local(self, raw: Mapping[str, Any]) -> bool:
        return True

    def notes(self, policy: Policy, models: LocalModels) -> Iterable[str]:
        if models.text is None:
            yield f"{self.name} needs a local model or Stream; it is not evaluated here."
            return
        rules = [rule for rule in ai_text_rules(policy.sections) if rule.label != EVERY_LABEL]
        if unknown := unknown_labels((rule.label for rule in rules), models.text.labels):
            yield not_known(self.name, models.text.name, unknown)
        for rule in rules:
            if not rule.action and not rule.severity_rules:
                yield f"{self.name}: the rule for “{rule.label}” names no action."

    def wants_models(self, policy: Policy) -> bool:
        return bool(ai_text_rules(policy.sections))

    def matcher(self, policy: Policy, models: LocalModels) -> Matcher:
        return AiTextMatcher(ai_text_rules(policy.sections), models.text)

    def rule_names(self, policy: Policy, models: LocalModels) -> Iterable[str]:
        known = ai_text_rules(policy.sections) if models.text is not None else ()
        return (RULE + rule.label for rule in known)
