"""Lines of several speakers, with the real model of languages."""

from console.base.paths import resources
from console.domain.spoken_language import KnownBy
from console.models.language_guesses import language_identifier
from console.policy.spoken_languages import SpokenLanguages

REAL = language_identifier(resources() / "models")


def test_short_lines_follow_their_own_speaker():
    spoken = SpokenLanguages(REAL)
    assert spoken.of("wir sehen uns dann morgen früh", "", "anna").language == "de"
    assert spoken.of("can everybody hear me now", "", "ben").language == "en"
    assert spoken.of("ok", "", "anna") == spoken.of("haha ja", "", "anna")
    assert spoken.of("ok", "", "anna").by is KnownBy.SPEAKER
    assert spoken.of("ok", "", "ben").language == "en"


def test_what_was_inherited_is_not_passed_on_for_another():
    spoken = SpokenLanguages(REAL)
    spoken.of("wir sehen uns dann morgen früh", "", "anna")
    spoken.of("ok", "", "anna")
    assert spoken.of("sorry, I have to switch to English now", "", "anna").language == "en"
    assert spoken.of("ok", "", "anna").language == "en"


def test_nobody_remembers_for_whoever_has_no_name():
    spoken = SpokenLanguages(REAL)
    spoken.of("wir sehen uns dann morgen früh")
    assert spoken.of("👍").language == ""


def test_the_memory_is_bounded():
    spoken = SpokenLanguages(REAL, most_speakers=2)
    for speaker in ("anna", "ben", "cem"):
        spoken.of("wir sehen uns dann morgen früh", "", speaker)
    assert spoken.of("👍", "", "anna").language == ""
    assert spoken.of("👍", "", "cem").language == "de"
