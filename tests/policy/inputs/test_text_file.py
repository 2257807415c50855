"""Files of texts on disk: their encodings, workbooks, and what is no file of texts."""

import os
import random
import sys
import tempfile
import threading
import zipfile
from encodings.aliases import aliases
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.errors import WorldError
from console.policy.inputs.texts import Asked, BadRow, TextFile, TextRow

ROWS = 'speaker,text,label\nanna,"dú eres estúpido",INSULT\nben,"Tschüß – bis morgen",\n'


def read(tmp_path, data, name="t.csv", **asked):
    path = tmp_path / name
    path.write_bytes(data)
    file = TextFile(path, Asked(**asked))
    return file.understood, list(file)


@pytest.mark.parametrize(
    ("codec", "mark", "said"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8-sig", b"", "UTF-8 with a byte order mark"),
        ("utf-16", b"", "UTF-16 with a byte order mark"),
        ("utf-16-be", b"\xfe\xff", "UTF-16 with a byte order mark"),
        ("utf-16-le", b"", "UTF-16, little end first, without a byte order mark"),
        ("utf-16-be", b"", "UTF-16, big end first, without a byte order mark"),
        ("utf-32", b"", "UTF-32 with a byte order mark"),
        ("cp1252", b"", "Windows-1252 (guessed)"),
    ],
)
@pytest.mark.parametrize("name", ["t.csv", "t.txt"])
def test_encodings_are_found_and_said(tmp_path, codec, mark, said, name):
    understood, rows = read(tmp_path, mark + ROWS.encode(codec), name)
    assert understood.encoding == said
    assert [(row.speaker, row.text) for row in rows] == [
        ("anna", "dú eres estúpido"),
        ("ben", "Tschüß – bis morgen"),
    ]


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1252", "Schöne Grüße, señor, c’est très bien"),
        ("cp1250", "Dobré ráno, příšerně žluťoučký kůň"),
        ("cp1251", "Доброе утро всем, начинаем урок"),
        ("cp1253", "Καλημέρα σε όλους, είσαι ηλίθιος"),
        ("cp1256", "صباح الخير للجميع أنت أحمق"),
        ("shift_jis", "おはようございます、あなたは馬鹿です"),
        ("gb18030", "大家早上好,你是个白痴"),
        ("cp949", "안녕하세요 여러분 너는 바보야"),
    ],
)
def test_encodings_of_before_unicode_are_guessed(tmp_path, codec, text):
    understood, rows = read(tmp_path, text.encode(codec), "t.txt")
    assert [row.text for row in rows] == [text]
    assert understood.encoding.endswith("(guessed)")


def test_an_encoding_that_is_asked_for_is_used(tmp_path):
    understood, rows = read(tmp_path, "text\nmañana\n".encode("cp850"), encoding="cp850")
    assert [row.text for row in rows] == ["mañana"]
    assert understood.encoding == "cp850 (as asked)"


@pytest.mark.parametrize(
    "name",
    [
        *("no-such", "base64", "rot13", "\0", "idna", "punycode", "undefined", "hex", "zlib"),
        *("unicode_escape", "raw_unicode_escape", "utf-7", "a" * 5_000, "ü", "\ud800"),
    ],
)
def test_what_is_no_encoding_of_texts_is_refused(tmp_path, name):
    with pytest.raises(WorldError, match="is no encoding of texts"):
        read(tmp_path, b"text\n\xff\n", encoding=name)


@pytest.mark.parametrize("name", ["utf-16", "utf-32", "UTF16", "U32"])
def test_wide_text_that_is_asked_for_needs_a_mark_or_its_zeros(tmp_path, name):
    with pytest.raises(WorldError, match="it begins with no byte order mark"):
        read(tmp_path, ROWS.encode("cp1252"), encoding=name)
    _, rows = read(tmp_path, ROWS.encode(name), encoding=name)
    assert [row.speaker for row in rows] == ["anna", "ben"]


def test_utf16_that_is_asked_for_may_lack_its_mark(tmp_path):
    understood, rows = read(tmp_path, ROWS.encode("utf-16-be"), encoding="utf-16")
    assert [row.speaker for row in rows] == ["anna", "ben"]
    assert understood.encoding == "UTF-16 (as asked)"


@pytest.mark.parametrize(
    "codec", sorted({*aliases.values(), "utf_8_sig", "cp65001", "cp720", "koi8_u"})
)
def test_any_encoding_that_is_named_reads_or_is_refused(tmp_path, codec):
    data = b"text\n" + bytes(range(256)) * 3
    refused = False
    try:
        _, rows = read(tmp_path, data, "t.txt", encoding=codec)
    except WorldError:
        refused = True
    assert refused or rows


@pytest.mark.parametrize(
    ("encoding", "said", "name"),
    [
        ("utf-8", "UTF-8 with 2 damaged places (as asked)", "UTF-8"),
        ("ascii", "ASCII with 2 damaged places (as asked)", "ASCII"),
        ("cp1253", "Windows-1253 with 2 damaged places (as asked)", "Windows-1253"),
        ("shift_jis", "Shift JIS with 2 damaged places (as asked)", "Shift JIS"),
    ],
)
def test_bytes_that_do_not_fit_the_encoding_asked_for_are_counted(tmp_path, encoding, said, name):
    data = b"text\r\nfine\r\nidi\xff\r\n\xd2\r\n"
    if encoding == "shift_jis":
        data = data.replace(b"\xd2", b"\xfe")
    understood, rows = read(tmp_path, data, encoding=encoding)
    bad = [row for row in rows if isinstance(row, BadRow)]
    assert understood.encoding == said
    assert bad == [
        BadRow(line, f"bytes that are not {name} were replaced by marks.") for line in (3, 4)
    ]
    assert len(rows) == len(bad) + 3


