"""``moderator-console audit``: exit codes, JSON, files that are none, and a store in use."""

import csv
import json
import shutil
import sqlite3

import keyring
import pytest

from console.__main__ import main
from console.audit.head_signatures import KEY_NAME
from console.base.secrets import SERVICE
from console.store.store import Store
from tests.audit import written_log


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "console.db"
    written_log.write(path)
    return path


@pytest.fixture
def home(written, tmp_path):
    (tmp_path / "data").mkdir()
    shutil.copy(written, tmp_path / "data" / "console.db")
    return tmp_path


def run(home, *arguments):
    return main(["--home", str(home), "audit", *map(str, arguments)])


def verified(home, capsys, *arguments):
    code = run(home, "verify", *arguments, "--json")
    return code, json.loads(capsys.readouterr().out)


def change(home, statement):
    connection = sqlite3.connect(home / "data" / "console.db")
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_the_store_is_intact_and_a_changed_one_is_not(home, capsys):
    code, found = verified(home, capsys)
    assert (code, found["rows"], found["intact"], found["first_bad"]) == (
        0,
        written_log.ROWS,
        True,
        None,
    )
    assert verified(home, capsys, "--store") == (code, found)
    change(home, "UPDATE audit SET body = replace(body, 'dark', 'pale')")
    code, found = verified(home, capsys)
    assert (code, found["intact"], found["first_bad"]) == (1, False, 7)
    assert run(home, "verify") == 1
    assert "NOT intact: row 7" in capsys.readouterr().out


def test_an_exported_log_is_checked_without_the_store(home, capsys, tmp_path):
    target = tmp_path / "log.jsonl"
    assert run(home, "export", target) == 0
    capsys.readouterr()
    assert verified(tmp_path / "nothing", capsys, target)[0] == 0
    target.write_bytes(target.read_bytes().replace(b"dark", b"pale"))
    assert verified(tmp_path / "nothing", capsys, target)[1]["first_bad"] == 7


@pytest.mark.parametrize("form", ["--csv", "--heads", None])
def test_what_is_no_exported_log_is_not_called_tampered(home, capsys, tmp_path, form):
    target = tmp_path / "log"
    if form:
        assert run(home, "export", target, form) == 0
    else:
        target.write_bytes(b"")
    assert run(home, "verify", target) == 2
    told = capsys.readouterr()
    assert "is not a JSON-lines export" in told.err
    assert told.out == ""


def test_a_first_line_that_was_changed_is_still_one_of_a_log(home, capsys, tmp_path):
    target = tmp_path / "log.jsonl"
    assert run(home, "export", target) == 0
    target.write_bytes(b"x" + target.read_bytes()[1:])
    assert run(home, "verify", target) == 1
    assert "NOT intact from its first line on." in capsys.readouterr().out


def test_a_cut_file_is_told_by_the_last_row_that_is_there(home, capsys, tmp_path):
    target = tmp_path / "log.jsonl"
    assert run(home, "export", target) == 0
    target.write_bytes(b"".join(target.read_bytes().splitlines(keepends=True)[:3]))
    assert run(home, "verify", target) == 1
    assert capsys.readouterr().out.startswith("NOT intact after row 3. The last line is missing")


def test_an_export_replaces_no_file(home, capsys, tmp_path):
    target = tmp_path / "log.jsonl"
    target.write_text("mine")
    for form in ((), ("--csv",), ("--heads",)):
        assert run(home, "export", target, *form) == 1
        assert "already" in capsys.readouterr().err
    assert target.read_text() == "mine"


def test_it_is_read_while_a_console_runs(home, capsys):
    async def meanwhile():
        store = await Store.open(home / "data" / "console.db")
        records = await store.use_app("key")
        before = verified(home, capsys)
        from console.domain.audit import AuditEntry, AuditKind

        await records.audit.add(AuditEntry(kind=AuditKind.EXPORT, at=1.0))
        after = verified(home, capsys)
        await store.close()
        return before, after

    import asyncio

    # In a thread of its own loop: pytest's own may be running.
    before, after = asyncio.run(meanwhile())
    assert (before[0], after[0]) == (0, 0)
    assert after[1]["rows"] == before[1]["rows"] + 1


def test_no_cell_of_the_csv_is_a_formula(home, capsys):
    assert run(home, "export", "--csv") == 0
    rows = list(csv.reader(capsys.readouterr().out.splitlines()))
    assert len(rows) == written_log.ROWS + 1
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)
    assert "'+log.csv" not in str(rows)  # behind its name, so harmless
    assert "file: +log.csv" in str(rows)
    assert "\u202e" not in str(rows)


def test_signatures_need_the_key_that_signed(home, capsys, monkeypatch):
    kept = {(SERVICE, KEY_NAME): written_log.KEY}

    class Ring(keyring.backend.KeyringBackend):
        priority = 1

        def get_password(self, service, name):
            return kept.get((service, name))

        def set_password(self, service, name, password):
            raise AssertionError

        def delete_password(self, service, name):
            raise AssertionError

    assert run(home, "verify", "--signatures") == 1
    assert "no key of a log" in capsys.readouterr().err
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    try:
        code, found = verified(home, capsys, "--signatures")
        assert (code, found["signed"]) == (0, 2)
    finally:
        keyring.set_keyring(before)


@pytest.mark.parametrize(
    "content", [b"", b"hello\n", b"SQLite format 3\0 and nothing more", b"{}\n"]
)
def test_what_is_no_log_is_told_and_never_a_traceback(tmp_path, capsys, content):
    path = tmp_path / "thing"
    path.write_bytes(content)
    assert run(tmp_path, "verify", path) == (1 if content.startswith(b"SQLite") else 2)
    told = capsys.readouterr()
    assert "is not a JSON-lines export" in told.err or "cannot be read" in told.err


def test_no_store_is_told(tmp_path, capsys):
    assert run(tmp_path, "verify") == 1
    assert run(tmp_path, "export") == 1
    assert "could not be read" in capsys.readouterr().err
