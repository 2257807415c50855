"""The policy that judges now. A policy with an error never replaces a good one."""

from msgspec import Struct

from console.domain.results import PolicyError
from console.policy.coverage import ModelsFor, no_models
from console.policy.evaluator import Evaluator
from console.policy.policy_file import PolicyRead


class ActivePolicy(Struct, frozen=True):
    """What judges, and what is wrong with the version that was offered last.

    Attributes:
        evaluator: None until there was a good policy.
        errors: of the last offer; not empty means that ``evaluator`` is of an earlier version.
        refused: offers in a row that had errors.
    """

    evaluator: Evaluator | None = None
    errors: tuple[PolicyError, ...] = ()
    refused: int = 0

    @property
    def sentence(self) -> str:
        """What a person should know; empty when the last offer is in force."""
        if not self.errors:
            return ""
        count = len(self.errors)
        errors = "1 error" if count == 1 else f"{count} errors"
        after = "no policy is in force" if self.evaluator is None else "the last good one judges on"
        return f"The policy has {errors}, so {after}. First: {self.errors[0]}"


def offered(now: ActivePolicy, read: PolicyRead, models_for: ModelsFor = no_models) -> ActivePolicy:
    """What is in force after ``read`` was offered; ``now`` stays as it is when nothing changed."""
    if read.policy is None:
        return ActivePolicy(now.evaluator, read.errors, now.refused + 1)
    if now.evaluator is not None and now.evaluator.policy == read.policy:
        return ActivePolicy(now.evaluator)
    return ActivePolicy(Evaluator(read.policy, models=models_for(read.policy)))
