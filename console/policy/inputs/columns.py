"""Which column of a table holds the text, the speaker, the time, ...: as asked, or by its name."""

import re
from collections.abc import Sequence

from msgspec import Struct

from console.policy.inputs.understood import Asked

TEXTS = (
    *("text", "body", "message", "content", "utterance", "caption", "comment", "transcript"),
    *("test_case", "sentence", "tweet", "comment_text", "message_text", "message_body", "msg"),
    *(
        "text_content",
        "transcription",
        "transcribed_text",
        "subtitle",
        "dialogue",
        "said",
        "speech",
    ),
    *("phrase", "display", "line_text", "full_text", "post", "texto", "texte", "nachricht"),
)
SPEAKERS = (
    *("speaker_id", "speaker", "speaker_name", "user_id", "user", "user_name", "username"),
    *("author_id", "author", "author_name", "participant", "participant_name", "participant_id"),
    *("from", "sender", "sender_name", "display_name", "screen_name", "nickname", "nick", "name"),
    *("who", "speaker_label", "sprecher", "hablante", "locuteur", "from_id", "host"),
)
TIMES = (
    *("start_ts", "start_time", "at", "time", "timestamp", "ts", "start", "begin", "datetime"),
    *("date_time", "date", "created_at", "sent_at", "said_at", "start_ms", "time_ms"),
    *("start_time_ms", "timestamp_ms", "offset_ms", "offset", "start_seconds", "time_utc"),
    *("start_timestamp", "time_stamp", "created", "zeit", "hora", "heure"),
)
LABELS = (
    *("label", "labels", "category", "categories", "harm", "toxic", "expected", "class"),
    *("label_gold", "gold", "gold_label", "true_label", "true_labels", "annotation", "is_toxic"),
    *("toxicity", "hate", "is_hate"),
)
LANGUAGES = ("language", "lang", "language_code", "locale")
CALLS = ("call_cid", "cid", "call", "call_id", "meeting_id")

_BETWEEN = re.compile(r"[\W_]+")


class Columns(Struct, frozen=True):
    """The columns in use; empty for none."""

    text: str
    speaker: str = ""
    time: str = ""
    labels: str = ""
    language: str = ""
    call: str = ""


def plain(name: str) -> str:
    """``Start Time`` as ``start_time``."""
    return _BETWEEN.sub("_", name.strip().casefold()).strip("_")


def known(names: Sequence[str], wanted: Sequence[str]) -> str:
    """The one of ``names`` that comes first in ``wanted``; empty for none."""
    return next(iter(all_known(names, wanted)), "")


def all_known(names: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Those of ``names`` that are ``wanted``, in the order of ``wanted``."""
    by_name = {plain(name): name for name in reversed(names)}
    return [by_name[each] for each in wanted if each in by_name]


def columns_in(names: Sequence[str], asked: Asked) -> Columns | str:
    """The columns to use of a table with ``names``, or a sentence why it cannot be used."""
    for name in asked.columns:
        if name not in names:
            return f"no column is called “{name}”. There are {listed(names)}."
    text = asked.text or known(names, TEXTS)
    if not text:
        there = f" There are {listed(names)}; name the one to use." if any(names) else ""
        return f"no column is called {', '.join(TEXTS[:7])} or the like.{there}"
    if clash := used_twice(text, asked):
        return clash
    taken = {text, asked.labels}
    others = [name for name in names if name not in taken]
    return Columns(
        text=text,
        speaker=asked.speaker or known(others, SPEAKERS),
        time=asked.time or known(others, TIMES),
        labels=asked.labels,
        language=known(others, LANGUAGES),
        call=known(others, CALLS),
    )


def used_twice(text: str, asked: Asked) -> str:
    """A sentence where the column of the texts is asked for something else too; empty for none."""
    for what, name in (
        ("speakers", asked.speaker),
        ("times", asked.time),
        ("true labels", asked.labels),
    ):
        if text and name == text:
            return f"the column “{text}” holds the texts, so it cannot hold the {what}."
    return ""


def listed(names: Sequence[str], most: int = 12) -> str:
    """The names for a sentence."""
    shown = [f"“{name[:40]}”" for name in names[:most]]
    return ", ".join(shown) + (f" and {len(names) - most} more" if len(names) > most else "")
