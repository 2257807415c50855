"""Every format that is read, as the services and programs of the field write it."""

import json

import pytest

from console.policy.inputs.texts import Asked, BadRow, TextRow, read_texts


def read(content, suffix=".txt", **asked):
    found = read_texts(content.splitlines(keepends=True), suffix, Asked(**asked))
    return found.understood, list(found.rows)


def said(content, suffix=".txt", **asked):
    """The texts with their speakers and times."""
    return [(row.speaker, row.at, row.text) for row in read(content, suffix, **asked)[1]]


TEAMS = """WEBVTT

NOTE made by hand

3f1c9b2e/12-0
00:00:05.000 --> 00:00:08.000
<v Ann Creep>Hello everyone,
and shut
up please.</v>

3f1c9b2e/13-0
00:00:09.120 --> 00:00:11.000 align:left size:50%
<v Bo Loser>Fine &amp; good.</v>
"""
ZOOM = """WEBVTT

1
00:00:00.000 --> 00:00:02.040
Ann Creep: Good morning: all of you

2
00:00:02.500 --> 00:00:04.000
Bo: shut
up

3
00:00:04.500 --> 00:00:05.000
go on
"""


def test_webvtt_keeps_the_voices_of_teams_and_joins_wrapped_lines():
    understood, rows = read(TEAMS, ".vtt")
    assert rows == [
        TextRow("Hello everyone, and shut up please.", 7, speaker="Ann Creep", at=5.0),
        TextRow("Fine & good.", 13, speaker="Bo Loser", at=9.12),
    ]
    assert (understood.form, understood.speakers_told, understood.times_told) == (
        "WebVTT",
        True,
        True,
    )


def test_webvtt_of_zoom_has_names_before_the_texts():
    assert said(ZOOM, ".vtt") == [
        ("Ann Creep", 0.001, "Good morning: all of you"),
        ("Bo", 2.5, "shut up"),
        ("", 4.5, "go on"),
    ]
    assert read(ZOOM)[0].form == "WebVTT with a name before each text"


def test_a_cue_that_begins_like_a_name_is_judged_whole_where_others_do_not():
    cues = "".join(f"\n00:0{at}.000 --> 00:0{at + 1}.000\nline {at}\n" for at in range(5))
    odd = "WEBVTT\n" + cues + "\n00:08.000 --> 00:09.000\nListen: you idiot\n"
    assert said(odd)[-1] == ("", 8.0, "Listen: you idiot")


def test_two_voices_of_one_cue_are_two_texts():
    both = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>hi <b>you</b></v> <v.loud Bo>idiot</v>\n"
    assert said(both) == [("Ann", 1.0, "hi you"), ("Bo", 1.0, "idiot")]


@pytest.mark.parametrize(
    "content",
    [
        "1\n00:00:05,790 --> 00:00:09,514\n<i>Good morning</i>\n\n"
        "2\n00:00:10,000 --> 00:00:12,000\n- you are an\n- idiot\n",
        # No blank line between the cues, a byte order mark, other ends of lines.
        "\ufeff1\r\n00:00:05,790 --> 00:00:09,514\r\n{\\an8}Good morning\r\n"
        "2\r\n00:00:10,000 --> 00:00:12,000\r\nyou are an\r\nidiot\r\n",
        "0:00:05.790,0:00:09.514\nGood morning\n\n0:00:10.000,0:00:12.000\nyou are an\nidiot\n",
    ],
)
@pytest.mark.parametrize("suffix", [".srt", ".txt", ".sbv"])
def test_subtitles_are_joined_and_their_numbers_are_no_texts(content, suffix):
    assert said(content, suffix) == [("", 5.79, "Good morning"), ("", 10.0, "you are an idiot")]


def test_captions_that_roll_are_each_heard_once():
    rolling = (
        "WEBVTT\nKind: captions\n\n00:00.000 --> 00:02.000 align:start\n \n"
        "you<00:00:00.500><c> are</c><00:00:01.000><c> an</c>\n\n"
        "00:02.000 --> 00:02.010\nyou are an\n \n\n"
        "00:02.010 --> 00:04.000\nyou are an\nidiot<00:00:03.000><c> sir</c>\n\n"
        "00:04.000 --> 00:04.010\nidiot sir\n \n"
    )
    assert said(rolling) == [("", 0.001, "you are an"), ("", 2.01, "idiot sir")]
    twice = "WEBVTT\n\n00:01.000 --> 00:02.000\nno\n\n00:02.000 --> 00:03.000\nno\nway\n"
    assert said(twice) == [("", 1.0, "no"), ("", 2.0, "no way")]


