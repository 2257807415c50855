"""``moderator-console store``: reads beside a console, and says that writes need it closed."""

import asyncio
import json
import sqlite3

import pytest

from console.__main__ import main
from console.audit import store_rows
from console.audit.check import check
from console.domain.audit import AuditEntry, AuditKind
from console.domain.item import Text
from console.store.store import Store
from tests.store.retention.conftest import item, judged


def run(home, *arguments):
    return main(["--home", str(home), "store", *map(str, arguments)])


def path_in(home):
    return home / "data" / "console.db"


def fill(home, many=30, words="a walrus"):
    async def work():
        path_in(home).parent.mkdir(exist_ok=True, parents=True)
        store = await Store.open(path_in(home))
        records = await store.use_app("key")
        await records.keep_items(
            [judged(item(n, "bob" if n % 2 else "ann", body=Text(words))) for n in range(many)]
        )
        await records.audit.add(AuditEntry(kind=AuditKind.SIGN_IN, at=1.0, by="mod"))
        while await records.search.index_step():
            pass
        await store.close()

    asyncio.run(work())


def beside_a_console(home, *arguments):
    """The exit code of a command while a console has the store open."""

    async def work():
        store = await Store.open(path_in(home))
        try:
            return await asyncio.to_thread(run, home, *arguments)
        finally:
            await store.close()

    return asyncio.run(work())


def counted(path, table="items"):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    finally:
        connection.close()


@pytest.fixture
def home(tmp_path):
    fill(tmp_path)
    return tmp_path


def test_a_check_says_what_there_is_while_a_console_runs(home, capsys):
    assert beside_a_console(home, "check", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["whole"], found["rows"]["items"], found["shrinks"]) == (True, 30, True)
    assert run(home, "check") == 0
    assert "It is whole." in capsys.readouterr().out


def test_a_check_finds_a_damaged_page(home, capsys):
    fill(home, 3_000, words="many words " * 30)
    connection = sqlite3.connect(path_in(home))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with path_in(home).open("r+b") as file:
        file.seek(path_in(home).stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096)
    assert run(home, "check", "--json") == 1
    told = capsys.readouterr()
    assert told.err or not json.loads(told.out)["whole"]


def test_a_copy_is_made_while_a_console_runs_and_put_back_when_it_is_closed(home, capsys, tmp_path):
    copy = tmp_path / "copy.db"
    assert beside_a_console(home, "backup", copy) == 0
    assert (counted(copy), oct(copy.stat().st_mode & 0o777)) == (30, "0o600")
    assert run(home, "backup", copy) == 1
    assert "already" in capsys.readouterr().err
    fill(home, 60)
    assert beside_a_console(home, "restore", copy) == 1
    assert "Close it first" in capsys.readouterr().err
    assert counted(path_in(home)) == 60
    assert run(home, "restore", copy) == 0
    assert counted(path_in(home)) == 30
    (kept,) = path_in(home).parent.glob("console.before-restore-*.db")
    assert counted(kept) == 60
    with store_rows.opened(path_in(home)) as connection:
        rows = list(store_rows.rows(connection))
    assert check(rows).intact
    assert json.loads(str(rows[-1].body))["kind"] == "restored"


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\0 and more"])
def test_what_is_no_store_is_not_put_in_its_place(home, tmp_path, capsys, content):
    other = tmp_path / "other.db"
    other.write_bytes(content)
    assert run(home, "restore", other) == 1
    assert counted(path_in(home)) == 30
    told = capsys.readouterr().err
    assert f"The copy {other} is damaged, or is no copy of a store: " in told
    assert told.endswith("The store is as it was. Restore another copy.\n")
    assert "Begin a new store" not in told


def test_advice_is_about_the_file_that_was_named(home, tmp_path, capsys):
    assert run(home, "backup", tmp_path / "nope" / "b.db") == 1
    assert capsys.readouterr().err.endswith("Name a folder that is there.\n")
    assert run(home, "restore", tmp_path / "nope.db") == 1
    told = capsys.readouterr().err
    assert "There is no copy at" in told
    assert "--home" not in told


def test_a_database_of_another_program_is_not_put_in_its_place(home, tmp_path, capsys):
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE birds (name)")
    connection.commit()
    connection.close()
    assert run(home, "restore", other) == 1
    assert "no store that this version knows" in capsys.readouterr().err


