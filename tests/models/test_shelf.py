import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from console.base.paths import resources
from console.models import folders
from console.models.model_registry import EXTRA_MISSING, ModelRegistry, Shelved
from tests.patience import patient

BUILT_IN = resources() / "models"


def test_the_built_in_models_are_there(tmp_path):
    shelf = ModelRegistry(tmp_path / "none", BUILT_IN)
    assert shelf.notes == ()
    shelved = shelf.take()
    assert shelved.notes == ()
    assert shelved.models.text is not None
    assert "HATE_SPEECH" in shelved.models.text.labels
    assert shelved.models.embedder is not None
    assert shelved.models.embedder.name == "all-MiniLM-L6-v2"
    assert shelf.take() is shelved


def test_a_model_of_ones_own_goes_first(tmp_path):
    (tmp_path / "sentence").symlink_to(BUILT_IN / "all-MiniLM-L6-v2")
    shelved = ModelRegistry(tmp_path, BUILT_IN).take()
    assert shelved.models.embedder is not None
    assert shelved.models.embedder.name == "sentence"
    assert shelved.models.text is not None


def test_heads_of_another_sentence_model_are_left_out_and_said(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "is_installed", lambda: False)
    shutil.copytree(BUILT_IN, tmp_path / "models")
    with (tmp_path / "models" / "all-MiniLM-L6-v2" / "model.onnx").open("ab") as model:
        model.write(b"\x7a\x00")  # an empty field of the format that no reader knows
    shelved = ModelRegistry(tmp_path / "none", tmp_path / "models").take()
    assert shelved.models.text is None
    assert any("was trained on another sentence model" in note for note in shelved.notes)


def test_a_broken_model_of_ones_own_is_said_and_the_built_in_serves(tmp_path):
    (tmp_path / "sentence").mkdir()
    shelved = ModelRegistry(tmp_path, BUILT_IN).take()
    assert shelved.models.embedder is not None
    assert shelved.models.embedder.name == "all-MiniLM-L6-v2"
    [note] = shelved.notes
    assert "tokenizer.json could not be read" in note


@pytest.mark.parametrize("kind", ["sentence", "image"])
def test_a_link_that_leads_in_a_circle_or_nowhere_is_said(tmp_path, kind):
    (tmp_path / kind).symlink_to(tmp_path / kind)
    [note] = ModelRegistry(tmp_path, BUILT_IN).take().notes
    assert "Too many levels of symbolic links" in note
    (tmp_path / kind).unlink()
    (tmp_path / kind).symlink_to(tmp_path / "nowhere")
    [note] = ModelRegistry(tmp_path, BUILT_IN).take().notes
    assert "No such file" in note


def test_without_the_extra_words_stand_in():
    code = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "from console.models.model_registry import ModelRegistry\n"
        "from console.base.paths import resources\n"
        "shelved = ModelRegistry(resources(), resources() / 'models').take()\n"
        "assert shelved.models.embedder is None\n"
        "print(shelved.notes[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=patient(60),
        check=True,
    )
    assert done.stdout.strip() == EXTRA_MISSING


def test_an_image_classifier_is_only_there_when_somebody_put_it_there(tmp_path):
    assert ModelRegistry(tmp_path, BUILT_IN).take().models.image is None
    (tmp_path / "image").symlink_to(Path(__file__).parent / "tiny-image")
    image = ModelRegistry(tmp_path, BUILT_IN).take().models.image
    assert image is not None
    assert image.labels == ("Red", "Green")


def test_an_image_classifier_is_read_without_the_models_of_texts(tmp_path):
    shelf = ModelRegistry(tmp_path, BUILT_IN)
    assert shelf.take_image() == Shelved()
    (tmp_path / "image").mkdir()
    broken = ModelRegistry(tmp_path, BUILT_IN)
    taken = broken.take_image()
    assert (taken.models.embedder, taken.models.text, taken.models.image) == (None, None, None)
    assert len(taken.notes) == 1
    assert broken.notes == taken.notes
    assert broken.take().models.text is not None
    assert broken.take_image().models.text is None
