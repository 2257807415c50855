"""One fitting: labelled lines first, then thresholds, then what they change on saved lines."""

from collections.abc import Callable, Mapping

from console.domain.fitted import Fit, Fitted, FlippedLine, Flips
from console.domain.given_label import GivenLabel
from console.domain.item import SAID
from console.domain.label_curve import Case, LabelCurve, curve_of
from console.domain.local_models import Calibrated, LocalModels, TextClassifier
from console.domain.spoken_language import LanguageIdentifier, identified
from console.policy.evaluator import Evaluator
from console.policy.fitting.apply import with_thresholds
from console.policy.fitting.fit import fit_label
from console.policy.fitting.truth import Truth, truth_of
from console.policy.fitting.unbound import Unbound, unbound, without_thresholds
from console.policy.label import classifier_name, label_key
from console.policy.model import Policy
from console.policy.sections.ai_text import ai_text_rules

PRECISION = 0.9
"""Of what is raised, the share that is to be right, where nobody says otherwise."""
MOST_EXAMPLES = 200

LeastOf = Callable[[str], float]


class Fitting:
    """Fits the thresholds of ``policy``, whose text is ``text``; reads texts, writes nothing.

    Not safe in several threads at once.
    """

    def __init__(
        self,
        policy: Policy,
        text: str,
        models: LocalModels,
        identifier: LanguageIdentifier,
        precision: float = PRECISION,
    ) -> None:
        self._policy = policy
        self._text = text
        self._models = models
        self._identifier = identifier
        self._precision = precision
        self._evaluator = Evaluator(without_thresholds(policy), models=models)
        self._labelled: list[tuple[GivenLabel, Truth, Unbound]] = []
        self._unused = 0
        self._fitted: tuple[Fitted, ...] = ()
        self._after: LeastOf = policy.confidence.least_of
        self._saved = _Flips(policy.confidence.least_of)

    def add_label(self, given: GivenLabel) -> None:
        """Take a label of a moderator."""
        if given.kind not in SAID or not given.text:
            self._unused += 1
            return
        seen = self._look(given.text, given.language)
        self._labelled.append((given, truth_of(given), seen))

    def settle(self) -> None:
        """There are no more labels: fit."""
        least_of = self._policy.confidence.least_of
        self._fitted = tuple(
            fit_label(label, self._cases(label), least_of(label), self._precision)
            for label in self._labels()
        )
        self._after = _with(least_of, self.thresholds)
        self._saved = _Flips(least_of, self._after)

    @property
    def thresholds(self) -> dict[str, float]:
        """The thresholds that become others, by label."""
        return {each.label: each.after.threshold for each in self._fitted if each.changes}

    def add_line(self, text: str, language: str = "", speaker: str = "", call: str = "") -> None:
        """Look at what the thresholds change on a saved line. After :meth:`settle`."""
        self._saved.add(self._look(text, language), text, speaker, call)

    def result(self) -> Fit:
        """What it comes to."""
        labelled = _Flips(self._policy.confidence.least_of, self._after)
        for given, _truth, seen in self._labelled:
            labelled.add(seen, given.text, given.author_id, given.cid)
        thresholds = self.thresholds
        text = with_thresholds(self._text, self._policy, thresholds) if thresholds else ""
        return Fit(
            precision=self._precision,
            curves=tuple(self._curve(label) for label in self._labels()),
            fitted=self._fitted,
            labelled=labelled.counted(),
            saved=self._saved.counted(),
            unused=self._unused,
            text=text,
            sentence=why_nothing_to_fit(self._policy, self._models.text),
        )

    def _look(self, text: str, language: str) -> Unbound:
        spoken = identified(text, language, self._identifier).language
        return unbound(self._evaluator.judge(text, language, spoken=spoken))

    def _labels(self) -> list[str]:
        """Labels of the classifier that a labelled line has something to say of."""
        classifier = self._models.text
        known = classifier.labels if classifier is not None else ()
        keys = {label_key(sure.label) for _g, _t, seen in self._labelled for sure in seen.sure}
        keys |= {key for _g, truth, _s in self._labelled for key in truth.yes}
        return [label for label in known if label_key(label) in keys]

    def _cases(self, label: str) -> list[Case]:
        key = label_key(label)
        return [
            Case(seen.confidence(label_key, key), right)
            for _given, truth, seen in self._labelled
            if (right := truth.of(label)) is not None
        ]

    def _curve(self, label: str) -> LabelCurve:
        classifier: object = self._models.text
        points = classifier.curve(label) if isinstance(classifier, Calibrated) else ()
        measured = tuple((each.told, each.right) for each in points)
        return curve_of(label, self._cases(label), measured)


def why_nothing_to_fit(policy: Policy, classifier: TextClassifier | None) -> str:
    """Why a policy has no threshold of confidence here, in a sentence; "" where it can have one."""
    if not ai_text_rules(policy.sections):
        return "This policy has no rules for AI text, so there is no threshold to fit."
    if classifier is None:
        return "There is no classifier of texts on this machine, so nothing here has a confidence."
    measured: object = classifier
    if not isinstance(measured, Calibrated) or measured.calibration_error < 0:
        return (
            f"Nobody measured how sure {classifier_name(classifier.name)} is, so its labels have "
            "no confidence that a threshold could be for."
        )
    return ""


class _Flips:
    """Counts what other thresholds change."""

    def __init__(self, before: LeastOf, after: LeastOf | None = None) -> None:
        self._before, self._after = before, after or before
        self._lines = self._was = self._is = self._more = self._fewer = 0
        self._examples: list[FlippedLine] = []

    def add(self, seen: Unbound, text: str, speaker: str, call: str) -> None:
        was, now = seen.raised(self._before), seen.raised(self._after)
        self._lines += 1
        self._was += was
        self._is += now
        self._more += now and not was
        self._fewer += was and not now
        if was == now or len(self._examples) >= MOST_EXAMPLES:
            return
        sure = max(seen.raising(self._after if now else self._before), key=lambda s: s.confidence)
        self._examples.append(
            FlippedLine(
                text=text,
                label=sure.label,
                confidence=sure.confidence,
                raised=now,
                speaker=speaker,
                call=call,
            )
        )

    def counted(self) -> Flips:
        return Flips(
            lines=self._lines,
            before=self._was,
            after=self._is,
            more=self._more,
            fewer=self._fewer,
            examples=tuple(self._examples),
        )


def _with(least_of: LeastOf, thresholds: Mapping[str, float]) -> LeastOf:
    by_key = {label_key(label): least for label, least in thresholds.items()}
    return lambda label: by_key.get(label_key(label), least_of(label))
