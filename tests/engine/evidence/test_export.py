"""Evidence as files: a page that runs nothing, the data, pictures, hashes that find a change."""

import csv
import io
import json
import re
import zipfile

import msgspec
import pytest
from msgspec.structs import replace

from console.__main__ import main
from console.base.errors import WorldError
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.evidence import Earlier, Evidence, EvidenceLine, KeyFrame, PolicyFacts
from console.domain.item import AVATAR, FRAME, NAME, Item, Name, Picture, Text
from console.domain.redaction import Redactor
from console.domain.verdict import JudgedItem, Source, Verdict
from console.engine.evidence.files import Whole, files_of
from console.engine.evidence.verifying import verify
from console.engine.evidence.writing import ExportCancelled, write_folder, write_zip
from console.store.store import Store

EVIL = '<script>alert(1)</script>\u202e\n=HYPERLINK("http://x") <img src=x onerror=1>'
NOW = 1_800_000_000.0
JPEG, HIDDEN = "c" * 64, "d" * 64


def line(key, who, name, text, at, **fields):
    item = Item(
        item_id=key,
        kind="caption",
        cid="default:hall",
        session_id="s1",
        author_id=who,
        author_name=name,
        body=Text(text),
        start_time=at,
        end_time=at,
        received_at=at,
    )
    verdict = Verdict(item_id=key, source=Source.LOCAL, action="flag", labels=("INSULT",), why=name)
    return EvidenceLine(JudgedItem(item, (verdict,)), **fields)


@pytest.fixture
def evidence():
    act = Act(
        act_id="act-1",
        kind="kick",
        cid="default:hall",
        session_id="s1",
        call_name="Hall",
        requested_at=NOW,
        user_ids=("dorian-7",),
        names=("Dorian Pike",),
        by="mod-anna",
        reason="Dorian insulted Marguerite",
    )
    lines = (
        line("u1", "marguerite", "Marguerite Osei", "Dorian Pike, please stop.", NOW - 9),
        line("u2", "dorian-7", "Dorian Pike", EVIL, NOW - 5, theirs=True, subject=True),
        line(
            "u3",
            "dorian-7",
            "Dorian Pike",
            "Write me: dorian@example.org, +49 170 1234567, 12 Baker Street, id 9f8e7d6c5b4a39281",
            NOW - 3,
            theirs=True,
        ),
    )
    frames = (
        KeyFrame(JPEG, "f1", NOW - 2, kept=True, withheld=False),
        KeyFrame(HIDDEN, "f2", NOW - 1, kept=False, withheld=True),
    )
    return Evidence(
        act=act,
        frozen_at=NOW + 1,
        console="desk-3",
        policy=PolicyFacts("default", "e" * 64),
        lines=lines,
        pictures=frames,
    )


@pytest.fixture
def whole(evidence):
    return Whole(evidence, msgspec.json.encode(evidence), {JPEG: b"\xff\xd8picture"})


def test_the_page_runs_nothing_and_shows_deceiving_marks(whole):
    page = files_of(whole, redacted=False, made_at=NOW)["page.html"].decode()
    assert "<script" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;⟦RLO⟧" in page
    assert "default-src &#x27;none&#x27;" in page
    assert not re.search(r"\son\w+\s*=\s*['\"]", page)
    assert f"media/{JPEG}.jpg" in page
    assert f"SHA-256 {HIDDEN} · shown to nobody" in page


def test_a_spreadsheet_runs_no_cell(whole):
    rows = list(
        csv.reader(io.StringIO(files_of(whole, redacted=False, made_at=NOW)["lines.csv"].decode()))
    )
    assert [row[4] for row in rows[1:]] == ["around", "answered", "theirs"]
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)


def test_the_json_is_byte_by_byte_what_is_kept_and_reads_back(whole, evidence):
    files = files_of(whole, redacted=False, made_at=NOW)
    assert files["evidence.json"] == whole.body
    assert msgspec.json.decode(files["evidence.json"], type=Evidence) == evidence