def test_it_is_compacted_only_when_it_is_closed(home, capsys):
    fill(home, 2_000, words="words " * 100)
    connection = sqlite3.connect(path_in(home))
    connection.execute("DELETE FROM items")
    connection.commit()
    connection.close()
    assert beside_a_console(home, "compact") == 1
    assert "Close it first" in capsys.readouterr().err
    before = path_in(home).stat().st_size
    assert run(home, "compact") == 0
    assert path_in(home).stat().st_size < before / 2


def test_a_person_is_erased_down_to_the_bytes(home, capsys):
    fill(home, 30, words="a zebra")  # other words of the same lines
    assert beside_a_console(home, "erase", "--user", "bob") == 1
    assert "Close it first" in capsys.readouterr().err
    assert run(home, "erase", "--user", "bob", "--preview", "--json") == 0
    assert json.loads(capsys.readouterr().out)["items"] == 15
    assert counted(path_in(home)) == 30
    assert run(home, "erase", "--user", "bob", "--json") == 0
    assert json.loads(capsys.readouterr().out)["items"] == 15
    assert counted(path_in(home)) == 15
    with store_rows.opened(path_in(home)) as connection:
        assert check(store_rows.rows(connection)).intact
    data = path_in(home).read_bytes()
    assert b"Bob" not in data


def test_what_would_go_is_read_while_a_console_runs(home, capsys):
    assert beside_a_console(home, "erase", "--user", "bob", "--preview", "--json") == 0
    assert json.loads(capsys.readouterr().out)["items"] == 15
    assert run(home, "erase", "--user", "bob", "--preview") == 0
    assert capsys.readouterr().out == "Would go of 'bob': 15 items.\n"
    assert (counted(path_in(home)), erased_rows(home)) == (30, [])


@pytest.mark.parametrize("more", [(), ("--preview",)])
def test_nobody_of_an_id_is_told_and_leaves_no_trace(home, capsys, more):
    for _ in range(2):
        assert run(home, "erase", "--user", "nobody", *more) == 1
        assert "Nobody of the id 'nobody' is in the store." in capsys.readouterr().err
    assert erased_rows(home) == []
    with pytest.raises(SystemExit, match="2"):
        run(home, "erase", "--user", " ", *more)
    assert "not empty" in capsys.readouterr().err


@pytest.mark.parametrize("more", [(), ("--preview",)])
def test_an_app_that_is_not_there_is_told_and_not_made(home, capsys, more):
    assert run(home, "erase", "--user", "bob", "--app", "other", *more) == 1
    assert "No app of the key 'other'" in capsys.readouterr().err
    assert counted(path_in(home), "apps") == 1


def test_no_store_is_told(tmp_path, capsys):
    for command in (
        ("check",),
        ("backup", tmp_path / "b"),
        ("compact",),
        ("erase", "--user", "ann"),
    ):
        assert run(tmp_path, *command) == 1
        assert "There is no store" in capsys.readouterr().err


def erased_rows(home):
    with store_rows.opened(path_in(home)) as connection:
        rows = list(store_rows.rows(connection))
    assert check(rows).intact
    return [row for row in rows if json.loads(str(row.body))["kind"] == "erased"]


def test_a_restored_copy_brings_no_erased_person_back(home, capsys, tmp_path):
    copy = tmp_path / "copy.db"
    assert run(home, "backup", copy) == 0
    assert run(home, "erase", "--user", "bob") == 0
    for _ in range(2):  # what was erased again is remembered, too
        capsys.readouterr()
        assert run(home, "restore", copy) == 0
        assert "1 person was erased after this copy was made" in capsys.readouterr().out
        assert counted(path_in(home)) == 15
        assert b"Bob" not in path_in(home).read_bytes()
        assert len(erased_rows(home)) == 1


def test_what_somebody_said_after_they_were_erased_is_restored(home, capsys, tmp_path):
    assert run(home, "erase", "--user", "bob") == 0
    fill(home)
    copy = tmp_path / "copy.db"
    assert run(home, "backup", copy) == 0
    assert run(home, "restore", copy) == 0
    assert counted(path_in(home)) == 30
    assert "erased" not in capsys.readouterr().out.splitlines()[-1]


def test_a_damaged_store_cannot_say_who_was_erased(home, capsys, tmp_path):
    copy = tmp_path / "copy.db"
    assert run(home, "backup", copy) == 0
    for end in ("", "-wal", "-shm"):
        path_in(home).with_name(f"console.db{end}").unlink(missing_ok=True)
    path_in(home).write_bytes(b"no database at all")
    assert run(home, "restore", copy) == 0
    assert "erase them again" in capsys.readouterr().out
    assert counted(path_in(home)) == 30
