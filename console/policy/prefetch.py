"""Texts on their way to be judged, looked at ahead by models in several threads."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from console.policy.evaluator import Evaluator
from console.policy.texts import TextRow

BATCH = 64
"""Texts looked at ahead; models remember some hundred."""


def looked_ahead(
    rows: Iterable[TextRow], evaluators: Sequence[Evaluator], threads: int
) -> Iterator[TextRow]:
    """``rows`` as they are; a batch of them at a time is looked at in ``threads`` threads.

    Without models nothing is held back.
    """
    asked = [each for each in evaluators if each.asks_models]
    if not asked or threads < 2:
        yield from rows
        return
    with ThreadPoolExecutor(threads, thread_name_prefix="models") as pool:
        coming = iter(rows)
        while batch := list(islice(coming, BATCH)):
            texts = [row.text for row in batch]
            for evaluator in asked:
                evaluator.look_ahead(texts, pool.map)
            yield from batch