def test_the_redacted_form_has_pseudonyms_that_stay_and_no_personal_data(whole, evidence):
    files = files_of(whole, redacted=True, made_at=NOW)
    everything = "\n".join(data.decode() for data in files.values())
    for secret in (
        "Dorian", "Pike", "Marguerite", "Osei", "dorian-7", "mod-anna", "example.org", "1234567",
        "Baker", "9f8e7d6c5b4a39281", "desk-3", "default:hall",
    ):  # fmt: skip
        assert secret.casefold() not in everything.casefold(), secret
    told = msgspec.json.decode(files["evidence.json"], type=Evidence)
    assert told.act.user_ids == ("Person 1",)
    assert told.act.by == "Moderator 1"
    assert told.act.reason == "Person 1 insulted Person 2"
    assert [each.line.item.author_name for each in told.lines] == [
        "Person 2",
        "Person 1",
        "Person 1",
    ]
    assert told.lines[0].line.item.text == "Person 1, please stop."
    assert told.lines[2].line.item.text == "Write me: [email], [phone number], [address], id [id]"
    assert not any(name.startswith("media/") for name in files)
    assert told.left_out.pictures == 2


def shown(key, who, name, kind, body, *earlier):
    each = line(key, who, name, "", NOW - 1)
    item = replace(each.line.item, kind=kind, body=body)
    before = tuple(Earlier(one, NOW - 2) for one in earlier)
    return replace(each, line=JudgedItem(item, ()), earlier=before)


def test_the_redacted_form_holds_no_name_in_whatever_kind_of_line_it_stands(evidence):
    added = (
        shown(
            "n1", "cass-3", "Stupid_Idiot_88", NAME, Name("Stupid_Idiot_88"), Name("Cassia Lund")
        ),
        shown("n2", "om", "OM", NAME, Name("OM", like="Olive Marsh", like_role="host")),
        shown("p1", "cass-3", "Stupid_Idiot_88", AVATAR, Picture(picture_id=JPEG, text="CL")),
        shown("p2", "om", "OM", FRAME, Picture(picture_id=JPEG, track="video", text="OM")),
        shown("p3", "om", "OM", FRAME, Picture(track="screenshare", text="Pay Cassia Lund")),
    )
    evidence = replace(evidence, lines=(*evidence.lines, *added))
    files = files_of(Whole(evidence, msgspec.json.encode(evidence), {}), redacted=True, made_at=NOW)
    everything = "\n".join(data.decode() for data in files.values())
    for secret in ("Stupid_Idiot_88", "Cassia", "Lund", "Olive", "Marsh", "OM", "CL"):
        assert not re.search(rf"\b{secret}\b", everything), secret
    told = msgspec.json.decode(files["evidence.json"], type=Evidence).lines[-5:]
    assert told[0].line.item.body == Name("Person 3")
    assert told[0].earlier[0].body == Name("Person 3")
    assert [each.line.item.author_name for each in told] == [
        "Person 3", "Person 4", "Person 3", "Person 4", "Person 4",
    ]  # fmt: skip
    assert [each.line.item.text for each in told[2:]] == ["[text]", "[text]", "Pay Person 3"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The front desk moves to Harbor Street", "The front desk moves to Harbor Street"),
        ("A city rebate for your city", "A city rebate for your city"),
        ("Ask the city rebate desk now", "Ask the Person 3 now"),
        ("I am from Rebate, says CITY", "I am from Person 3, says Person 3"),
        ("so said dorian pike, and Pike again", "so said Person 1, and Person 1 again"),
        ("will you mark that, Mark?", "will you mark that, Person 4?"),
        ("Will said it", "Person 5 said it"),
        ("DORIAN-7 and mod-anna", "Person 1 and Moderator 1"),
    ],
)
def test_words_that_are_part_of_a_name_stay_where_they_are_words(evidence, said, told):
    added = (
        line("u4", "desk-9", "City Rebate Desk", said, NOW - 2),
        line("u5", "mark-1", "Mark", "hello", NOW - 2),
        line("u6", "u-16", "will stone", "hello", NOW - 2),
    )
    redactor = Redactor(replace(evidence, lines=(*evidence.lines, *added)))
    assert redactor.text(said) == told