def test_text_behind_an_empty_line_of_a_cue_is_not_lost():
    content = (
        "1\n00:00:01,000 --> 00:00:02,000\nfine\n\nyou idiot\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nok\n\nso\n"
    )
    assert said(content, ".srt") == [
        ("", 1.0, "fine"),
        ("", 1.0, "you idiot"),
        ("", 3.0, "ok"),
        ("", 3.0, "so"),
    ]


def test_times_alone_on_a_line_are_of_what_follows():
    meet = (
        "Transcript\n\n00:00:00\n \nAnn: Hello\nBo: you idiot\n\n"
        "00:05:00\n\nAnn: stop: that\nBo: ok\nAnn: thanks\n"
    )
    assert said(meet) == [
        ("", 0.0, "Transcript"),
        ("Ann", 0.001, "Hello"),
        ("Bo", 0.001, "you idiot"),
        ("Ann", 300.0, "stop: that"),
        ("Bo", 300.0, "ok"),
        ("Ann", 300.0, "thanks"),
    ]


def test_the_table_of_whisper_has_milliseconds():
    table = "start\tend\ttext\n0\t1200\tgood morning\n1200\t3000\tyou idiot\n"
    assert said(table, ".tsv") == [("", 0.001, "good morning"), ("", 1.2, "you idiot")]


def test_a_cue_with_broken_times_is_named_and_its_text_is_judged():
    broken = "WEBVTT\n\n00:01.000 --> 00:02.000\nfine\n\n00:0x --> 00:04.000\nyou idiot\n"
    rows = read(broken, ".vtt")[1]
    assert rows == [
        TextRow("fine", 4, at=1.0),
        BadRow(6, "the times of this cue cannot be read."),
        TextRow("you idiot", 7),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "Ann Creep  0:05\nGood morning all\n\nBo  1:02:09\nyou are\nan idiot\n",
        "Ann Creep (00:05):\nGood morning all\n\nBo (1:02:09):\nyou are an idiot\n",
        "[00:00:05] Ann Creep\nGood morning all\n\n[01:02:09] Bo:\nyou are an idiot\n"
        "\nTranscribed by https://otter.ai\n",
    ],
)
def test_a_name_above_a_text_is_its_speaker(content):
    assert said(content) == [
        ("Ann Creep", 5.0, "Good morning all"),
        ("Bo", 3729.0, "you are an idiot"),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "20:01:05 From Ann Creep to Everyone: hello\n"
            "20:01:09 From Bo to Ann Creep: you idiot\n",
            [("Ann Creep", 72065.0, "hello"), ("Bo", 72069.0, "you idiot")],
        ),
        (
            "[31.12.20, 20:00:01] Ann: hello\n[31.12.20, 20:00:02] Bo: you\nidiot\n",
            [("Ann", 1609444801.0, "hello"), ("Bo", 1609444802.0, "you idiot")],
        ),
        (
            "12/31/20, 8:00 PM - Ann: hello\n12/31/20, 8:01 PM - Bo: fine\n",
            [("Ann", 1609444800.0, "hello"), ("Bo", 1609444860.0, "fine")],
        ),
        (
            "[20:01] <ann> hello\n[20:02] <bo> hi\n",
            [("ann", 72060.0, "hello"), ("bo", 72120.0, "hi")],
        ),
        ("[00:00:05] Ann: hello\n[00:00:07] Bo: hi\n", [("Ann", 5.0, "hello"), ("Bo", 7.0, "hi")]),
        (
            "Ann: hello\nBo: hi\nAnn: how are you: well?\nBo: fine\n",
            [
                ("Ann", 0, "hello"),
                ("Bo", 0, "hi"),
                ("Ann", 0, "how are you: well?"),
                ("Bo", 0, "fine"),
            ],
        ),
    ],
)
def test_logs_of_chats(content, expected):
    assert said(content) == expected


@pytest.mark.parametrize(
    "line",
    ["meet at 9:30 and: run", "note: you idiot\nscam: free coins\nhello: there", "10:30", "a: b"],
)
def test_plain_lines_stay_plain_lines(line):
    understood, rows = read(line + "\n")
    assert understood.form == "plain lines"
    assert [row.text for row in rows] == line.split("\n")


SAID = [("ann", 1.5, "good morning"), ("bo", 2.0, "you are an idiot")]


def segments(**names):
    """The two lines of SAID under other keys."""
    return [
        {
            names.get("text", "text"): text,
            names.get("start", "start"): at * names.get("unit", 1),
            names.get("end", "end"): (at + 1) * names.get("unit", 1),
            "speaker": who,
        }
        for who, at, text in SAID
    ]


