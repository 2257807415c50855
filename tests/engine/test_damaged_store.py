"""A damaged store is told, what it cannot take is counted, and a new one is offered."""

import contextlib
import sqlite3

import pytest

from console.domain.phase import Phase
from console.protocol.connection import NewStore
from console.protocol.to_window import Problem, StoreState

CID = "default:one"
PAGE = 4096


def damage(path):
    """Overwrite all but the first page, and let open connections forget what they have read."""
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE of_another_program (field)")
    other.commit()
    other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(PAGE)
        file.write(b"\xff" * (size - PAGE))


def problems(console):
    return [problem.sentence for problem in console.of(Problem) if problem.place == "store"]


@pytest.mark.clock_speed(5)
async def test_damage_that_is_found_later_is_told_and_a_new_store_helps(sandbox, console, tmp_path):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    sandbox.say(ann, "before")
    await console.until(lambda: console.texts == ["before"])
    path = next(tmp_path.rglob("console.db"))
    damage(path)

    sandbox.say(ann, "shown all the same")
    await console.until(lambda: "shown all the same" in console.texts)
    await console.until(lambda: console.of(StoreState))
    (state,) = console.of(StoreState)
    assert "malformed" in state.damage
    assert state.advice.startswith("Begin a new store")
    await console.until(lambda: console.pulse.lines_unwritten == 1)

    console.router.answer(NewStore())
    await console.until(lambda: console.of(StoreState)[-1] == StoreState())
    await console.until(lambda: any("A new store was begun" in each for each in problems(console)))
    assert any("1 line was heard and could not be written" in each for each in problems(console))
    await console.live(CID)
    sandbox.say(ann, "kept again")
    await console.until(lambda: "kept again" in console.texts)
    await console.until(lambda: console.pulse.lines_unwritten == 0)
    (kept,) = path.parent.glob("console.damaged-*.db")
    assert kept.read_bytes()[PAGE:].startswith(b"\xff")
    with contextlib.closing(sqlite3.connect(path)) as new:
        assert new.execute("SELECT count(*) FROM items").fetchone() == (1,)


async def test_a_file_that_is_no_database_is_refused_and_can_be_set_aside(
    sandbox, console, tmp_path
):
    sandbox.call("one", "ann")
    data = console.engine._store_path
    data.parent.mkdir(parents=True, exist_ok=True)
    data.write_bytes(b"This is a letter to my aunt. " * 400)
    console.router.answer(sandbox.sign_in())
    await console.until(lambda: console.state.phase is Phase.REFUSED)
    assert console.of(StoreState)[-1].damage == console.state.sentence

    console.router.answer(NewStore())
    await console.live(CID)
    assert console.of(StoreState)[-1] == StoreState()
    (kept,) = data.parent.glob("console.damaged-*.db")
    assert kept.read_bytes().startswith(b"This is a letter")
