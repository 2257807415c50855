import hashlib
import math

import msgspec
import numpy as np
import pytest

from console.base.errors import WorldError
from console.domain.local_models import Harm
from console.domain.verdict import Severity
from console.models.harm_heads import FORMAT, HarmHeads, Head, Stated, Weights
from console.models.letter_features import letter_buckets, word_buckets

WORDS, LETTERS, HIDDEN = 8, 16, 3


def head(label, **changes):
    stated = Head(
        label=label,
        threshold=0.5,
        bias=0.0,
        severity_bias=2.0,
        mildest=Severity.LOW,
        gravest=Severity.CRITICAL,
        sentences=3,
        precision=1.0,
        recall=1.0,
        severity_exact=1.0,
        severity_near=1.0,
    )
    return msgspec.structs.replace(stated, **changes)


def tiny(*heads):
    return Stated(
        format=FORMAT,
        name="tiny",
        version="1",
        encoder=hashlib.sha256(b"model").hexdigest(),
        dimensions=2,
        word_buckets=WORDS,
        letter_buckets=LETTERS,
        letter_share=0.5,
        hidden=HIDDEN,
        sentences=6,
        harmless=3,
        raised_of_talk=0.0,
        heads=heads or (head("THREAT"), head("SPAM", bias=-1.0)),
    )


def weights(stated, vectors, severities=((1, 0), (0, 1))):
    """Weights that look at the vector only."""
    labels = len(stated.heads)
    harm = np.zeros((labels, stated.width), dtype=np.float32)
    harm[:, :2] = vectors
    return Weights(
        harm,
        np.array(severities, dtype=np.float32)[:labels],
        np.zeros((HIDDEN, 3), dtype=np.float32),
        np.zeros((labels, HIDDEN), dtype=np.float32),
    )


def written(folder, stated, weights):
    (folder / "heads.json").write_bytes(msgspec.json.encode(stated))
    for name, numbers in weights._asdict().items():
        np.save(folder / f"{name}.npy", numbers.astype("<f2"))
    return folder


@pytest.fixture
def folder(tmp_path):
    stated = tiny()
    return written(tmp_path, stated, weights(stated, [[3.0, 0.0], [0.0, 2.0]]))


def sigmoid(value):
    return round(1 / (1 + math.exp(-value)), 4)


def test_a_score_is_the_logistic_of_the_weighted_sum(folder):
    heads = HarmHeads.load(folder)
    assert heads.scores(np.array([1.0, 0.0], np.float32), "") == [sigmoid(3), sigmoid(-1)]
    assert heads.scores(np.array([0.0, 1.0], np.float32), "") == [0.5, sigmoid(1)]


def test_words_and_letters_count_as_much_as_is_stated(tmp_path):
    stated = tiny(head("SPAM"))
    numbers = weights(stated, [[0, 0]])
    numbers.harm[0, 2 : 2 + WORDS] = 1.0
    numbers.harm[0, 2 + WORDS :] = 2.0
    heads = HarmHeads.load(written(tmp_path, stated, numbers))
    text = "buy now"
    words, letters = word_buckets(text, WORDS), letter_buckets(text, LETTERS)
    expected = 0.5 * math.sqrt(len(words)) + 2 * 0.5 * math.sqrt(len(letters))
    assert heads.scores(np.zeros(2, np.float32), text) == [pytest.approx(sigmoid(expected))]


def test_hidden_units_add_what_they_say_above_zero(tmp_path):
    stated = tiny(head("HATE_SPEECH"))
    numbers = weights(stated, [[0, 0]])
    numbers.hidden[:] = [[1, 1, -1], [-1, 0, 0.5], [0, 0, 0]]
    numbers.output[:] = [[4, 2, 9]]
    heads = HarmHeads.load(written(tmp_path, stated, numbers))
    assert heads.scores(np.array([1, 0], np.float32), "") == [0.5]
    assert heads.scores(np.array([0.75, 0.5], np.float32), "") == [sigmoid(4 * 0.25)]
    assert heads.scores(np.array([0, 0.5], np.float32), "") == [sigmoid(2 * 0.5)]


