"""Captions and this machine's own ear: one line for the same words, two for different ones."""

from typing import Any

import pytest
from msgspec.structs import replace

from console.domain.item import CAPTION, Item, Text
from console.engine.sources.one_line import OneLine

SAID = "Get off the stage, you are worthless and everybody hates you."
HEARD = "get off the stage you are worthless and everybody hate you"


def weigh(text: str, _language: str) -> int:
    return 5 * ("kill" in text)


def caption(text: str = SAID, **changes: Any) -> Item:
    made = Item(
        item_id="u1",
        kind=CAPTION,
        cid="default:one",
        session_id="s",
        author_id="ann",
        author_name="Ann",
        body=Text(text),
        start_time=100.0,
        end_time=103.0,
        received_at=104.0,
        source_id="c1",
    )
    return replace(made, **changes)


def heard(text: str = HEARD, **changes: Any) -> Item:
    changes = {"item_id": "h1", "source_id": "", **changes}
    return caption(body=Text(text, "Whisper", 0.8), **changes)


def test_what_was_captioned_first_keeps_its_text_and_gets_a_second_source():
    lines = OneLine(weigh)
    first = lines.take(caption())
    joined = lines.take(heard(start_time=100.4, end_time=103.1))

    assert joined == replace(first, body=Text(SAID, second="Whisper", second_text=HEARD))


def test_what_was_heard_first_gets_the_text_of_the_caption():
    lines = OneLine(weigh)
    lines.take(heard())
    joined = lines.take(caption())

    assert joined.item_id == "h1"
    assert joined.source_id == "c1"
    assert joined.body == Text(SAID, second="Whisper", second_text=HEARD)
    assert joined.by_stream


def test_words_that_differ_by_commas_stay_as_they_were_judged():
    lines = OneLine(weigh)
    lines.take(heard(SAID.replace(",", "").lower()))
    assert lines.take(caption()).text == SAID.replace(",", "").lower()


def test_a_caption_that_comes_again_is_the_same_line():
    lines = OneLine(weigh)
    lines.take(heard())
    joined = lines.take(caption())
    assert lines.take(caption()) == joined


def test_two_segments_of_one_long_caption_are_its_second_source():
    lines = OneLine(weigh)
    lines.take(caption())
    lines.take(heard("get off the stage", end_time=101.0))
    joined = lines.take(heard("you are worthless and everybody hate you", item_id="h2"))

    assert isinstance(joined.body, Text)
    assert joined.item_id == "u1"
    assert joined.body.second_text == f"get off the stage {HEARD[18:]}"


@pytest.mark.parametrize(
    "other",
    [
        heard("Thank you, that was a lovely reading."),
        heard(author_id="bob"),
        heard(cid="default:two"),
        heard(start_time=130.0, end_time=133.0),
        heard("Get off the stage, you are worthless and everybody kills you."),
        heard("You are"),
    ],
)
def test_other_words_persons_and_times_are_lines_of_their_own(other):
    lines = OneLine(weigh)
    lines.take(caption())
    assert lines.take(other) is other


def test_two_captions_are_never_one_line():
    lines = OneLine(weigh)
    lines.take(caption())
    second = caption(item_id="u2", start_time=101.0)
    assert lines.take(second) is second
    translated = replace(heard(), translated=True)
    assert lines.take(translated) is translated
