import numpy as np
import pytest

from console.base.paths import resources
from console.domain.local_models import Harm
from console.domain.verdict import Severity
from console.models.harm_heads import HarmHeads
from console.models.onnx_session import model_file
from console.models.text_classifier import MAX_WINDOWS, WINDOW_WORDS, HarmClassifier
from tests.models.test_harm_heads import head, sigmoid, tiny, weights

ENCODER = resources() / "models" / "all-MiniLM-L6-v2"
HEADS = resources() / "models" / "harm-heads"


class Spotter:
    """Points along the first axis for texts with ``bad``, along the second for the others."""

    def __init__(self):
        self.seen = []

    def embed(self, texts):
        self.seen += texts
        return np.array([[1, 0] if "bad" in text else [0, 1] for text in texts], np.float32)


@pytest.fixture
def spotter():
    return Spotter()


@pytest.fixture
def classifier(spotter):
    stated = tiny(head("THREAT", bias=-1.0), head("SPAM", bias=-9.0))
    heads = HarmHeads(stated, weights(stated, [[4, 0], [1, 0]]))
    return HarmClassifier(spotter, heads)


def test_it_says_its_name_and_labels(classifier):
    assert classifier.name == "tiny"
    assert classifier.labels == ("THREAT", "SPAM")


def test_harm_comes_with_label_severity_and_score(classifier):
    assert classifier.classify("bad") == (Harm("THREAT", Severity.HIGH, sigmoid(3)),)
    assert classifier.classify("good") == ()


def test_disguises_are_undone_before_the_model_reads(classifier, spotter):
    assert [harm.label for harm in classifier.classify("so v e r y b@d")] == ["THREAT"]
    assert spotter.seen == ["so very bad"]


def test_nothing_is_asked_of_a_text_without_words(classifier, spotter):
    assert classifier.classify("") == ()
    assert classifier.classify(" \n\u200b ") == ()
    assert spotter.seen == []


def test_a_long_text_is_read_in_parts_and_its_worst_counts(classifier, spotter):
    text = "fine " * (WINDOW_WORDS + 10) + "bad"
    assert [harm.label for harm in classifier.classify(text)] == ["THREAT"]
    assert len(spotter.seen) == 2
    assert max(len(part.split()) for part in spotter.seen) <= WINDOW_WORDS


def test_an_endless_text_costs_no_more_than_is_stated(classifier, spotter):
    classifier.classify("fine " * 10_000)
    assert len(spotter.seen) == MAX_WINDOWS


def test_every_score_can_be_had(classifier):
    assert classifier.scores("bad") == {"THREAT": sigmoid(3), "SPAM": sigmoid(-8)}
    assert classifier.scores("") == {"THREAT": 0.0, "SPAM": 0.0}


@pytest.fixture(scope="module")
def real():
    sentence_encoder = pytest.importorskip("console.models.sentence_encoder")
    if not HEADS.is_dir() or not ENCODER.is_dir():
        pytest.skip("the models are not part of this installation")
    heads = HarmHeads.load(HEADS)
    heads.require(model_file(ENCODER))
    return HarmClassifier(sentence_encoder.SentenceEncoder(ENCODER), heads)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("all these foreigners are vermin and should be thrown out", "HATE_SPEECH"),
        ("i know where you live and tonight i will kill you", "THREAT"),
        ("you are such a stupid pathetic loser", "INSULT"),
        ("take off your bra and show us your boobs", "SEXUAL_HARASSMENT"),
        ("what the fuck is this shit", "VULGARITY"),
        ("i want to die tonight, i can't go on", "SELF_HARM"),
        ("send me your bitcoin and i will double it by tomorrow, guaranteed", "SCAM"),
        ("subscribe to my channel, click the link in my bio now", "SPAM"),
        ("write me on telegram instead, they read everything here", "PLATFORM_BYPASS"),
        ("what's your home address and your phone number", "PII"),
        ("i'm eleven years old, don't tell my mum", "UNDERAGE_USER"),
    ],
)
def test_clear_harm_is_named(real, text, label):
    assert label in [harm.label for harm in real.classify(text)]


@pytest.mark.parametrize(
    "text",
    [
        "can you see my slides",
        "next slide please, we look at the numbers of the third quarter",
        "good morning everyone and thank you for coming",
        "my neighbour is a muslim from turkey and a wonderful cook",
        "chop the onions and put them in the pan with some butter",
        "the meeting is in room twelve at three o'clock",
    ],
)
def test_plain_talk_is_left_alone(real, text):
    assert real.classify(text) == ()


def test_the_real_one_is_never_presented_as_another(real):
    assert real.name == "local classifier (MiniLM)"
    assert "HATE_SPEECH" in real.labels
