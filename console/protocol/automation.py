"""Automation: rules from a verdict to a response, what they propose, and what a person decides."""

from typing import ClassVar

from msgspec import Struct

from console.base.percentiles import Percentiles
from console.domain.automation.book import RuleBook
from console.domain.automation.proposal import Proposal
from console.domain.automation.record import RuleRecord
from console.protocol.ask import Answer, Ask
from console.protocol.push import Merge, Push


class AutomationNumbers(Struct, frozen=True, kw_only=True):
    """What automation did since the sign-in.

    Attributes:
        proposed: suggestions and countdowns; what rules in shadow noted is not among them.
        vetoed: countdowns that a person stopped, and suggestions that a person declined.
        done: carried out. overturned: those of them that a person took back.
        already: not carried out, because it was in the review queue already.
        waiting: suggestions and countdowns that a person can still decide.
        shadowed: noted by rules in shadow.
        lost: judged items that no rule was tried on, because too many came at once.
        spoken_to_muted: from a caption's arrival at the engine to the mute that the call showed,
            in ms, without the seconds of the countdown.
        speech_end_to_muted: the same of what was heard on this machine, from the end of speaking.
    """

    proposed: int = 0
    vetoed: int = 0
    done: int = 0
    already: int = 0
    overturned: int = 0
    waiting: int = 0
    shadowed: int = 0
    lost: int = 0
    spoken_to_muted: Percentiles = Percentiles()
    speech_end_to_muted: Percentiles = Percentiles()


class RulesChanged(Push, frozen=True, tag="rules_changed"):
    """The rules as they are, and how each has done so far."""

    book: RuleBook
    records: tuple[RuleRecord, ...] = ()


class ProposalsChanged(Push, frozen=True, tag="proposals_changed"):
    """Proposals that are new or changed. ``replay``: of before this sign-in."""

    merge = Merge(
        "proposals", key=lambda proposal: proposal.proposal_id, apart=("replay",), limit=5_000
    )

    proposals: tuple[Proposal, ...]
    replay: bool = False


class DecideProposal(Struct, frozen=True, tag="decide_proposal"):
    """What a person decided: carry it out now, or not at all. Too late changes nothing."""

    proposal_id: str
    do: bool


class SaveRules(Ask, frozen=True, tag="save_rules"):
    """Use these rules from now on."""

    repeatable: ClassVar[bool] = False

    book: RuleBook


class RulesSaved(Answer, frozen=True, tag="rules_saved"):
    """They are in use; or the sentence says what is wrong with them."""

    asks: ClassVar = (SaveRules,)


class KeepWebhookSecret(Ask, frozen=True, tag="keep_webhook_secret"):
    """Sign what the webhook is told with this from now on; it goes into the system's keyring."""

    secret: str


class WebhookSecretKept(Answer, frozen=True, tag="webhook_secret_kept"):
    """It is kept; or the sentence says that it is for this session only."""

    asks: ClassVar = (KeepWebhookSecret,)


class ResumeRule(Struct, frozen=True, tag="resume_rule"):
    """Let what the guard paused act again: a rule, or all of them where ``rule_id`` is empty."""

    rule_id: str


class HandPace(Push, frozen=True, tag="hand_pace", kw_only=True):
    """How fast this account acts by hand against people.

    Attributes:
        acts: presses in the last ten minutes, which took ``seconds``. usual: of an earlier stretch
            of ten minutes.
        asks_from, asks_until: between them (unix seconds) the next act by hand asks first; 0.0
            where none does.
    """

    acts: int = 0
    seconds: float = 0.0
    usual: float = 0.0
    asks_from: float = 0.0
    asks_until: float = 0.0


class ColleagueIsFast(Push, frozen=True, tag="colleague_is_fast", kw_only=True):
    """A colleague acts far above what is usual for them. Numbers as in ``HandPace``.

    ``name``: as Stream has it; hostile. ``at``: unix seconds.
    """

    merge = Merge(apart=("user_id",))

    user_id: str
    name: str
    at: float
    acts: int
    seconds: float
    usual: float


class GoOnByHand(Struct, frozen=True, tag="go_on_by_hand"):
    """Acts by hand do not ask before ``until`` (unix seconds), however many they are."""

    until: float


AutomationToEngine = DecideProposal | SaveRules | ResumeRule | KeepWebhookSecret | GoOnByHand
AutomationToWindow = (
    RulesChanged | ProposalsChanged | RulesSaved | WebhookSecretKept | HandPace | ColleagueIsFast
)
