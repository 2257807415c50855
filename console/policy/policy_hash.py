"""A short name for exactly one version of a policy."""

import hashlib

from console.policy.model import Policy
from console.policy.policy_text import write_policy

DIGITS = 12


def policy_hash(policy: Policy) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of the policy as this program writes it.

    Comments and layout of its file do not count; every rule and every entry does.
    """
    return hashlib.sha256(write_policy(policy).encode("utf-8", "replace")).hexdigest()[:DIGITS]
