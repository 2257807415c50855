import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.csv_line import csv_line
from console.policy.inputs.texts import Asked, BadRow, TextRow, labels_in, read_texts


def rows(content, suffix, labels=""):
    asked = Asked(labels=labels)
    return list(read_texts(content.splitlines(keepends=True), suffix, asked).rows)


def test_plain_lines_without_empty_ones():
    assert rows("a\n\n b \r\n", ".txt") == [TextRow("a", 1), TextRow(" b ", 3)]


def test_csv_finds_its_text_column_and_labels():
    content = 'id,Message,tags\n1,"two\nlines",INSULT; SCAM\n2,fine,0\n3\n'
    assert rows(content, ".csv", "tags") == [
        TextRow("two\nlines", 3, ("INSULT", "SCAM")),
        TextRow("fine", 4, ()),
        BadRow(5, "the row ends before its text."),
    ]
    assert rows("text\tx\nhi\t1\n", ".TSV") == [TextRow("hi", 2)]


@pytest.mark.parametrize(
    ("content", "labels", "sentence"),
    [
        ("a,b\n1,2\n", "", "no column is called text, body,"),
        ("text\nx\n", "label", "no column is called “label”."),
        ('text\n"x"y\n', "", "not CSV: "),
        ("", "", "no column is called text, body,"),
    ],
)
def test_csv_that_cannot_be_read_is_named(content, labels, sentence):
    [bad] = rows(content, ".csv", labels)
    assert isinstance(bad, BadRow)
    assert bad.sentence.startswith(sentence)


def test_json_lines_of_all_sorts():
    content = (
        '{"text": "a", "label": ["X"], "language": "de"}\n'
        '"b"\n'
        '{"type": "speech", "speaker_id": "tom", "text": "c", "start_ts": 1500}\n'
        '{"type": "join"}\n'
        "\n"
        "{\n"
        "[1]\n"
        '{"other": 1}\n'
    )
    read = rows(content, ".jsonl", "label")
    assert read[:3] == [
        TextRow("a", 1, ("X",), "de"),
        TextRow("b", 2),
        TextRow("c", 3, (), "", "tom", "", 1.5),
    ]
    assert [(bad.line, bad.sentence[:8]) for bad in read[3:]] == [
        (6, "not a JS"),
        (7, "neither "),
        (8, "no key i"),
    ]


@pytest.mark.parametrize(
    ("cell", "labels"),
    [
        ("A; B,C", ("A", "B", "C")),
        ("keep", ()),
        (0, ()),
        (1, ("1",)),
        (None, ()),
        (["a", ""], ("a",)),
        (False, ()),
    ],
)
def test_labels_of_a_cell(cell, labels):
    assert labels_in(cell) == labels


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_spreadsheet_runs_nothing(cell):
    assert next(csv.reader([csv_line([cell])])) == [f"'{cell}"]


@given(st.text(), st.sampled_from([".csv", ".jsonl", ".txt", ".tsv"]))
def test_any_file_is_read_to_its_end(content, suffix):
    for row in rows(content, suffix):
        assert row.line >= 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, 0.0),
        ({"start_ts": 2500}, 2.5),
        ({"start_time": "12.5"}, 12.5),
        ({"at": "yesterday", "time": 3}, 3.0),
        ({"at": -1}, 0.0),
        ({"at": "inf"}, 0.0),
        ({"at": [1]}, 0.0),
    ],
)
def test_times_are_taken_where_they_are_numbers(row, expected):
    line = json.dumps({"text": "x", "call_cid": "default:one", **row})
    (found,) = read_texts([line], ".jsonl", Asked()).rows
    assert isinstance(found, TextRow)
    assert (found.at, found.call) == (expected, "default:one")


def test_labels_that_are_nowhere_are_said():
    assert rows("a\n", ".txt", "label") == [
        BadRow(1, "no column is called “label”: the file is read as plain lines, without columns."),
        TextRow("a", 1),
    ]
    assert rows('{"text": "a"}\n', ".jsonl", "lable") == [
        TextRow("a", 1, ()),
        BadRow(1, "no object has a key called “lable”."),
    ]


def test_damaged_rows_cost_no_other():
    content = 'text,label\nfirst,1\n"x"y,0\nsecond,1\n"open,1\nthird,0\n"fi\nne",1\n'
    assert rows(content, ".csv", "label") == [
        TextRow("first", 2, ("1",)),
        BadRow(3, "not CSV: ',' expected after '\"'."),
        TextRow("second", 4, ("1",)),
        BadRow(5, "not CSV: ',' expected after '\"'."),
        TextRow("third", 6, ()),
        TextRow("fi\nne", 8, ("1",)),
    ]


