"""The classifier for eleven languages: what it finds, what it leaves, and when it is read."""

import functools
import shutil

import pytest

from console.base.errors import WorldError
from console.base.paths import resources
from console.models import folders
from console.models.language_registry import HEADS, MODEL, load_languages
from console.models.model_registry import ModelRegistry
from tests.languages_extra import need_languages

MODELS = resources() / "models"
# Written for this test; none of them is a training sentence.
THREATS = (
    "I am going to kill you tonight.",
    "Ich werde dich heute Nacht umbringen.",
    "Te voy a matar esta noche.",
    "Je vais te tuer ce soir.",
    "今晚我一定要杀了你。",
)
HARMLESS = (
    "The minutes of the last meeting are in the shared folder.",
    "Das Protokoll der letzten Sitzung liegt im Ordner.",
    "El acta de la última reunión está en la carpeta.",
    "Le compte rendu est dans le dossier partagé.",
    "上次会议的记录在共享文件夹里。",
    "محضر الاجتماع الأخير في المجلد المشترك",
    "पिछली बैठक का विवरण साझा फ़ोल्डर में है",
)


@functools.cache
def classifier():
    need_languages()
    return load_languages(MODELS)


@pytest.mark.parametrize("text", THREATS)
def test_a_plain_threat_is_found_in_each_language(text):
    assert "THREAT" in {harm.label for harm in classifier().classify(text)}


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_said_in_any_meeting_is_left_alone(text):
    assert classifier().classify(text) == ()


def test_a_text_has_one_verdict_alone_and_among_others():
    alone = [load_languages(MODELS).classify(THREATS[1])]
    assert [classifier().classify(text) for text in THREATS][1:2] == alone


def test_it_says_which_languages_and_labels_it_knows_before_it_is_read():
    need_languages()
    fresh = load_languages(MODELS)
    assert {"en", "es", "pt", "fr", "de", "it", "nl", "pl", "ar", "hi", "zh"} == fresh.languages
    assert len(fresh.labels) == 12


def test_it_goes_before_the_english_one():
    need_languages()
    shelved = ModelRegistry(None, MODELS).take()
    assert shelved.notes == ()
    assert shelved.models.text is not None
    assert "hi" in shelved.models.text.languages


def test_without_the_extra_the_english_one_stays_and_nothing_is_noted(monkeypatch):
    monkeypatch.setattr(folders, "is_installed", lambda: False)
    shelved = ModelRegistry(None, MODELS).take()
    assert shelved.notes == ()
    assert shelved.models.text is not None
    assert shelved.models.text.languages == {"en"}


def test_heads_for_other_weights_are_said_and_the_english_one_stays(tmp_path):
    need_languages()
    for name in ("all-MiniLM-L6-v2", "harm-heads", MODEL, HEADS):
        shutil.copytree(MODELS / name, tmp_path / name)
    stated = tmp_path / HEADS / "heads.json"
    stated.write_text(stated.read_text().replace('"encoder": "', '"encoder": "0'))
    shelved = ModelRegistry(None, tmp_path).take()
    [note] = shelved.notes
    assert "was trained on another sentence model" in note
    assert shelved.models.text is not None
    assert shelved.models.text.languages == {"en"}


def test_a_missing_package_is_a_sentence(monkeypatch):
    from console.models import language_registry

    monkeypatch.setattr(language_registry, "is_installed", lambda: False)
    with pytest.raises(WorldError, match="Install the extra “languages”"):
        language_registry.load_languages(MODELS)
