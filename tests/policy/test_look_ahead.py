"""Models look ahead in threads; what is judged, and in which order, does not change."""

import threading

import pytest

from console.domain.local_models import Harm, LocalModels
from console.domain.verdict import Severity
from console.policy.evaluator import BATCH, Evaluator, looked_ahead
from console.policy.inputs.texts import TextRow
from console.policy.policy_file import read_policy

POLICY = 'key = "chat"\n[ai_text_config]\nrules = [{ label = "SCAM", action = "flag" }]\n'


class Remembering:
    """A classifier that computes each text once, as the real one does."""

    name = "toy"
    labels = ("SCAM",)
    languages = frozenset[str]()

    def __init__(self):
        self.seen = {}

    def ready(self):
        pass

    def classify(self, text):
        self.seen.setdefault(text, threading.current_thread().name)
        return (Harm("SCAM", Severity.LOW, 0.5),)


@pytest.fixture
def classifier():
    return Remembering()


def evaluator(classifier):
    policy = read_policy(POLICY, "p").policy
    assert policy is not None
    return Evaluator(policy, models=LocalModels(text=classifier))


def test_every_row_comes_out_as_it_went_in_and_was_looked_at_in_a_thread(classifier):
    rows = [TextRow(f"text {at}", at) for at in range(2 * BATCH + 3)]
    assert list(looked_ahead(rows, [evaluator(classifier)], 2)) == rows
    assert len(classifier.seen) == len(rows)
    assert {name.partition("_")[0] for name in classifier.seen.values()} == {"models"}


def test_a_batch_is_looked_at_before_its_first_row_and_no_further(classifier):
    rows = (TextRow(str(at), at) for at in range(10 * BATCH))
    next(iter(looked_ahead(rows, [evaluator(classifier)], 2)))
    assert len(classifier.seen) == BATCH


@pytest.mark.parametrize(("with_model", "threads"), [(False, 8), (True, 1)])
def test_nothing_is_held_back_without_need(classifier, with_model, threads):
    asked = [evaluator(classifier if with_model else None)]
    rows = (TextRow(str(at), at) for at in range(9))
    coming = looked_ahead(rows, asked, threads)
    assert next(coming).text == "0"
    assert next(rows).text == "1"
    assert classifier.seen == {}