def found_wrong(folder):
    try:
        return verify(folder).wrong
    except WorldError as error:
        return (error.sentence,)


def test_a_single_changed_byte_anywhere_is_found(whole, tmp_path):
    files = files_of(whole, redacted=False, made_at=NOW)
    folder = write_folder(files, tmp_path / "export")
    assert verify(folder).wrong == ()
    for name in files:
        path, data = folder / name, (folder / name).read_bytes()
        for at in (0, len(data) // 2, len(data) - 1):
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            assert found_wrong(folder), (name, at)
        path.write_bytes(data)
    (folder / "more.txt").write_text("x")
    assert verify(folder).wrong == ("more.txt is not in the manifest.",)
    (folder / "more.txt").unlink()
    (folder / "page.html").unlink()
    assert verify(folder).wrong == ("page.html is missing.",)


def test_a_zip_holds_the_same_and_a_changed_byte_is_found(whole, tmp_path):
    files = files_of(whole, redacted=False, made_at=NOW)
    to = write_zip(files, tmp_path / "export.zip")
    with zipfile.ZipFile(to) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    assert verify(to).wrong == ()
    data = bytearray(to.read_bytes())
    at = data.find(b"evidence.json") + 40
    data[at] ^= 1
    to.write_bytes(data)
    assert found_wrong(to)


def test_nothing_is_overwritten_and_a_cancelled_export_leaves_nothing(whole, tmp_path):
    files = files_of(whole, redacted=False, made_at=NOW)
    told = []
    write_folder(files, tmp_path / "one", lambda done, of: told.append((done, of)))
    assert told[-1] == (len(files), len(files))
    with pytest.raises(WorldError, match="exists already"):
        write_folder(files, tmp_path / "one")
    write_zip(files, tmp_path / "one.zip")
    with pytest.raises(WorldError, match="exists already"):
        write_zip(files, tmp_path / "one.zip")
    for write, name in ((write_folder, "two"), (write_zip, "two.zip")):
        with pytest.raises(ExportCancelled):
            write(files, tmp_path / name, cancelled=lambda: True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "one.zip"]


@pytest.fixture
async def home(tmp_path, evidence):
    """A home whose store a console owns while commands run beside it."""
    store = await Store.open(tmp_path / "data" / "console.db")
    records = await store.use_app("key")
    await records.add_act(evidence.act, Receipt(act_id="act-1", state=ReceiptState.SEEN))
    await records.evidence.keep(evidence, {JPEG: b"\xff\xd8picture"})
    yield tmp_path
    await store.close()


def run(home, capsys, *arguments):
    code = main(["--home", str(home), "evidence", *map(str, arguments)])
    return code, capsys.readouterr()


async def test_the_command_line_lists_exports_and_verifies_beside_a_console(home, capsys):
    code, told = run(home, capsys, "list", "--json")
    (found,) = map(json.loads, told.out.splitlines())
    assert (code, found["id"], found["act"], found["who"]) == (0, "act-1", "kick", ["Dorian Pike"])
    code, told = run(home, capsys, "export", "act-1", "--to", home / "out")
    assert (code, told.out.strip()) == (0, str(home / "out"))
    assert run(home, capsys, "verify", home / "out")[0] == 0
    code, told = run(home, capsys, "export", "act-1", "--to", home / "out")
    assert code == 2
    assert "exists already" in told.err
    assert run(home, capsys, "export", "act-1", "--to", home / "r.zip", "--redacted")[0] == 0
    (home / "out" / "lines.csv").write_text("changed")
    code, told = run(home, capsys, "verify", home / "out", "--json")
    assert (code, json.loads(told.out)["wrong"]) == (1, ["lines.csv was changed."])
    code, told = run(home, capsys, "export", "none", "--to", home / "x")
    assert code == 2
    assert "no evidence with the id none" in told.err