DOCUMENTS = {
    "Whisper JSON": {"text": "good ...", "segments": segments(), "language": "en"},
    "Deepgram JSON": {
        "metadata": {},
        "results": {
            "channels": [{"alternatives": [{"transcript": "good ..."}]}],
            "utterances": segments(text="transcript"),
        },
    },
    "AssemblyAI JSON": {"text": "good ...", "utterances": segments(unit=1000)},
    "Amazon Transcribe JSON": {
        "results": {
            "transcripts": [{"transcript": "good ..."}],
            "items": [],
            "audio_segments": [
                {"transcript": text, "start_time": str(at), "speaker_label": who}
                for who, at, text in SAID
            ],
        }
    },
    "Google Speech-to-Text JSON": {
        "results": [
            {
                "alternatives": [
                    {"transcript": text, "words": [{"startTime": f"{at}s", "speakerTag": who}]}
                ]
            }
            for who, at, text in SAID
        ]
    },
    "Azure transcription JSON": {
        "recognizedPhrases": [
            {"offsetInTicks": at * 1e7, "speaker": who, "nBest": [{"display": text}]}
            for who, at, text in SAID
        ]
    },
    "Rev AI JSON": {
        "monologues": [
            {
                "speaker": who,
                "elements": [
                    {"type": "text", "value": text.split()[0], "ts": at},
                    {"type": "punct", "value": " "},
                    {"type": "text", "value": " ".join(text.split()[1:]), "ts": at + 0.2},
                ],
            }
            for who, at, text in SAID
        ]
    },
}


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("service", DOCUMENTS)
def test_transcripts_of_speech_services(service, indent):
    understood, rows = read(json.dumps(DOCUMENTS[service], indent=indent), ".json")
    assert understood.form == service
    assert [(row.speaker, row.at, row.text) for row in rows] == SAID


def test_whisper_cpp_and_words_of_deepgram():
    cpp = {
        "result": {"language": "en"},
        "transcription": [{"offsets": {"from": 1500, "to": 1900}, "text": " you idiot"}],
    }
    assert said(json.dumps(cpp), ".json") == [("", 1.5, "you idiot")]
    words = [
        {"word": "you", "start": 0.5, "end": 0.6, "speaker": 0},
        {"word": "idiot", "start": 0.7, "end": 1.0, "speaker": 0},
        {"word": "hey", "start": 1.1, "end": 1.2, "speaker": 1},
        {"word": "later", "start": 9.0, "end": 9.2, "speaker": 1},
    ]
    answer = {"results": {"channels": [{"alternatives": [{"transcript": "x", "words": words}]}]}}
    assert said(json.dumps(answer), ".json") == [
        ("speaker 0", 0.5, "you idiot"),
        ("speaker 1", 1.1, "hey"),
        ("speaker 1", 9.0, "later"),
    ]


def test_a_piece_of_a_transcript_without_text_is_counted():
    document = {"segments": [{"text": "hello", "start": 1.0}, {"text": None, "start": 2.0}]}
    assert read(json.dumps(document), ".json")[1] == [
        TextRow("hello", 1, at=1.0),
        BadRow(2, "a piece of the transcript has no text."),
    ]


def test_a_json_array_keeps_its_lines_and_a_damaged_element_costs_one():
    array = '[\n {"speaker": "ann", "text": "hi"},\n {"text": oops},\n "you idiot"\n]\n'
    assert read(array, ".json")[1] == [
        TextRow("hi", 2, speaker="ann"),
        BadRow(3, "not a JSON object."),
        TextRow("you idiot", 4),
    ]
    assert read('[{"text": "a"}', ".json")[1][-1] == BadRow(1, "the JSON array is not closed.")
    # An array is no plain text, whatever the file is called.
    assert read(array)[0].form == "a JSON array"


def test_exports_of_chats_as_one_document():
    telegram = {
        "name": "x",
        "messages": [
            {"from": "Ann", "date": "2026-05-04T20:00:00", "text": ["you ", {"text": "idiot"}]},
            {"from": "Bo", "date": "2026-05-04T20:00:01", "text": "hi"},
        ],
    }
    assert said(json.dumps(telegram), ".json") == [
        ("Ann", 1777924800.0, "you idiot"),
        ("Bo", 1777924801.0, "hi"),
    ]
    discord = {"messages": [{"author": {"id": "7", "name": "ann"}, "content": "hi"}]}
    assert said(json.dumps(discord), ".json") == [("ann", 0, "hi")]


@pytest.mark.parametrize("content", ["{", "{}", "[", "[1]", '{"a": ' * 5_000, "[" * 100_000])
def test_json_that_says_nothing_is_named(content):
    rows = read(content, ".json")[1]
    assert rows
    assert {type(row) for row in rows} == {BadRow}
