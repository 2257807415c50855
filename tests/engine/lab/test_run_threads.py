"""How much of the machine a run with models may take."""

import pytest

from console.domain.local_models import Harm, LocalModels
from console.engine.services.lab.run import threads_for
from console.policy.evaluator import Evaluator
from console.policy.model import Policy


class Toy:
    name = "toy"
    labels = ()
    languages = frozenset[str]()

    def ready(self) -> None:
        pass

    def classify(self, text: str) -> tuple[Harm, ...]:
        return ()


HARMS = Policy(
    key="chat", sections={"ai_text_config": {"rules": [{"label": "SCAM", "action": "flag"}]}}
)


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 1), (4, 2), (16, 8)])
def test_models_get_half_the_cores(cores, threads):
    asked = [Evaluator(HARMS, models=LocalModels(text=Toy()))]
    assert threads_for(asked, cores) == threads


def test_words_need_no_threads():
    assert threads_for([Evaluator(HARMS)], 16) == 1


def test_a_model_that_no_rule_asks_needs_no_threads():
    pictures = {"ai_image_config": {"rules": [{"label": "Gore", "action": "remove"}]}}
    asked = Evaluator(Policy(key="chat", sections=pictures), models=LocalModels(text=Toy()))
    assert not asked.asks_models
    assert threads_for([asked], 16) == 1