def test_labels_come_surest_first_with_their_severity(folder):
    heads = HarmHeads.load(folder)
    assert heads.harms(np.array([0.6, 0.8], np.float32), "") == (
        Harm("THREAT", Severity.HIGH, sigmoid(1.8)),
        Harm("SPAM", Severity.HIGH, sigmoid(0.6)),
    )
    assert heads.harms(np.array([-1.0, 0.0], np.float32), "") == ()


def test_a_severity_stays_within_those_of_its_label(tmp_path):
    stated = tiny(head("THREAT", mildest=Severity.HIGH), head("SPAM", gravest=Severity.MEDIUM))
    heads = HarmHeads.load(
        written(tmp_path, stated, weights(stated, [[1, 1], [1, 1]], [[-9, 0], [9, 0]]))
    )
    found = {h.label: h.severity for h in heads.harms(np.array([1.0, 0.0], np.float32), "")}
    assert found == {"THREAT": Severity.HIGH, "SPAM": Severity.MEDIUM}


def test_the_sentence_model_has_to_be_the_one(folder):
    heads = HarmHeads.load(folder)
    model = folder / "model.onnx"
    model.write_bytes(b"model")
    heads.require(model)
    model.write_bytes(b"another")
    with pytest.raises(WorldError, match=r"trained on another sentence model than .*model\.onnx"):
        heads.require(model)
    with pytest.raises(WorldError, match="could not be read"):
        heads.require(folder / "none.onnx")


@pytest.mark.parametrize(
    "name", ["heads.json", "harm.npy", "severity.npy", "hidden.npy", "output.npy"]
)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(WorldError, match=f"{name} could not be read"):
        HarmHeads.load(folder)


@pytest.mark.parametrize("name", ["harm.npy", "severity.npy"])
@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x93NUMPY\x01\x00"])
def test_what_is_no_array_is_said(folder, name, content):
    (folder / name).write_bytes(content)
    with pytest.raises(WorldError, match=f"{name} holds no array of numbers"):
        HarmHeads.load(folder)


def test_an_array_of_another_shape_is_said(folder):
    np.save(folder / "severity.npy", np.zeros((2, 3), dtype="<f2"))
    with pytest.raises(WorldError, match=r"severity.npy has the shape \(2, 3\) .* \(2, 2\)"):
        HarmHeads.load(folder)


def test_infinite_weights_are_refused(folder):
    np.save(folder / "severity.npy", np.full((2, 2), np.inf, dtype="<f2"))
    with pytest.raises(WorldError, match=r"severity\.npy holds something that is no number"):
        HarmHeads.load(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 2}, "`format` is 2, and this version reads 1"),
        ({"heads": ()}, "`heads` is empty"),
        ({"hidden": 0}, "`hidden` is less than 1"),
        ({"letter_buckets": -1}, "`letter_buckets` is less than 0"),
        ({"heads": (head("A", threshold=0.0),)}, r"`heads\[0\].threshold` \(A\)"),
        ({"heads": (head("A", mildest=Severity.NONE),)}, r"`heads\[0\]` \(A\) has no severities"),
        ({"heads": (head("A"), head("A"))}, "names a label twice"),
    ],
    ids=["format", "empty", "hidden", "buckets", "threshold", "severities", "twice"],
)
def test_what_is_stated_has_to_make_sense(folder, change, said):
    stated = msgspec.structs.replace(tiny(), **change)
    (folder / "heads.json").write_bytes(msgspec.json.encode(stated))
    with pytest.raises(WorldError, match=said):
        HarmHeads.load(folder)


def test_the_place_of_a_wrong_type_is_named(folder):
    raw = msgspec.to_builtins(tiny())
    raw["heads"][1]["bias"] = "much"
    (folder / "heads.json").write_bytes(msgspec.json.encode(raw))
    with pytest.raises(WorldError, match=r"heads.json is not as expected: .*bias"):
        HarmHeads.load(folder)
