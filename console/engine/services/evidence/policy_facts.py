"""Which policy judged: its name, and the hash of its canonical form."""

from hashlib import sha256

from console.domain.evidence import PolicyFacts
from console.policy.evaluator import Evaluator
from console.policy.policy_text import write_policy


class PolicyHash:
    """Writes a policy only when it is another one than before."""

    def __init__(self) -> None:
        self._of: object = None
        self._facts = PolicyFacts()

    def facts(self, evaluator: Evaluator | None) -> PolicyFacts:
        """What is known of the policy in force; empty where there is none."""
        if evaluator is None:
            return PolicyFacts()
        if self._of is not evaluator.policy:
            text = write_policy(evaluator.policy)
            self._facts = PolicyFacts(evaluator.policy.key, sha256(text.encode()).hexdigest())
            self._of = evaluator.policy
        return self._facts
