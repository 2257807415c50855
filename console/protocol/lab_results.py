"""What comes out of a run of the lab: totals, scores, comparison, counterfactual."""

from enum import StrEnum

from msgspec import Struct, field

from console.domain.results import (
    BesideModerators,
    CallAction,
    Confusion,
    Counterfactual,
    SilentEntries,
)


class Count(Struct, frozen=True):
    """How many lines. ``share`` of all lines, 0.0 to 1.0."""

    name: str
    count: int
    share: float


class RuleCount(Struct, frozen=True, kw_only=True):
    """Lines that a rule matched, and those where it decided. ``often``: more than was wanted."""

    rule: str
    lines: int
    decided: int
    share: float
    often: bool = False


class EntryCount(Struct, frozen=True):
    """Lines that one entry (a word, a pattern, a domain) of a list matched."""

    rule: str
    entry: str
    lines: int
    share: float


class MatrixCell(Struct, frozen=True):
    """Lines with this true label (or ``none``) that were given this label (or ``none``)."""

    wanted: str
    given: str
    count: int


class ErrorCost(Struct, frozen=True):
    """Errors of one kind on labelled lines: their count times a weight.

    Kinds: ``missed`` (something wrong was kept), ``false_flag`` (nothing wrong, flagged or
    masked), ``false_block`` (nothing wrong, removed, hidden or bounced), ``wrong_label`` (rightly
    raised, with none of the true labels).
    """

    kind: str
    count: int
    weight: float
    cost: float


class CallActions(Struct, frozen=True, kw_only=True):
    """What the call rules of a policy would have done.

    Attributes:
        triggered: violations. people: who would have been acted on, each once a call.
        actions, rules: violations with this action, of this rule; shares of ``triggered``. A rule
            that was never triggered is there with 0.
        listed: the first of them, at most 1,000; ``unlisted``: how many more.
        beside: only for saved calls.
    """

    triggered: int
    people: int
    actions: tuple[Count, ...]
    rules: tuple[Count, ...]
    listed: tuple[CallAction, ...] = ()
    unlisted: int = 0
    beside: BesideModerators | None = None


class PolicyResult(Struct, frozen=True, kw_only=True):
    """Everything counted for one policy. The last four are empty on lines without labels.

    ``entries``: what matches most, entry by entry. ``silent``: what never does; allow-lists apart.
    ``call_actions`` is None for a policy without call rules.
    """

    name: str
    actions: tuple[Count, ...]
    labels: tuple[Count, ...]
    rules: tuple[RuleCount, ...]
    never_matched: tuple[str, ...]
    entries: tuple[EntryCount, ...] = ()
    silent: tuple[SilentEntries, ...] = ()
    notes: tuple[str, ...] = ()
    counterfactual: Counterfactual | None = None
    call_actions: CallActions | None = None
    raised: Confusion | None = None
    by_label: dict[str, Confusion] = field(default_factory=dict)
    matrix: tuple[MatrixCell, ...] = ()
    errors: tuple[ErrorCost, ...] = ()


class FlipStep(Struct, frozen=True):
    """Lines that went from one action to another, and the rule behind most of them."""

    before: str
    after: str
    count: int
    rule: str


class Comparison(Struct, frozen=True):
    """Where B differs from A, in lines."""

    flips: int
    stricter: int
    milder: int
    steps: tuple[FlipStep, ...]


class RunState(StrEnum):
    """How a run ended."""

    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class RunFinished(Struct, frozen=True, tag="run_finished", kw_only=True):
    """The totals. ``a`` is None only for a run that never began; ``sentence`` says why.

    ``notes``: how the source was understood, and what rules could not see of it, in sentences.
    """

    run_id: str
    state: RunState
    sentence: str = ""
    lines: int = 0
    labelled: int = 0
    unreadable: int = 0
    unreadable_first: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    a: PolicyResult | None = None
    b: PolicyResult | None = None
    comparison: Comparison | None = None
