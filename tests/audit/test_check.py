"""One changed byte, one row less, more or elsewhere: each is found, in the store and in a file."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.audit import export, store_rows
from console.audit.check import check
from console.audit.heads import head_of, read_heads
from console.audit.line_rows import rows_in
from tests.audit import written_log


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "console.db"
    written_log.write(path)
    return path


@pytest.fixture(scope="module")
def lines(store):
    path = store.with_name("log.jsonl")
    written: list[str] = []
    with store_rows.opened(store) as connection:
        export.as_lines(connection, written.append)
    path.write_text("".join(written), encoding="ascii")
    return path


def in_store(path, heads=()):
    with store_rows.opened(path) as connection:
        return check(store_rows.rows(connection), heads)


def test_what_the_store_wrote_is_intact_there_and_as_lines(store, lines):
    for found in (in_store(store), check(rows_in(lines))):
        assert (found.rows, found.intact, found.first_bad) == (written_log.ROWS, True, None)
        assert (found.erased, len(found.heads)) == (4, 2)
        assert found.texts == 3 + 1 + 1 + 40


def test_an_empty_log_is_intact():
    assert check([]).intact


CELLS = [
    ("audit", "place, body, hash, at_ms, kind", "place"),
    ("audit_texts", "place, number, hash, salt, text, erased_by, who", "place, number"),
]


def every_cell(store):
    connection = sqlite3.connect(store)
    try:
        for table, columns, order in CELLS:
            rows = connection.execute(f"SELECT {columns} FROM {table} ORDER BY {order}").fetchall()
            for row in rows:
                for column, value in zip(columns.split(", "), row, strict=True):
                    key = row[: len(order.split(", "))]
                    yield table, order.split(", "), key, column, value
    finally:
        connection.close()


def others(value, chance):
    if value is None:
        return [1, "x"]
    if isinstance(value, int):
        return [value + 1, -value, None, str(value) + "x"]
    at = chance.randrange(len(value)) if value else 0
    changed = value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :] if value else "x"
    return [changed, value[:-1] if value else "y", value + " ", None, value.encode() + b"\xff"]


def test_every_cell_of_every_row_is_covered(store, tmp_path):
    copy = Path(shutil.copy(store, tmp_path / "copy.db"))
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    chance = random.Random(13)
    changes = 0
    try:
        for table, keys, key, column, value in every_cell(store):
            where = " AND ".join(f"{each} = ?" for each in keys)
            for other in others(value, chance):
                connection.execute("BEGIN")
                try:
                    connection.execute(
                        f"UPDATE {table} SET {column} = ? WHERE {where}", (other, *key)
                    )
                except sqlite3.IntegrityError:  # no such change can be written
                    connection.execute("ROLLBACK")
                    continue
                found = check(store_rows.rows(connection))
                connection.execute("ROLLBACK")
                changes += 1
                assert not found.intact, (table, key, column, value, other)
                if column in ("body", "hash", "salt", "text"):
                    assert found.first_bad == key[0]
    finally:
        connection.close()
    assert changes > 1_000


@given(st.data())
def test_one_changed_byte_of_an_exported_log_is_found(lines, tmp_path_factory, data):
    whole = lines.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    path = tmp_path_factory.mktemp("changed") / "log.jsonl"
    path.write_bytes(whole[:at] + bytes([other]) + whole[at + 1 :])
    found = check(rows_in(path))
    assert not found.intact
    assert found.first_bad is not None
    assert found.first_bad <= written_log.ROWS + 2


@given(st.data())
def test_a_line_that_is_missing_doubled_or_elsewhere_is_found(lines, tmp_path_factory, data):
    whole = lines.read_bytes().splitlines(keepends=True)
    place = st.integers(0, len(whole) - 1)
    first, second = data.draw(st.tuples(place, place).filter(lambda two: two[0] != two[1]))
    removed = whole[:first] + whole[first + 1 :]
    doubled = [*whole[: first + 1], whole[first], *whole[first + 1 :]]
    swapped = list(whole)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    cut = whole[: first + 1]
    path = tmp_path_factory.mktemp("moved") / "log.jsonl"
    for changed in (removed, doubled, swapped, cut):
        if changed != whole:
            path.write_bytes(b"".join(changed))
            assert not check(rows_in(path)).intact


def test_rows_that_are_taken_out_of_the_store_or_put_in_are_found(store, tmp_path):
    copy = Path(shutil.copy(store, tmp_path / "copy.db"))
    connection = sqlite3.connect(copy, isolation_level=None)
    last = written_log.ROWS
    try:
        for place in range(1, last):  # all but the last
            connection.execute("BEGIN")
            connection.execute("DELETE FROM audit WHERE place = ?", (place,))
            assert check(store_rows.rows(connection)).first_bad == place
            connection.execute("UPDATE audit SET place = place - 1 WHERE place > ?", (place,))
            assert check(store_rows.rows(connection)).first_bad == place
            connection.execute("ROLLBACK")
        connection.execute(
            "INSERT INTO audit SELECT place + ?, body, hash, at_ms, kind FROM audit"
            " WHERE place = 1",
            (last,),
        )
        assert check(store_rows.rows(connection)).first_bad == last + 1
    finally:
        connection.close()


def test_a_text_that_was_emptied_in_silence_is_found(store, tmp_path):
    copy = Path(shutil.copy(store, tmp_path / "copy.db"))
    connection = sqlite3.connect(copy, isolation_level=None)
    erased_by = connection.execute("SELECT max(erased_by) FROM audit_texts").fetchone()[0]
    try:
        for by in (None, erased_by, erased_by + 1, 999):
            connection.execute("BEGIN")
            connection.execute(
                "UPDATE audit_texts SET salt = NULL, text = NULL, who = NULL, erased_by = ?"
                " WHERE place = 4 AND number = 1",
                (by,),
            )
            assert not check(store_rows.rows(connection)).intact, by
            connection.execute("ROLLBACK")
    finally:
        connection.close()


def test_a_cut_end_shows_only_beside_heads_that_were_exported(store, tmp_path):
    exported: list[str] = []
    with store_rows.opened(store) as connection:
        assert export.as_heads(connection, exported.append) == 2
    kept = tmp_path / "heads.jsonl"
    kept.write_text("".join(exported), encoding="ascii")
    heads = read_heads(kept)
    assert in_store(store, heads).compared == 2

    copy = Path(shutil.copy(store, tmp_path / "copy.db"))
    connection = sqlite3.connect(copy)
    connection.execute("DELETE FROM audit WHERE place >= ?", (written_log.ROWS - 2,))
    connection.commit()
    connection.close()
    assert in_store(copy).intact
    found = in_store(copy, heads)
    assert (found.intact, found.first_bad) == (False, written_log.ROWS - 2)
    assert "2026-11-29" in found.why


def test_a_log_that_was_written_anew_shows_beside_exported_heads(store, tmp_path):
    with store_rows.opened(store) as connection:
        heads = check(store_rows.rows(connection)).heads
    other = tmp_path / "console.db"
    written_log.write(other)  # other salts, so other hashes
    assert in_store(other).intact
    assert in_store(other, heads).first_bad == heads[0].place


def test_a_changed_signature_is_wrong():
    from console.audit.head_signatures import is_right, signed

    head = signed("2026-11-30", 7, "0" * 64, "cd" * 32)
    assert is_right(head, "cd" * 32)
    assert not is_right(head, "ce" * 32)
    facts = {"day": "2026-11-30", "n": "8", "hash": "0" * 64}
    other = head_of({**facts, "key": head.key_id, "signature": head.signature})
    assert not is_right(other, "cd" * 32)
