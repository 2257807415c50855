import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.csv_line import csv_line
from console.policy.texts import BadRow, TextRow, labels_in, read_texts


def rows(content, suffix, labels=""):
    return list(read_texts(content.splitlines(keepends=True), suffix, labels))


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
    (found,) = read_texts([line], ".jsonl")
    assert isinstance(found, TextRow)
    assert (found.at, found.call) == (expected, "default:one")
