"""Policies and a Stream app: take, compare, write, take back, test. Needs an app secret."""

from msgspec import Struct

from console.protocol.ask import Answer, Ask
from console.protocol.lab import PolicyText

MAX_TEST_ROWS = 1_000
"""Rows in one test set (STREAM.md 6.9)."""


class AskAppPolicies(Ask, frozen=True, tag="ask_app_policies"):
    """Which policies has the app? Answered by AppPolicies."""


class AppPolicies(Answer, frozen=True, tag="app_policies"):
    """Their keys, in order."""

    asks = (AskAppPolicies,)

    keys: tuple[str, ...] = ()


class PullPolicy(Ask, frozen=True, tag="pull_policy"):
    """The app's policy of ``key`` as a policy file; answered by PolicyPulled."""

    key: str


class PolicyPulled(Answer, frozen=True, tag="policy_pulled"):
    """Answer to PullPolicy."""

    asks = (PullPolicy,)

    text: str = ""


class ComparePolicy(Ask, frozen=True, tag="compare_policy"):
    """What would a push change in the app? Changes nothing; answered by PolicyDifference."""

    policy: PolicyText


class ListDifference(Struct, frozen=True, kw_only=True):
    """One list that a push would write. ``flags``: names of other fields that change."""

    name: str
    new: bool
    sentence: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


class PolicyDifference(Answer, frozen=True, tag="policy_difference", kw_only=True):
    """Answer to ComparePolicy. Nothing differs when all is empty, ``sentence`` too.

    Attributes:
        sections: one sentence for each section of the config that changes.
        before, after: the config as indented JSON, for a view side by side; empty when new.
    """

    asks = (ComparePolicy,)

    key: str = ""
    lists: tuple[ListDifference, ...] = ()
    sections: tuple[str, ...] = ()
    before: str = ""
    after: str = ""


class PushPolicy(Ask, frozen=True, tag="push_policy"):
    """Write exactly what the PolicyDifference with ``difference_id`` as request_id showed.

    Refused when the app's policy changed since. Answered by PolicyPushed.
    """

    repeatable = False

    difference_id: str


class BackOut(Ask, frozen=True, tag="back_out"):
    """Put back what the push with ``push_id`` as request_id replaced; answered by PolicyPushed."""

    repeatable = False

    push_id: str


class PolicyPushed(Answer, frozen=True, tag="policy_pushed"):
    """Answer to PushPolicy and BackOut. ``undoable``: a BackOut with this request_id works."""

    asks = (PushPolicy, BackOut)

    undoable: bool = False


class RunOnStream(Struct, frozen=True, tag="run_on_stream", kw_only=True):
    """Make a policy test set of a run's lines and run it on Stream by its policy ``config_key``.

    Answered by RunProgress again and again, and by one StreamRunFinished. ``lines_of``: a local
    run; its first MAX_TEST_ROWS lines are taken, with what A recommended as the expected action
    where no true label is known. ``set_id``: run an existing set again instead, which shows the
    drift since its baseline.
    """

    run_id: str
    config_key: str
    name: str = ""
    lines_of: str = ""
    set_id: str = ""


class CancelStreamRun(Struct, frozen=True, tag="cancel_stream_run"):
    """Look no longer; Stream finishes the run by itself."""

    run_id: str


class LabelDrift(Struct, frozen=True):
    """Rows of one label whose outcome changed, or not, since the baseline run."""

    label: str
    changed: int
    same: int


class StreamRow(Struct, frozen=True, kw_only=True):
    """One row's result on Stream. ``local_action``: what policy A of the local run said.

    ``baseline_action``: what the set's baseline run gave. Both are empty where nothing is known.
    """

    index: int
    text: str
    expected_action: str
    actual_action: str
    actual_label: str = ""
    passed: bool = False
    scored: bool = True
    reason: str = ""
    local_action: str = ""
    baseline_action: str = ""

    @property
    def differs(self) -> bool:
        """Whether its action on Stream is not what the local run said."""
        return self.local_action not in ("", self.actual_action)

    @property
    def changed(self) -> bool:
        """Whether its action is not what the baseline run gave."""
        return self.baseline_action not in ("", self.actual_action)


class StreamRunFinished(Struct, frozen=True, tag="stream_run_finished", kw_only=True):
    """The run's outcome; ``sentence`` says why there is none."""

    run_id: str
    set_id: str = ""
    drift: tuple[LabelDrift, ...] = ()
    rows: tuple[StreamRow, ...] = ()
    sentence: str = ""
    advice: str = ""


class TestSet(Struct, frozen=True):
    """One policy test set of the app."""

    __test__ = False  # pytest would take it for a test class

    set_id: str
    name: str
    config_key: str
    rows: int


class AskTestSets(Ask, frozen=True, tag="ask_test_sets"):
    """Which policy test sets has the app? Answered by TestSets."""


class TestSets(Answer, frozen=True, tag="test_sets"):
    """Answer to AskTestSets."""

    asks = (AskTestSets,)

    __test__ = False  # pytest would take it for a test class

    sets: tuple[TestSet, ...] = ()


StreamToEngine = (
    AskAppPolicies
    | PullPolicy
    | ComparePolicy
    | PushPolicy
    | BackOut
    | RunOnStream
    | CancelStreamRun
    | AskTestSets
)
StreamToWindow = (
    AppPolicies | PolicyPulled | PolicyDifference | PolicyPushed | StreamRunFinished | TestSets
)
