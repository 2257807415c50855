"""Tables as spreadsheets and data sets hold them: signs between columns, names, times."""

import pytest

from console.policy.inputs.texts import Asked, BadRow, TextRow, read_texts
from console.policy.inputs.times import seconds_of, time_form


def read(content, suffix=".csv", **asked):
    found = read_texts(content.splitlines(keepends=True), suffix, Asked(**asked))
    return found.understood, list(found.rows)


@pytest.mark.parametrize("suffix", [".csv", ".txt", ""])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_between_columns_is_found(sign, suffix):
    content = f'speaker{sign}text{sign}label\nanna{sign}"you{sign} idiot"{sign}INSULT\n'
    understood, rows = read(content, suffix, labels="label")
    assert rows == [TextRow(f"you{sign} idiot", 2, ("INSULT",), speaker="anna")]
    assert (understood.text, understood.speaker) == ("text", "speaker")


def test_a_line_sep_names_the_sign():
    understood, rows = read("sep=;\nspeaker;text\nanna;a, b\nben;\n")
    assert rows == [TextRow("a, b", 3, speaker="anna"), TextRow("", 4, speaker="ben")]
    assert "“;”" in understood.form


@pytest.mark.parametrize(
    ("head", "text", "speaker", "time"),
    [
        ("case_id,functionality,test_case,label_gold", "test_case", "", ""),
        ("Speaker,Transcript", "Transcript", "Speaker", ""),
        ("Start Time,Speaker Name,Message Body", "Message Body", "Speaker Name", "Start Time"),
        ("id,author,tweet,created_at", "tweet", "author", "created_at"),
        ("user_name,COMMENT,Time (UTC)", "COMMENT", "user_name", "Time (UTC)"),
    ],
)
def test_well_known_names_are_known(head, text, speaker, time):
    cells = ",".join("2026-05-04T20:00:00" for _ in head.split(","))
    understood, rows = read(f"{head}\n{cells}\n")
    assert (understood.text, understood.speaker, understood.time) == (text, speaker, time)
    assert isinstance(rows[0], TextRow)


def test_columns_that_are_asked_for_are_used_and_those_that_are_not_there_are_named():
    content = "text,reply,who,then\nold,you idiot,bo,5\n"
    _, rows = read(content, text="reply", speaker="who", time="then")
    assert rows == [TextRow("you idiot", 2, speaker="bo", at=5.0)]
    _, rows = read(content, speaker="nobody")
    assert rows == [
        BadRow(1, "no column is called “nobody”. There are “text”, “reply”, “who”, “then”.")
    ]


def test_keys_of_objects_can_be_asked_for():
    line = '{"reply": "you idiot", "from": {"name": "bo"}, "text": "other"}\n'
    _, rows = read(line, ".jsonl", text="reply")
    assert rows == [TextRow("you idiot", 1, speaker="bo")]


def test_a_large_cell_costs_nothing():
    text = "idiot " * 40_000
    assert [row.text for row in read(f'text\n"{text}"\nnext\n')[1]] == [text, "next"]


@pytest.mark.parametrize(
    ("name", "values", "form", "gaps"),
    [
        ("time", ["2026-05-04T20:00:00+00:00", "2026-05-04T20:00:00.500Z"], "ISO 8601", 0.5),
        ("time", ["2026-05-04 20:00:00", "2026-05-04 20:00:02 UTC"], "ISO 8601", 2.0),
        ("time", ["1777924800000", "1777924800500"], "milliseconds since 1970", 0.5),
        ("time", [1777924800.0, 1777924801.5], "seconds since 1970", 1.5),
        ("time", [1777924800000000, 1777924800250000], "microseconds since 1970", 0.25),
        ("time", [1777924800000000000, 1777924801000000000], "nanoseconds since 1970", 1.0),
        ("start", ["0.5", "61"], "seconds", 60.5),
        ("start_ms", [500, 61000], "milliseconds since the beginning", 60.5),
        ("start_ts", [1000, 2500], "milliseconds since the beginning", 1.5),
        ("at", ["00:00:05,790", "00:01:06,290"], "clock", 60.5),
        ("at", ["0:05", "1:02"], "clock", 57.0),
        ("at", ["[00:00:05]", "[00:01:00]"], "clock", 55.0),
        ("at", ["11:59:59 PM", "11:59:59.5 PM"], "clock", 0.5),
        ("date", ["05/04/2026 20:00", "05/13/2026 20:00"], "dates, month first", 9 * 86_400.0),
        ("date", ["04.05.2026 20:00:00", "05.05.2026 20:00:01"], "dates", 86_401.0),
        ("date", ["2026/05/04 8:00 PM", "2026/05/04 8:01 PM"], "dates", 60.0),
        (
            "created_at",
            ["Mon, 04 May 2026 20:00:00 +0000", "Mon, 04 May 2026 20:00:03 +0000"],
            "dates as in mail",
            3.0,
        ),
    ],
)
def test_times_are_understood(name, values, form, gaps):
    found = time_form(name, values)
    assert found is not None
    assert found.name == form
    first, second = (seconds_of(found, value) for value in values)
    assert second - first == pytest.approx(gaps, abs=1e-3)
    assert first > 0


@pytest.mark.parametrize("values", [["yesterday", "soon"], ["", None], [], [[1], {}], [True]])
def test_what_is_no_time_is_none(values):
    assert time_form("time", values) is None


@pytest.mark.parametrize("value", ["inf", "nan", "-1", "9" * 400, "99:99:99:99", -1, 10**400])
def test_an_odd_time_is_no_time(value):
    form = time_form("time", ["1.5", "2.5", "3"])
    assert seconds_of(form, value) == 0.0


def test_the_beginning_is_a_time():
    assert seconds_of(time_form("at", ["0:00", "0:05"]), "0:00") > 0


def test_cells_beyond_the_last_column_are_never_lost():
    assert read("who,text\nann,fine, idiot\nbo,hi,,\n")[1] == [
        TextRow("fine, idiot", 2, speaker="ann"),
        TextRow("hi", 3, speaker="bo"),
    ]
    assert read("text,who\nfine, idiot,ann\nhi,bo\n", speaker="who")[1] == [
        BadRow(2, "the row has more cells than the table has columns."),
        TextRow("hi", 3, speaker="bo"),
    ]
