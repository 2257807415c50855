"""What people read about who looked."""

from msgspec.structs import replace

from console.domain.item import CAPTION, Item, Text
from console.domain.language_names import language_name
from console.domain.spoken_language import KnownBy
from console.domain.stage_words import (
    STAGE_NAMES,
    language_words,
    looked_words,
    not_looked_words,
    reason,
    short_reason,
)
from console.domain.stages import NotLooked, Reason, Stage, joined

ITEM = Item(
    item_id="u1",
    kind=CAPTION,
    cid="default:a",
    session_id="",
    author_id="ann",
    author_name="Ann",
    body=Text("guten Morgen"),
    start_time=1.0,
    end_time=1.0,
    received_at=1.0,
    language="de-AT",
    language_confidence=0.974,
)


def test_every_stage_and_reason_has_words():
    assert set(STAGE_NAMES) == set(Stage)
    for each in Reason:
        why = NotLooked(Stage.AI_TEXT, each, "th")
        assert reason(why)
        assert short_reason(why)


def test_stages_that_miss_for_one_reason_stand_together():
    missed = (
        NotLooked(Stage.PATTERNS, Reason.NO_RULE),
        NotLooked(Stage.MEANING, Reason.LANGUAGE, "th"),
        NotLooked(Stage.AI_TEXT, Reason.LANGUAGE, "th"),
    )
    assert not_looked_words(missed) == (
        "patterns: no rule of the policy asks for it; semantic filters, AI text: Thai"
    )
    assert not_looked_words((NotLooked(Stage.LISTS, Reason.LANGUAGE, "es"),)) == (
        "lists: none for Spanish"
    )
    assert looked_words((Stage.LISTS, Stage.STREAM)) == "lists, Stream"


def test_the_language_of_an_item_says_how_it_is_known():
    assert language_words(ITEM) == "German, as Stream says, 97% sure"
    heard = replace(ITEM, body=Text("guten Morgen", heard_by="whisper"))
    assert language_words(heard) == "German, as heard, 97% sure"
    before = replace(ITEM, language_by=KnownBy.SPEAKER, language_confidence=-1.0)
    assert language_words(before) == "German, as its speaker spoke before"
    assert language_words(replace(ITEM, language="")) == ""


def test_languages_have_names():
    assert language_name("und-Cyrl") == "Cyrillic script"
    assert language_name("und") == "a language that could not be told"
    assert language_name("qaa") == "QAA"
    assert language_name("auto") == ""


def test_what_looked_before_is_told_with_what_looked_since():
    missed = (NotLooked(Stage.AI_TEXT, Reason.NO_MODEL), NotLooked(Stage.STREAM, Reason.REFUSED))
    assert joined((Stage.STREAM,), (), (Stage.LISTS,), missed) == (
        (Stage.LISTS, Stage.STREAM),
        missed[:1],
    )
