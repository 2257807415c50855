"""A policy on pictures: its rules about what they show, and all others on what can be read."""

from msgspec.structs import replace

from console.domain.item import Picture
from console.domain.local_models import ImageLabel
from console.domain.picture import found_labels
from console.domain.results import NOTHING, Judgement, weight
from console.domain.stages import NotLooked, Reason, Stage
from console.domain.verdict import KEEP, REMOVE, Severity
from console.policy.evaluator import Evaluator
from console.policy.label import label_key
from console.policy.picture_text import PictureTextJudge
from console.policy.required_stages import WhenMissed, missed_matches
from console.policy.sections.ai_image import AiImageMatcher, ai_image_rules, ocr_rules
from console.policy.weighing import judgement_of

CLASSIFIER = "local classifier nsfwjs"
WITHHELD = Judgement(
    action=REMOVE,
    severity=Severity.CRITICAL,
    labels=("CHILD_ABUSE",),
    rule="picture that nobody may see",
    why="Something says that it shows the abuse of a child. Only its hash is kept.",
)
"""Of every policy: a picture that nobody may see any more."""

READ = "It can be read in the picture."


class PictureJudge:
    """Judges what was found in pictures. Safe in several threads."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        rules = ai_image_rules(evaluator.policy.sections)
        self._has_rules = bool(rules)
        self._matcher = AiImageMatcher(rules, CLASSIFIER)
        of_texts = ocr_rules(evaluator.policy.sections)
        self._texts = PictureTextJudge(of_texts, evaluator.models.text)

    def judge(
        self,
        picture: Picture,
        *,
        spoken: str = "",
        by_models: bool = True,
        when_missed: WhenMissed = WhenMissed.COUNTS,
    ) -> tuple[Judgement, float | None]:
        """What the policy recommends, and how sure the model is of the label that decides; None
        where words decide. ``spoken``: the language of what can be read in it; it and the others
        as for :meth:`Evaluator.judge`.
        """
        labels = _labels(picture)
        shown = _with_severity(self._matcher.judge(labels))
        read = self.evaluator.judge(
            picture.words, spoken=spoken, by_models=by_models, when_missed=when_missed
        )
        if read.matches:
            read = replace(read, why=f"{read.why} {READ}".strip())
        told = self._texts.judge(picture.words, read, spoken=spoken, by_models=by_models)
        if told.matches:
            told = replace(told, why=told.why if read.matches else f"{told.why} {READ}")
        looked, not_looked = self._of_images(picture)
        missed = self._missed(not_looked, when_missed)
        all_of_it = sorted((shown, told, read, missed), key=weight, reverse=True)
        first = all_of_it[0]
        both = replace(
            first,
            severity=max((each.severity for each in all_of_it), key=lambda each: each.rank),
            labels=tuple(dict.fromkeys(label for each in all_of_it for label in each.labels)),
            matches=(*shown.matches, *told.matches, *read.matches, *missed.matches),
            why=" ".join(filter(None, (each.why for each in all_of_it))),
            unlisted=read.unlisted,
            looked=(*read.looked, *looked),
            not_looked=(*read.not_looked, *not_looked),
        )
        return both, _surest(labels, shown) if first is shown else None

    def _missed(self, not_looked: tuple[NotLooked, ...], when_missed: WhenMissed) -> Judgement:
        """What the policy says of a picture whose labels nobody told."""
        if when_missed is WhenMissed.IGNORED:
            return NOTHING
        found = missed_matches(self.evaluator.policy.required, not_looked)
        if when_missed is WhenMissed.WAITS:
            return replace(NOTHING, matches=tuple(found))
        return judgement_of(found)

    def _of_images(self, picture: Picture) -> tuple[tuple[Stage, ...], tuple[NotLooked, ...]]:
        if not self._has_rules:
            return (), (NotLooked(Stage.IMAGES, Reason.NO_RULE),)
        if not picture.labels:
            why = Reason.UNREADABLE if picture.sentence else Reason.NO_MODEL
            return (), (NotLooked(Stage.IMAGES, why),)
        return (Stage.IMAGES,), ()


def _labels(picture: Picture) -> tuple[ImageLabel, ...]:
    """Each under all its names; names that are spelled alike count once."""
    found = {
        label_key(name): ImageLabel(name, 100 * each.score)
        for each in found_labels(picture.labels, picture.text)
        for name in reversed(each.names)
    }
    return tuple(found.values())


def _with_severity(shown: Judgement) -> Judgement:
    """Images have none at Stream. Here a removal counts as high and any other action as medium, so
    that pictures find their place among texts.
    """
    if shown.action == KEEP:
        return shown
    severity = Severity.HIGH if shown.action == REMOVE else Severity.MEDIUM
    matches = tuple(replace(match, severity=severity) for match in shown.matches)
    return replace(shown, severity=severity, matches=matches)


def _surest(labels: tuple[ImageLabel, ...], shown: Judgement) -> float | None:
    sure = [each.confidence for each in labels if each.label in shown.labels[:1]]
    return max(sure) / 100 if sure else None
