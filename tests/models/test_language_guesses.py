"""The model of languages that comes with the program, on sentences of this project."""

import pytest

from console.base.paths import resources
from console.domain.spoken_language import NoGuesses
from console.models.language_guesses import FastTextGuesses, language_identifier
from tests.benchmarks.ordinary_speech import ordinary

HARD = {"da", "zh"}
"""Danish is near Norwegian, and a few signs of Han are also Japanese: letters tell those."""


@pytest.fixture(scope="module")
def identifier():
    return language_identifier(resources() / "models")


def test_it_is_read_once_for_a_process(identifier):
    assert isinstance(identifier, FastTextGuesses)
    assert language_identifier(resources() / "models") is identifier


@pytest.mark.parametrize("group", ordinary(), ids=lambda group: group.name)
def test_ordinary_speech_is_in_its_language(identifier, group):
    found = [next(iter(identifier.guesses(text)), None) for text in group.texts]
    right = [each for each in found if each is not None and each.language == group.language]
    assert len(right) >= len(found) * (0.7 if group.language in HARD else 0.9)


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\r\t", "\x00", "a\nb\x00c", "\ud83d", "👍" * 900, "x" * 100_000, "1:2"]
)
def test_no_text_breaks_it(identifier, text):
    assert all(0.0 <= each.likely <= 1.0 for each in identifier.guesses(text))


def test_capital_letters_make_no_difference(identifier):
    assert identifier.guesses("WIR SEHEN UNS") == identifier.guesses("wir sehen uns")


def test_without_the_file_nothing_is_guessed(tmp_path, caplog):
    assert isinstance(language_identifier(tmp_path), NoGuesses)
    assert "letters alone" in caplog.text


def test_a_damaged_file_is_not_loaded(tmp_path, caplog):
    file = tmp_path / "lid.176" / "lid.176.ftz"
    file.parent.mkdir()
    whole = (resources() / "models" / "lid.176" / "lid.176.ftz").read_bytes()
    file.write_bytes(whole[:-1] + b"?")
    assert language_identifier(tmp_path).guesses("good morning to all of you") == ()
    assert "damaged" in caplog.text
