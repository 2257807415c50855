"""What a policy says of an item. Whose verdict decides: docs/decisions/whose-verdict.md."""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from console.domain.item import Item
from console.domain.stages import NotLooked, Stage, gap_in_meaning, joined


class Source(StrEnum):
    """Who judged."""

    LOCAL = "local"
    STREAM = "stream"
    SHARED = "shared"


class Severity(StrEnum):
    """Stream's four severities of text, lower case as in its configs; NONE when nothing matched."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 (none) to 4 (critical), for sorting."""
        return _SEVERITIES.index(self)


_SEVERITIES = list(Severity)

KEEP = "keep"
FLAG = "flag"
REMOVE = "remove"
SHADOW = "shadow"
BOUNCE = "bounce"
MASK = "mask"

# Weakest first; an action we do not know counts as strong as a flag, so it is never overlooked.
ACTIONS = (
    KEEP,
    MASK,
    FLAG,
    "mask_flag",
    "bounce_flag",
    BOUNCE,
    SHADOW,
    "bounce_remove",
    REMOVE,
)


def action_rank(action: str) -> int:
    """How strong a recommended action is; unknown ones rank as a flag."""
    return ACTIONS.index(action) if action in ACTIONS else ACTIONS.index(FLAG)


LOCAL = "_local"

REQUIRED = "required"
"""The kind of a match that says only that a stage which the policy requires did not look."""

LOOK_ALIKE = "look_alike"
"""The kind of a match of a name that can be taken for that of somebody who runs the call."""


class EarlierWords(Struct, frozen=True):
    """Words of a line before: the ``item`` (its id, or its line of a file) and code points."""

    item: str
    start: int
    end: int


class Match(Struct, frozen=True, kw_only=True):
    """One rule that matched.

    Attributes:
        rule: the rule's or list's name.
        kind: what sort of rule: word, regex, domain, semantic, ...; empty when unknown. Where a
            classifier of this computer gave the label it ends with LOCAL.
        start, end: code points in the item's text; both 0 when the source gives no span.
        earlier: where it begins in lines that the same speaker said just before; it counts for
            this one only.
        confidence: how likely it is right, from 0 to 1; None where nothing measured that.
    """

    rule: str
    label: str = ""
    severity: Severity = Severity.NONE
    action: str = FLAG
    start: int = 0
    end: int = 0
    kind: str = ""
    earlier: tuple[EarlierWords, ...] = ()
    confidence: float | None = None

    @property
    def by_classifier(self) -> bool:
        """Whether the label is one of a classifier of this computer, so none of Stream's."""
        return self.kind.endswith(LOCAL)


class Verdict(Struct, frozen=True, kw_only=True):
    """One judgement of one item.

    Attributes:
        action: recommended action in Stream's words (keep, flag, remove, shadow, ...).
        confidence: 0.0 to 1.0, or None when the source gives none.
        rule: the deciding rule's name, empty when none is known.
        why: one sentence, without the item's text.
        provisional: another source is still expected to decide.
        judged_at: unix seconds.
        waited_ms: from received to taken up by the worker.
        checked_ms: how long the judging itself took.
        attempts: how often it was asked, 1 when the first try worked.
        revision: which revision of the item was judged.
        status: what Stream said of the check: complete, partial; empty for local verdicts.
        looked, not_looked: the stages that looked at it, and those that did not and why; both
            empty in verdicts of before this was kept.
    """

    item_id: str
    source: Source
    action: str
    labels: tuple[str, ...] = ()
    severity: Severity = Severity.NONE
    confidence: float | None = None
    rule: str = ""
    why: str = ""
    matches: tuple[Match, ...] = ()
    provisional: bool = False
    judged_at: float = 0.0
    waited_ms: float = 0.0
    checked_ms: float = 0.0
    attempts: int = 1
    revision: int = 0
    status: str = ""
    looked: tuple[Stage, ...] = ()
    not_looked: tuple[NotLooked, ...] = ()

    @property
    def gap(self) -> NotLooked | None:
        """Why nobody judged what its text means; None where somebody did, or nobody was to."""
        return gap_in_meaning(self.looked, self.not_looked)

    @property
    def raised(self) -> bool:
        """Whether a moderator should look."""
        return self.action != KEEP


def with_required(verdict: Verdict) -> Verdict:
    """``verdict`` with what its policy says of stages that did not look, where that is stronger.

    For one that was provisional, and stands because nobody else judges it.
    """
    missed = (each for each in verdict.matches if each.kind == REQUIRED)
    gravest = max(missed, key=lambda each: action_rank(each.action), default=None)
    if gravest is None or action_rank(gravest.action) <= action_rank(verdict.action):
        return verdict
    stage = gravest.rule.partition(":")[2]
    return replace(
        verdict,
        action=gravest.action,
        severity=max(verdict.severity, gravest.severity, key=lambda each: each.rank),
        labels=(gravest.label, *verdict.labels),
        rule=gravest.rule,
        why=f"The policy requires the stage {stage}, which did not look. {verdict.why}".strip(),
    )


def with_earlier_stages(verdict: Verdict, earlier: Verdict) -> Verdict:
    """``verdict`` with the stages that looked for ``earlier``, a verdict of the same words, too."""
    looked, not_looked = joined(
        verdict.looked, verdict.not_looked, earlier.looked, earlier.not_looked
    )
    if (looked, not_looked) == (verdict.looked, verdict.not_looked):
        return verdict
    return replace(verdict, looked=looked, not_looked=not_looked)


def counts_more(current: Verdict | None, new: Verdict) -> bool:
    """Whether ``new`` takes the place of ``current``: later revision first, then decider."""
    if current is None:
        return True
    if new.revision != current.revision:
        return new.revision > current.revision
    return current.provisional or not new.provisional


def outlasts(local: Verdict | None, decided: Verdict) -> bool:
    """Whether ``local`` stands though ``decided`` came after it from who decides.

    Stream judges each item by itself. Of words that begin in an earlier line, and of whose name
    another looks like, it cannot know, so where these ask for more, they stand.
    """
    if local is None or local.source is not Source.LOCAL or decided.source is Source.LOCAL:
        return False
    beyond = (each for each in local.matches if each.earlier or each.kind == LOOK_ALIKE)
    wanted = max((action_rank(each.action) for each in beyond), default=0)
    return local.revision == decided.revision and wanted > action_rank(decided.action)


class JudgedItem(Struct, frozen=True, omit_defaults=True):
    """An item with the verdicts of its present revision, earliest first.

    Attributes:
        before: the words that those of this revision took the place of; empty where there are none.
        marks_only: what is told is only that it was deleted, or put back; its verdicts stand.
    """

    item: Item
    verdicts: tuple[Verdict, ...] = ()
    before: str = ""
    marks_only: bool = False

    def by(self, source: Source) -> Verdict | None:
        """The verdict of ``source``, if there is one."""
        return next((one for one in self.verdicts if one.source is source), None)

    @property
    def standing(self) -> Verdict | None:
        """The verdict that stands: the last that is not provisional, else the last.

        A local one may outlast it, see :func:`outlasts`.
        """
        last = max(
            self.verdicts, key=lambda one: (not one.provisional, one.judged_at), default=None
        )
        local = self.by(Source.LOCAL)
        return local if last is not None and outlasts(local, last) else last