def test_a_quote_that_is_never_closed_costs_one_row():
    assert rows('text\na\n"b\nc\nd\n', ".csv") == [
        TextRow("a", 2),
        BadRow(3, "not CSV: unexpected end of data."),
        TextRow("c", 4),
        TextRow("d", 5),
    ]
    many = "text\n" + '"b\n' + "c\n" * 1_000
    bad, *rest = rows(many, ".csv")
    assert bad == BadRow(2, "not CSV: a quote is not closed within 200 lines.")
    assert [(row.text, row.line) for row in rest] == [("c", line) for line in range(3, 1_003)]


def test_a_number_of_too_many_digits_is_a_bad_row():
    assert rows('{"text": "a", "n": ' + "9" * 5_000 + '}\n"b"\n', ".jsonl") == [
        BadRow(1, "not a JSON object on one line."),
        TextRow("b", 2),
    ]
    huge = '{"text": "a", "at": ' + "9" * 400 + "}\n"
    assert rows(huge, ".jsonl") == [TextRow("a", 1)]


def test_the_beginning_of_a_transcript_is_a_time():
    assert rows('{"text": "a", "start_ts": 0}\n', ".jsonl") == [TextRow("a", 1, at=0.001)]


@given(st.lists(st.text('ab",\n\r;', max_size=8), max_size=30))
def test_any_csv_comes_to_an_end_and_names_each_line_once(lines):
    content = "text,label\n" + "\n".join(lines)
    read = rows(content, ".csv")
    starts = [row.line for row in read]
    assert starts == sorted(set(starts))
    assert all(1 <= line <= content.count("\n") + content.count("\r") + 1 for line in starts)


SAID = {
    "text": "hello",
    "speaker_id": "ann",
    "start_time": "2026-01-02T03:04:05.250000000Z",
    "end_time": "2026-01-02T03:04:06Z",
    "language": "en",
}
CAPTION = {"type": "call.closed_caption", "call_cid": "default:a", "closed_caption": SAID}


def recorded(*rows):
    return list(read_texts([json.dumps(row) for row in rows], ".jsonl", Asked()).rows)


def test_saved_events_hold_their_captions_and_nothing_else():
    other = {"type": "call.session_started", "call_cid": "default:a", "content": "no caption"}
    [row] = recorded(other, CAPTION, CAPTION)
    assert row == TextRow("hello", 2, None, "en", "ann", "default:a", 1767323045.25)


def test_a_tape_holds_each_caption_once_for_all_sockets():
    sent = [{"type": "sent", "at": 1.0, "socket": at, "text": json.dumps(CAPTION)} for at in (1, 2)]
    answer = {"type": "answer", "at": 0.5, "method": "GET", "path": "/", "content": "{}"}
    rows = recorded({"type": "opened", "at": 0.1, "socket": 1, "path": "/"}, answer, *sent)
    assert [(row.text, row.line) for row in rows] == [("hello", 3)]


def test_a_revised_caption_is_another_text():
    later = {**CAPTION, "closed_caption": {**SAID, "text": "hello all"}}
    assert [row.text for row in recorded(CAPTION, later)] == ["hello", "hello all"]


def test_a_damaged_event_is_named_and_the_rest_goes_on():
    torn = {"type": "sent", "at": 1.0, "socket": 1, "text": "{"}
    mute = {**CAPTION, "closed_caption": {"speaker_id": "ann"}}
    assert recorded(torn, mute, CAPTION)[:2] == [
        BadRow(1, "the recorded event is no JSON object."),
        BadRow(2, "the caption has no text."),
    ]


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nhi\n", ".vtt"),
        ("1\n00:00:01,000 --> 00:00:02,000\nhi\n", ".srt"),
        ("hi\n", ".txt"),
    ],
)
@pytest.mark.parametrize("what", ["text", "speaker", "time", "labels"])
def test_columns_of_a_format_without_columns_are_said_to_be_nowhere(text, suffix, what):
    found = list(read_texts(text.splitlines(True), suffix, Asked(**{what: "nosuch"})).rows)
    assert isinstance(found[0], BadRow)
    assert "no column is called “nosuch”: the file is read as" in found[0].sentence
    assert [row.text for row in found[1:] if isinstance(row, TextRow)] == ["hi"]


@pytest.mark.parametrize("text", ["", "text"])
@pytest.mark.parametrize("what", ["speaker", "time", "labels"])
@pytest.mark.parametrize(
    ("data", "suffix"), [("text,a\nhi,b\n", ".csv"), ('{"text": "hi", "a": "b"}\n', ".jsonl")]
)
def test_the_column_of_the_texts_can_hold_nothing_else(data, suffix, what, text):
    (found,) = read_texts([*data.splitlines(True)], suffix, Asked(text, **{what: "text"})).rows
    assert isinstance(found, BadRow)
    assert found.sentence.startswith("the column “text” holds the texts, so it cannot hold the")
