import pytest

from console.domain.local_models import NO_MODELS, LocalModels
from console.policy.coverage import no_models, wants_models, when_wanted
from console.policy.model import Policy, SemanticFilter, SemanticRule
from tests.policy.word_classifiers import WordClassifier

MODELS = LocalModels(text=WordClassifier({}))


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, False),
        ({"semantic_rules": (SemanticRule(name="a"),)}, False),
        (
            {
                "semantic_rules": (SemanticRule(name="a"),),
                "semantic_filters": (SemanticFilter(name="a", phrases=("x",)),),
            },
            True,
        ),
        ({"sections": {"ai_text_config": {"rules": [{"label": "A", "action": "flag"}]}}}, True),
        ({"sections": {"bodyguard_config": {"rules": [{"label": "A"}], "enabled": False}}}, False),
        ({"sections": {"ai_image_config": {"rules": [{"label": "A", "action": "flag"}]}}}, True),
        ({"sections": {"ai_image_config": {"rules": []}, "llm_config": {"rules": [{}]}}}, False),
    ],
)
def test_models_are_read_for_policies_that_ask_them(more, wanted):
    policy = Policy(key="x", **more)
    assert wants_models(policy) is wanted
    assert when_wanted(lambda: MODELS)(policy) is (MODELS if wanted else NO_MODELS)
    assert no_models(policy) is NO_MODELS


def test_images_alone_spare_the_models_of_texts():
    pictures = {"ai_image_config": {"rules": [{"label": "A", "action": "flag"}]}}
    words = {"ai_text_config": {"rules": [{"label": "A", "action": "flag"}]}}
    of_images = LocalModels()
    models_for = when_wanted(lambda: MODELS, lambda: of_images)
    assert models_for(Policy(key="x", sections=pictures)) is of_images
    assert models_for(Policy(key="x", sections=pictures | words)) is MODELS
    assert when_wanted(lambda: MODELS)(Policy(key="x", sections=pictures)) is MODELS
