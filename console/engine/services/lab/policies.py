"""Policies of the lab, read and made ready once for each text. Safe in any thread."""

import threading
from collections import OrderedDict

from msgspec import Struct

from console.domain.results import PolicyError
from console.policy.coverage import ModelsFor, no_models
from console.policy.evaluator import Evaluator
from console.policy.loader import read_policy_text
from console.policy.model import Policy
from console.protocol.lab import PolicyText

MAX_KEPT = 6
"""Texts kept ready: A and B, and a few key presses."""


class Ready(Struct, frozen=True):
    """A policy text that was read; ``policy`` and ``evaluator`` are None when it has errors."""

    policy: Policy | None
    evaluator: Evaluator | None
    errors: tuple[PolicyError, ...]


class Policies:
    """Reads texts; remembers the last good version of each place."""

    def __init__(self, models_for: ModelsFor = no_models) -> None:
        self._models_for = models_for
        self._lock = threading.Lock()
        self._ready: OrderedDict[tuple[str, str], Ready] = OrderedDict()
        self._good: OrderedDict[str, Evaluator] = OrderedDict()

    def read(self, policy: PolicyText) -> Ready:
        """``policy`` read and made ready. Slow for long lists: not on the loop."""
        key = (policy.place, policy.text)
        with self._lock:
            known = self._ready.get(key)
            if known is not None:
                self._ready.move_to_end(key)
                return known
            ready = make_ready(policy, self._models_for)
            # Lists in other files may change while this text does not.
            if "blocklist_files" not in policy.text:
                self._ready[key] = ready
                if len(self._ready) > MAX_KEPT:
                    self._ready.popitem(last=False)
            if ready.evaluator is not None:
                self._good[policy.place] = ready.evaluator
                self._good.move_to_end(policy.place)
                if len(self._good) > MAX_KEPT:
                    self._good.popitem(last=False)
            return ready

    def last_good(self, place: str) -> Evaluator | None:
        """The newest version of the policy at ``place`` that had no error, if there was one."""
        with self._lock:
            return self._good.get(place)


def make_ready(policy: PolicyText, models_for: ModelsFor) -> Ready:
    """``policy`` read, and its evaluator."""
    read = read_policy_text(policy.text, policy.place)
    if read.policy is None:
        return Ready(None, None, read.errors)
    return Ready(read.policy, Evaluator(read.policy, models=models_for(read.policy)), read.errors)
