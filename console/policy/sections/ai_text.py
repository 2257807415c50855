"""AI text: what happens at which harm of which severity.

Names are Stream's (STREAM.md 6.3). Nobody wrote down what counts for a severity that no severity
rule names (?). Stream's own example gives actions for low and high alone, so a severity rule is
read as "from here up, until the next". Where the rule has an ``action`` beside it, the stronger
of both counts: a worse text is never treated more mildly than a better one for want of a line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any

from msgspec.structs import replace
from pydantic import Field

from console.domain.local_models import Harm, LocalModels, TextClassifier
from console.domain.policy_form import FormCell, FormColumn, FormField, FormRow, Tone
from console.domain.stages import Stage
from console.domain.verdict import KEEP, LOCAL, Match, Severity, action_rank
from console.policy.label import classifier_name, label_key
from console.policy.model import Policy
from console.policy.sections.confidence import ConfidenceConfig
from console.policy.sections.form import (
    NO,
    Form,
    Place,
    Step,
    action_cell,
    form_field,
    free_name,
    known_cell,
)
from console.policy.sections.schema import Choice, Config, Many, Name, Table, lenient, unique
from console.policy.sections.section import (
    Found,
    Matcher,
    Section,
    config_in,
    name_in,
    not_known,
    unknown_labels,
)
from console.policy.sections.words import HARM_ACTIONS, LABELS, SEVERITIES, UNNAMED, names

ANY_CONFIDENCE = ConfidenceConfig()
SECTION = "ai_text_config"
OLD_SECTION = "bodyguard_config"
"""What Stream called the section before."""
KIND = f"ai_text{LOCAL}"
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

    stage = Stage.AI_TEXT

    def __init__(
        self,
        rules: Sequence[AiTextRule],
        classifier: TextClassifier | None,
        confidence: ConfidenceConfig = ANY_CONFIDENCE,
    ) -> None:
        """``confidence``: how sure the classifier has to be."""
        self._confidence = confidence
        self.has_rules = bool(rules)
        self._classifier = classifier if rules else None
        if self._classifier is not None:
            self._classifier.ready()
        self._rules: dict[str, AiTextRule] = {}
        for rule in rules:
            self._rules.setdefault(label_key(rule.label), rule)
        self._any = self._rules.pop(label_key(EVERY_LABEL), None)

    @property
    def asks_model(self) -> bool:
        """Whether a classifier is asked."""
        return self._classifier is not None

    @property
    def languages(self) -> frozenset[str]:
        """Those of the classifier; empty where it knows any."""
        return self._classifier.languages if self._classifier is not None else frozenset()

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
            if action == KEEP or not self._confidence.enough(harm.label, harm.confidence):
                return None
            match = Match(
                rule=RULE + rule.label,
                label=harm.label,
                severity=harm.severity,
                action=action,
                kind=KIND,
                confidence=harm.confidence,
            )
            return Found(match, _why(name, harm))
        return None


def _why(name: str, harm: Harm) -> str:
    severity = "" if harm.severity is Severity.NONE else f", {harm.severity.value}"
    called = classifier_name(name)
    sure = f"{harm.score:.2f}" if harm.confidence is None else f"{harm.confidence:.0%} sure"
    return (
        f"{called[0].upper()}{called[1:]}: {harm.label}{severity} ({sure}); "
        "Stream's own labels may differ."
    )


class AiText(Section):
    """Judged where a text classifier is on this computer."""

    LOCAL = True

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

    def matcher(self, policy: Policy, models: LocalModels) -> Matcher | None:
        if self.name != name_in(policy.sections, SECTION, OLD_SECTION):
            return None  # the other of the two names decides
        rules = ai_text_rules(policy.sections)
        return AiTextMatcher(rules, models.text, policy.confidence)

    def rule_names(self, policy: Policy, models: LocalModels) -> Iterable[str]:
        known = ai_text_rules(policy.sections) if models.text is not None else ()
        return (RULE + rule.label for rule in known)


class AiTextForm(Form):
    """The rules with an action for each severity."""

    KEY = SECTION
    OLD_KEY = OLD_SECTION
    TITLE = "AI text"
    HELP = "Harms of a text, by severity"
    COUNTS = "AI text counts"
    BLANK = (
        "No rule about harms yet. A rule says what happens to insults, hate speech, scams, "
        "whatever the words are."
    )
    COLUMNS = (
        FormColumn(title="Label", width=152),
        *(FormColumn(title=severity.capitalize()) for severity in names(SEVERITIES)),
        FormColumn(title="Here", width=52, tip="Whether the local classifier knows the label."),
    )
    RULE = AiTextRule
    ACROSS = 2

    def fields(self, models: LocalModels) -> tuple[FormField, ...]:
        known = models.text.labels if models.text is not None else ()
        nothing = "not named"
        return (
            form_field(AiTextRule, "label", "Label", "Label of the harm", more=known),
            form_field(AiTextRule, "action", "Action", "Action at every severity", empty=nothing),
            *(
                replace(
                    form_field(
                        SeverityRule, "action", f"When {name}", f"Action at {name}", empty=nothing
                    ),
                    key=name,
                )
                for name in names(SEVERITIES)
            ),
        )

    def source(self, policy: Policy, models: LocalModels) -> str:
        if models.text is None:
            return "Needs a local model or Stream: nothing is judged here."
        every = any(rule.label == EVERY_LABEL for rule in ai_text_rules(policy.sections))
        more = " Its old severity_rules count for every other label." if every else ""
        name = classifier_name(models.text.name)
        return f"Judged by the {name}; Stream's labels may differ.{more}"

    def places(
        self, policy: Policy, raw: Mapping[str, Any], models: LocalModels
    ) -> Iterable[Place]:
        config = lenient(AiTextConfig, policy.sections.get(self.section(policy)))
        for at, rule in enumerate(config.rules):
            yield Place(_row(rule, models), NO, at)

    def added(self, policy: Policy, models: LocalModels) -> Iterator[Step]:
        known = models.text.labels if models.text is not None else ()
        config = lenient(AiTextConfig, policy.sections.get(self.section(policy)))
        taken = (rule.label for rule in config.rules)
        label = free_name((*known, "NEW_LABEL"), taken, label_key)
        yield Step("append", self._rules(policy), self.new_rule(label))

    def changed(self, policy: Policy, place: Place, key: str, value: Any) -> Iterator[Step]:
        if key not in names(SEVERITIES):
            yield from super().changed(policy, place, key, value)
            return
        path = (*self._rules(policy), place.rule, "severity_rules")
        named = list(place.row.values["named"])
        if key not in named:
            if value:
                yield Step("append", path, {"severity": key, "action": value})
        elif value:
            yield Step("set", (*path, named.index(key), "action"), value)
        else:
            yield Step("remove", path if len(named) == 1 else (*path, named.index(key)))


def _row(rule: AiTextRule, models: LocalModels) -> FormRow:
    by_severity = {each.severity: each.action for each in rule.severity_rules}
    labels = models.text.labels if models.text is not None else ()
    known = not unknown_labels((rule.label,), labels)
    note = "A severity not named follows the one below it, or “Action”."
    more = "Whichever of the two is stronger. Stream's sources do not say what it does then."
    if not labels:
        note, more = "No local model: only Stream judges by this rule.", ""
    elif not known:
        note = "The local classifier does not know this label; only Stream may."
        more = f"The local classifier knows {', '.join(labels)}."
    return FormRow(
        name=rule.label,
        cells=(
            FormCell(rule.label),
            *(_cell(rule, severity, by_severity) for severity in names(SEVERITIES)),
            known_cell(known),
        ),
        values={
            "label": rule.label,
            "action": rule.action,
            "named": tuple(by_severity),
            **{severity: by_severity.get(severity, "") for severity in names(SEVERITIES)},
        },
        note=note,
        more=more,
    )


def _cell(rule: AiTextRule, severity: str, named: Mapping[str, str]) -> FormCell:
    """What happens at a severity; dim where another one or the rule as a whole says it."""
    cell = action_cell(rule.action_for(Severity(severity)), "nothing")
    said_here = severity in named or not named or cell.tone is Tone.FAINT
    return cell if said_here else FormCell(cell.text.replace("_", " + "), Tone.DIM)
