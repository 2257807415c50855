"""A policy measured against labels that people gave: kinds of errors, their cost, the matrix."""

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from itertools import zip_longest

from console.domain.results import Judgement
from console.domain.verdict import KEEP
from console.policy.report import outcome

NO_LABEL = "none"
"""Stands for "nothing wrong" in the matrix."""

_BLOCKING = ("block", "shadow_block", "bounce")
# Labels that say only that something is wrong, so that none of ours can contradict them.
_GENERIC = frozenset({"1", "1.0", "true", "yes", "bad", "toxic", "flag", "remove", "block"})


class ErrorKind(StrEnum):
    """What can be wrong with one judgement of a labelled line."""

    MISSED = "missed"
    FALSE_FLAG = "false_flag"
    FALSE_BLOCK = "false_block"
    WRONG_LABEL = "wrong_label"


def error_of(labels: Collection[str] | None, judgement: Judgement) -> ErrorKind | None:
    """What is wrong with ``judgement`` of a line with these true labels; None for nothing.

    ``labels`` is empty for a line that is in order, None for a line without labels.
    """
    if labels is None:
        return None
    raised = judgement.action != KEEP
    if not labels:
        if not raised:
            return None
        blocked = outcome(judgement.action) in _BLOCKING
        return ErrorKind.FALSE_BLOCK if blocked else ErrorKind.FALSE_FLAG
    if not raised:
        return ErrorKind.MISSED
    wanted = {label.casefold() for label in labels}
    given = {label.casefold() for label in judgement.labels}
    if wanted & given or wanted & _GENERIC:
        return None
    return ErrorKind.WRONG_LABEL


def label_pairs(wanted: Sequence[str], given: Sequence[str]) -> Iterator[tuple[str, str]]:
    """True and given labels of one line, paired; what is left over is paired with NO_LABEL.

    Labels that agree (without case) pair up first, the rest in their order.
    """
    left = {label.casefold(): label for label in given}
    missed: list[str] = []
    for label in wanted:
        if label.casefold() in left:
            del left[label.casefold()]
            yield label.casefold(), label.casefold()
        else:
            missed.append(label.casefold())
    yield from zip_longest(missed, left, fillvalue=NO_LABEL)
    if not wanted and not given:
        yield NO_LABEL, NO_LABEL
