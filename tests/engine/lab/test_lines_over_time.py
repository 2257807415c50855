"""Velocity, flood and call rules in runs of the lab: over a file, and over a saved call."""

import json

import pytest

from console.protocol.lab import PolicyText
from console.protocol.lab_results import RunFinished
from console.protocol.lab_runs import AskRows, FileSource, RunRows, StartRun

POLICY = """key = "chat"
[velocity_filter_config]
rules = [{ action = "remove", fast_spam_threshold = 3, fast_spam_ttl = 10 }]
[flood_config]
identical = { enabled = true, threshold = 2, time_window = "1m", action = "flag" }
[video_call_rule_config]
rules = [{ harm_types = ["IDENTICAL_FLOOD"], action_sequences = [{ action = "mute_audio" }] }]
"""
SAID = [
    (0, "ann", "hello"),
    (2, "bo", "hello"),
    (3, "ann", "how are you"),
    (4, "ann", "Hello!"),
    (30, "bo", "hello"),
    (90, "bo", "hello"),
]


async def run(console, source, policy=POLICY):
    console.router.answer(StartRun(run_id="r", a=PolicyText(policy), source=source))
    await console.until(lambda: console.of(RunFinished), 30)
    console.router.answer(AskRows(request_id="rows", run_id="r"))
    await console.until(lambda: console.of(RunRows))
    return console.of(RunFinished)[-1].a, console.of(RunRows)[-1].rows


@pytest.fixture
def transcript(tmp_path):
    path = tmp_path / "talk.jsonl"
    lines = [
        {"type": "speech", "speaker_id": who, "text": text, "start_ts": at * 1_000}
        for at, who, text in SAID
    ]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return FileSource(str(path))


async def test_a_transcript_is_judged_by_what_each_speaker_said_before(console, transcript):
    found, rows = await run(console, transcript)
    assert [row.a.action for row in rows] == ["keep", "keep", "keep", "remove", "flag", "keep"]
    assert rows[3].a.labels == ("FAST_SPAM", "IDENTICAL_FLOOD")
    assert rows[4].a.labels == ("IDENTICAL_FLOOD",)
    assert [row.call_actions for row in rows] == [(), (), (), ("mute_audio",), ("mute_audio",), ()]
    assert [(each.speaker, each.rows) for each in found.call_actions.listed] == [
        ("ann", (3,)),
        ("bo", (4,)),
    ]
    assert {each.rule: each.lines for each in found.rules} == {"flood": 2, "velocity": 1}


WORDS = """key = "chat"
[block_list_config]
rules = [{ name = "threats", action = "flag" }]
[[blocklists]]
name = "threats"
words = ["kill yourself"]
"""


async def test_a_phrase_cut_over_two_lines_is_marked_in_both_rows_and_counted_once(
    console, tmp_path
):
    path = tmp_path / "cut.jsonl"
    said = [("ann", "you should kill"), ("bo", "pardon"), ("ann", "yourself today")]
    lines = [
        {"type": "speech", "speaker_id": who, "text": text, "start_ts": at * 1_000}
        for at, (who, text) in enumerate(said)
    ]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    found, rows = await run(console, FileSource(str(path)), WORDS)
    assert [row.a.action for row in rows] == ["keep", "keep", "flag"]
    assert {each.name: each.count for each in found.actions} == {"keep": 2, "flag": 1}
    marked = [
        [row.text[match.start : match.end] for match in (*row.a.matches, *row.carried_on)]
        for row in rows
    ]
    assert marked == [["kill"], [], ["yourself"]]
