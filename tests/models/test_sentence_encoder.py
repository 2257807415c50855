import math
import os
import shutil
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.errors import WorldError
from console.base.paths import resources
from console.models.sentence_encoder import SentenceEncoder

FOLDER = resources() / "models" / "all-MiniLM-L6-v2"


@pytest.fixture(scope="module")
def encoder():
    return SentenceEncoder(FOLDER)


def test_a_text_becomes_one_vector_of_length_one(encoder):
    vectors = encoder.embed(["hello there", "", "x" * 5_000, "漢字 🙂"])
    assert vectors.shape == (4, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0] * 4, abs=1e-5)


def test_what_means_the_same_is_near_without_a_word_in_common(encoder):
    compared = encoder.likeness(["purchase my class today", "the weather is nice"])
    [[same, other]] = compared.scores(["buy our course now"])
    assert same > 0.5
    assert other < 0.3


def test_neighbours_do_not_change_a_score(encoder):
    compared = encoder.likeness(["send me your bank details"])
    alone = compared.scores(["what is your account number"])
    among = compared.scores(["hi", "what is your account number", "word " * 100])
    assert among[1] == alone[0]


def test_the_same_text_is_computed_once(encoder):
    first = encoder.embed(["said only here"])
    again = encoder.embed(["said only here"])
    assert (first == again).all()
    assert encoder._vector.cache_info().hits >= 1


@given(st.text(st.characters(), max_size=300))
def test_any_text_has_a_vector(encoder, text):
    assert float(np.linalg.norm(encoder.embed([text])[0])) == pytest.approx(1.0, abs=1e-4)


def test_half_a_character_is_one_that_is_not_known(encoder):
    assert (encoder.embed(["a \udcff b"]) == encoder.embed(["a \ufffd b"])).all()


def test_no_phrases_and_no_texts(encoder):
    assert encoder.likeness([]).scores(["a", "b"]) == [[], []]
    assert encoder.likeness(["a"]).scores([]) == []


def test_the_first_token_stands_for_the_text_where_the_model_says_so(tmp_path, encoder):
    folder = tmp_path / "by-first"
    shutil.copytree(FOLDER, folder)
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    first = SentenceEncoder(folder)
    assert first.name == "by-first"
    mean, token = encoder.embed(["hello there"])[0], first.embed(["hello there"])[0]
    assert float(mean @ token) < 0.99


def test_a_folder_without_a_model(tmp_path):
    shutil.copy(FOLDER / "tokenizer.json", tmp_path)
    with pytest.raises(WorldError, match=r"holds no model\.onnx"):
        SentenceEncoder(tmp_path)


def test_a_folder_without_a_tokenizer(tmp_path):
    with pytest.raises(WorldError, match=r"tokenizer\.json could not be read: No such file"):
        SentenceEncoder(tmp_path)


@pytest.mark.parametrize("broken", ["tokenizer.json", "model.onnx"])
def test_a_file_that_is_something_else(tmp_path, broken):
    for name in ("tokenizer.json", "model.onnx"):
        (tmp_path / name).symlink_to(FOLDER / name)
    (tmp_path / broken).unlink()
    (tmp_path / broken).write_text("hello")
    with pytest.raises(WorldError, match=f"{broken} cannot be read"):
        SentenceEncoder(tmp_path)


def test_a_pipe_instead_of_a_tokenizer_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "tokenizer.json")
    with pytest.raises(WorldError, match=r"tokenizer\.json could not be read: it is a pipe"):
        SentenceEncoder(tmp_path)


def test_a_model_that_computes_no_numbers_is_refused(tmp_path):
    folder = Path(shutil.copytree(FOLDER, tmp_path / "damaged"))
    weights = bytearray((folder / "model.onnx").read_bytes())
    # The first weight of the first layer's norm: it is part of every vector.
    start = weights.rindex(b"model.embeddings.LayerNorm.weightJ") + 36
    weights[start : start + 4] = struct.pack("<f", math.nan)
    (folder / "model.onnx").write_bytes(weights)
    with pytest.raises(WorldError, match="computes no numbers"):
        SentenceEncoder(folder)
