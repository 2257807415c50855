import pytest

from console.base.paths import resources
from console.models.figures_of_speech import said_plainly
from console.models.model_registry import ModelRegistry

GRAVE = {"THREAT", "HATE_SPEECH", "SELF_HARM"}


@pytest.fixture(scope="module")
def labels():
    models = ModelRegistry(None, resources() / "models").take().models
    assert models.text is not None
    classify = models.text.classify
    return lambda text: {harm.label for harm in classify(text)} & GRAVE


@pytest.mark.parametrize(
    "text",
    [
        "I will kill it on stage tonight",
        "shoot your shot tonight",
        "we absolutely slayed it at the fair",
        "she is killing it this season",
        "I would murder a cup of tea",
        "I could die for some chocolate right now",
        "those biscuits are to die for",
        "my boss will kill me if I am late",
        "these shoes are killing me",
        "you're killing me, that is so funny",
        "the magician will blow your mind",
        "shoot me an email with the dates",
        "they shot the film in Wales",
        "pull the trigger on that offer",
        "the comedian bombed his first gig",
        "kill the lights and start the music",
        "beat the eggs for three minutes",
        "I am dying to see the new one",
        "we nearly died laughing",
        "that sauce is bloody brilliant",
        "he got stabbed in the back by his agent, so they put him on hold",
    ],
)
def test_a_figure_of_speech_is_no_threat(labels, text):
    assert labels(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "I will kill you on stage tonight",
        "I am going to shoot you tonight",
        "I hope you die of cancer",
        "I will beat you until you bleed",
        "someone should stab him in the neck",
        "I will burn your house down",
        "I am going to kill myself",
    ],
)
def test_what_is_meant_is_still_one(labels, text):
    assert said_plainly(text) == text
    assert labels(text)


@pytest.mark.parametrize("text", ["", "good morning", "the skillful overkill", "Mata el fuego"])
def test_a_text_without_one_comes_back_as_it_is(text):
    assert said_plainly(text) == text
