"""All rules of an app together, whom they spare, and which of them the guard has paused."""

from msgspec import Struct

from console.domain.automation.rule import (
    Conditions,
    Mode,
    Response,
    Rule,
    Step,
)
from console.domain.verdict import FLAG, MASK, REMOVE


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the guard pauses; see ``guard``.

    Attributes:
        rule_least, account_least: so many acts in ten minutes are always normal, for one rule and
            for all of a sign-in together. hand_least: for a person who acts by hand.
        factor: so many times what is usual is still normal.
    """

    rule_least: int = 12
    account_least: int = 30
    hand_least: int = 40
    factor: float = 4.0


class Paused(Struct, frozen=True, kw_only=True):
    """What the guard has paused: one rule, or all of them where ``rule_id`` is empty.

    ``acts`` in the last ten minutes, where ``usual`` were.
    """

    rule_id: str
    at: float
    acts: int
    usual: float


class RuleBook(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules in the order in which they are tried: the first that fits decides.

    Rules in shadow decide nothing, so each of them is tried. ``webhook``: the address that is told
    by the response *notify*; empty for none.
    """

    rules: tuple[Rule, ...] = ()
    exempt_people: tuple[str, ...] = ()
    exempt_roles: tuple[str, ...] = ("admin", "host", "moderator")
    limits: Limits = Limits()
    webhook: str = ""
    paused: tuple[Paused, ...] = ()

    @property
    def acts(self) -> bool:
        """Whether any rule acts by itself."""
        return any(rule.mode is Mode.ACT for rule in self.rules)

    def find(self, rule_id: str) -> Rule | None:
        """The rule with this id."""
        return next((rule for rule in self.rules if rule.rule_id == rule_id), None)

    def pause_of(self, rule_id: str) -> Paused | None:
        """Why a rule may not act by itself now; None where it may."""
        return next((each for each in self.paused if each.rule_id in ("", rule_id)), None)


SEED = RuleBook(
    rules=(
        Rule(
            rule_id="seed-remove",
            name="Remove: mute and ban",
            when=Conditions(actions=(REMOVE, "bounce_remove")),
            steps=(Step(responses=(Response.REVOKE_AND_MUTE, Response.BAN), minutes=60),),
            mode=Mode.ASK,
        ),
        Rule(
            rule_id="seed-flag",
            name="Flag: into the review queue",
            when=Conditions(
                actions=(FLAG, MASK, "mask_flag", "bounce", "bounce_flag", "shadow"),
            ),
            steps=(Step(responses=(Response.FLAG,)),),
            mode=Mode.ACT,
            cooldown_s=0.0,
        ),
    )
)
"""The default: keep does nothing, flag goes into the queue, remove suggests a mute and a ban."""
