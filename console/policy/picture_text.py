"""What a policy's rules about text inside images make of what can be read in a picture.

Their labels are harms, as those of AI text (STREAM.md 6.4 has no list of its own for them (?)).
Here a text has the labels that the local classifier gives it, and those of all else in the policy
that matches it: its lists and filters.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from console.domain.local_models import TextClassifier
from console.domain.results import NOTHING, Judgement
from console.domain.verdict import KEEP, REMOVE, Match, Severity
from console.policy.label import label_key
from console.policy.sections.ai_image import KIND, OcrRule
from console.policy.text.shown import shown
from console.policy.weighing import judgement_of

RULE = "ai_image_text:"
"""What the name of a rule begins with; its label follows, as the author wrote it."""


class PictureTextJudge:
    """``classifier``: None where there is no model of texts."""

    def __init__(self, rules: Sequence[OcrRule], classifier: TextClassifier | None) -> None:
        self._rules = {label_key(rule.label): rule for rule in reversed(rules)}
        self._classifier = classifier

    def judge(
        self, words: str, read: Judgement, *, spoken: str = "", by_models: bool = True
    ) -> Judgement:
        """``read``: what the rest of the policy says of the same words. ``spoken``: their
        language; the model is asked where it knows it, or where that is not known.
        """
        if not self._rules or not words:
            return NOTHING
        found: list[tuple[str, Match | None]] = [(each.label, each) for each in read.matches]
        if by_models:
            found += [(label, None) for label in self._harms(words, spoken)]
        reasons: dict[Match, str] = {}
        for label, match in found:
            rule = self._rules.get(label_key(label))
            if rule is not None and rule.action != KEEP:
                made = _match(rule, label)
                if match is not None:
                    made = replace(made, start=match.start, end=match.end)
                reasons[made] = f"The text in it is {label}."
        return judgement_of(reasons)

    def _harms(self, words: str, spoken: str) -> list[str]:
        model = self._classifier
        if model is None or (spoken and model.languages and spoken not in model.languages):
            return []
        return [harm.label for harm in model.classify(shown(words)[0].text)]


def _match(rule: OcrRule, label: str) -> Match:
    severity = Severity.HIGH if rule.action == REMOVE else Severity.MEDIUM
    return Match(
        rule=RULE + rule.label, label=label, action=rule.action, severity=severity, kind=KIND
    )
