"""What a policy says: of its own text, of one item, and of the people in a call."""

from msgspec import Struct

from console.domain.stages import NotLooked, Stage
from console.domain.verdict import KEEP, Match, Severity, action_rank


class PolicyError(Struct, frozen=True):
    """One thing wrong with a policy.

    Attributes:
        place: the file, as the caller named it.
        line: from 1.
        key: dotted, e.g. ``blocklists[0].words[3]``; empty for the whole file.
        sentence: what was expected.
    """

    place: str
    line: int
    key: str
    sentence: str

    def __str__(self) -> str:
        named = f"{self.key}: " if self.key else ""
        return f"{self.place}:{self.line}: {named}{self.sentence}"


class Judgement(Struct, frozen=True, kw_only=True):
    """The recommended action for one text and everything that led to it.

    Attributes:
        action: in Stream's words: keep, flag, remove, shadow, bounce, mask, ...
        severity: the highest of all matches.
        labels: each once, the gravest first.
        rule: the deciding rule, empty when nothing matched.
        why: one sentence, without the text that was judged; empty when nothing matched.
        matches: in the order of the text. Spans are code points of the original text; (0, 0) where
            a rule is about more than this text. Without a model, the similarity of words has the
            kind ``semantic_lexical``.
        unlisted: how many further matches were left off.
        confidence: how likely the deciding match is right; None where nothing measured that.
        looked, not_looked: the stages that looked at it, and those that did not and why.
    """

    action: str = KEEP
    severity: Severity = Severity.NONE
    labels: tuple[str, ...] = ()
    rule: str = ""
    why: str = ""
    matches: tuple[Match, ...] = ()
    unlisted: int = 0
    confidence: float | None = None
    looked: tuple[Stage, ...] = ()
    not_looked: tuple[NotLooked, ...] = ()


NOTHING = Judgement()


def weight(match: Match | Judgement) -> tuple[int, int]:
    """How much a match, or a whole judgement, counts: by action first, then by severity."""
    return action_rank(match.action), match.severity.rank


class CallAction(Struct, frozen=True, kw_only=True):
    """What a call rule would have done at one line.

    Attributes:
        violation_number: of this person in this call, from 1.
        actions: in Stream's names; empty for a violation that the rule answers with nothing.
        speaker: the person acted on.
        at: seconds, of the line that completed the violation.
        rows: the lines that led to it, as the caller numbers them; the last completed it.
        line: that line in its file, from 1; 0 where there is no file.
    """

    rule: str
    violation_number: int
    actions: tuple[str, ...]
    warning_text: str
    call: str
    speaker: str
    at: float
    rows: tuple[int, ...]
    line: int = 0

    @property
    def number(self) -> int:
        """What a table of the run's lines calls the one that completed it; 0 for none."""
        return self.line or (self.rows[-1] + 1 if self.rows else 0)


class BesideModerators(Struct, frozen=True, kw_only=True):
    """Call rules beside what moderators did on saved calls.

    A violation that leads to an action, and an act that was not taken back, belong together when
    they are about the same person in the same call, at most two minutes apart; each violation goes
    with the nearest act that is left.

    Attributes:
        agreed: both did something.
        only_rules: the rules did something, the moderators did not.
        only_moderators: the other way round.
        seconds_before: median of how much earlier the rules would have acted; negative for later,
            None where nobody agreed.
    """

    agreed: int
    only_rules: int
    only_moderators: int
    seconds_before: float | None


class SilentEntries(Struct, frozen=True):
    """Entries of one list that matched no line: ``count`` of ``of``; the ``first`` of them."""

    rule: str
    count: int
    of: int
    first: tuple[str, ...]


class Confusion(Struct):
    """Right and wrong answers to one question: was it wanted, was it given? Counts as they come."""

    true_positive: int = 0
    false_positive: int = 0
    false_negative: int = 0

    def add(self, wanted: bool, given: bool) -> None:
        """Count one answer; neither wanted nor given is what remains of all."""
        self.true_positive += wanted and given
        self.false_positive += given and not wanted
        self.false_negative += wanted and not given

    @property
    def precision(self) -> float | None:
        """Of what was given, how much was wanted; None when nothing was given."""
        given = self.true_positive + self.false_positive
        return self.true_positive / given if given else None

    @property
    def recall(self) -> float | None:
        """Of what was wanted, how much was given; None when nothing was wanted."""
        wanted = self.true_positive + self.false_negative
        return self.true_positive / wanted if wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None when either is unknown, 0.0 when both are 0."""
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


class Counterfactual(Struct, kw_only=True):
    """A policy beside what moderators did on saved calls, in lines. Counts as they come.

    Attributes:
        acted: lines about which a moderator acted, acts taken back not counted.
        agreed: raised by the policy, and a moderator acted.
        missed_by_policy: kept by the policy, and a moderator acted: overturned to stricter.
        only_policy: raised by the policy, and no act stands. Most of these nobody looked at.
        undone: lines whose act a moderator took back.
        raised_undone: of these, raised by the policy: overturned to milder.
        said_differently: lines for which the verdict shown at the time was another action.
    """

    judged: int = 0
    acted: int = 0
    agreed: int = 0
    missed_by_policy: int = 0
    only_policy: int = 0
    undone: int = 0
    raised_undone: int = 0
    said_differently: int = 0

    @property
    def overturned(self) -> float:
        """Share of the lines about which somebody acted, where they did the opposite.

        A line that nobody acted on says nothing: perhaps nobody saw it.
        """
        decided = self.acted + self.undone
        opposite = self.missed_by_policy + self.raised_undone
        return opposite / decided if decided else 0.0