def test_a_mark_at_the_beginning_is_no_part_of_the_first_column(tmp_path):
    for codec, encoding in (("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le")):
        understood, _ = read(tmp_path, ROWS.encode(codec), text="text", encoding=encoding)
        assert understood.columns[0] == "speaker"


def test_bytes_by_chance_are_no_text(tmp_path):
    chance = random.Random(1)
    for data in (chance.randbytes(4_000), bytes(4_000), b"MZ" + chance.randbytes(4_000)):
        with pytest.raises(WorldError, match="holds no text"):
            read(tmp_path, data, "t.bin")


def test_damaged_utf8_is_read_and_its_places_are_counted(tmp_path):
    data = "text\nschön schön schön\n".encode() + b"idi\xffot\n" + "größer\n".encode()
    understood, rows = read(tmp_path, data)
    assert understood.encoding == "UTF-8 with 1 damaged place"
    assert rows == [
        BadRow(3, "bytes that are not UTF-8 were replaced by marks."),
        TextRow("schön schön schön", 2),
        TextRow("idi\ufffdot", 3),
        TextRow("größer", 4),
    ]


def test_a_stray_nul_makes_no_utf16(tmp_path):
    understood, rows = read(tmp_path, b"you id\0iot\nfine\n", "t.txt")
    assert understood.encoding == "UTF-8"
    assert [row.text for row in rows] == ["you id\0iot", "fine"]


def workbook(rows):
    """A small XLSX file, as its format asks for it."""
    cells = "".join(
        f'<row r="{r}">'
        + "".join(
            f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for c, cell in enumerate(row)
        )
        + "</row>"
        for r, row in enumerate(rows, 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Chat" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
        "</worksheet>",
    }


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
def test_a_workbook_is_a_table(tmp_path, name):
    packed = tmp_path / "book"
    with zipfile.ZipFile(packed, "w") as file:
        for inner, content in workbook(
            [["Chat of May"], ["speaker", "text", "time"], ["ann", "you idiot", "0:05"]]
        ).items():
            file.writestr(inner, content)
    understood, rows = read(tmp_path, packed.read_bytes(), name)
    assert understood.form == "the sheet “Chat” of a workbook"
    assert rows == [TextRow("you idiot", 3, speaker="ann", at=5.0)]


def test_a_word_document_is_no_workbook(tmp_path):
    packed = tmp_path / "p"
    for inner, what in (("word/document.xml", "a Word document"), ("a.txt", "a packed folder")):
        with zipfile.ZipFile(packed, "w") as file:
            file.writestr(inner, "x")
        with pytest.raises(WorldError, match=f"The file is {what}, not a workbook"):
            read(tmp_path, packed.read_bytes(), "t.docx")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 no workbook", "The workbook could not be read"),
        (b"%PDF-1.7 ...", "it is a PDF"),
        (b"\x1f\x8b\x08 ...", "it is packed with gzip"),
    ],
)
def test_what_holds_no_text_is_refused_with_a_sentence(tmp_path, data, said):
    with pytest.raises(WorldError, match=said):
        read(tmp_path, data, "t.txt")


def test_parquet_without_its_library_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # as where it is not installed
    with pytest.raises(WorldError) as refused:
        read(tmp_path, b"PAR1", "t.parquet")
    assert "pip install 'moderator-console[parquet]'" in str(refused.value)


def test_folders_devices_and_pipes_are_no_files(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, what in ((tmp_path, "folder"), ("/dev/zero", "device"), (pipe, "pipe")):
        with pytest.raises(WorldError, match=f"it is a {what}, not a file"):
            TextFile(Path(path))
    with pytest.raises(WorldError, match="No such file or directory"):
        TextFile(tmp_path / "gone")
    with pytest.raises(WorldError, match="is no name of a file"):
        TextFile(tmp_path / "a\0b")


def test_a_pipe_is_read_where_the_shell_gives_one():
    reading, writing = os.pipe()
    os.write(writing, b"you idiot\nfine\n")
    threading.Thread(target=os.close, args=[writing]).start()
    try:
        rows = list(TextFile(Path(f"/dev/fd/{reading}"), pipes=True))
    finally:
        os.close(reading)
    assert rows == [TextRow("you idiot", 1), TextRow("fine", 2)]


_PIECES = [
    *("WEBVTT", "00:01.000 --> 00:02.000", "<v Ann>", "{", "[", '{"text": "a"}', '"', ",", ";"),
    *("text", "speaker,text", "sep=;", "Ann: hi", "[20:01] <ann> hi", "Ann  0:05", "1", "\t"),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\0",
        "\ufeff",
        "é",
        "\ud800",
        "\u2028",
        "NOTE",
        "-->",
        '{"segments": [',
    ),
]


@given(
    st.lists(st.sampled_from(_PIECES) | st.text(max_size=4), max_size=30),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
    st.sampled_from([".csv", ".jsonl", ".json", ".txt", ".vtt", ".srt", ".log", ""]),
)
def test_any_file_is_read_to_its_end_and_every_row_has_a_place(pieces, codec, suffix):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"t{suffix}")
        path.write_bytes("".join(pieces).encode(codec, "replace"))
        for row in TextFile(path):
            assert row.line >= 1
            assert isinstance(row, TextRow | BadRow)
