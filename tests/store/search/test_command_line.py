"""``moderator-console search``: one object a hit, while a console runs, with no network."""

import json
import sqlite3

import pytest

from console.__main__ import main
from console.domain.verdict import Severity
from console.store.store import Store
from tests.store.search.search_store import HALL, NOW, index, kept, line, raised


@pytest.fixture
def home(tmp_path):
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.fixture
async def store(home):
    opened = await Store.open(home / "data" / "console.db")
    app = await opened.use_app("key")
    bad = line("i2", "you \x1b[31mfool", NOW + 1, who="ben")
    await app.keep_items(
        [kept(line("i1", "Good morning")), raised(bad, Severity.HIGH, "INSULT", why="A list.")]
    )
    await index(app)
    yield opened
    await opened.close()


@pytest.fixture
def search(home, capsys):
    def run(*arguments):
        code = main(["--home", str(home), "search", *arguments])
        return code, capsys.readouterr()

    return run


async def test_each_hit_is_one_object_while_a_console_runs(store, search):
    code, printed = search("--json", "-morning", "type:line")
    (found,) = map(json.loads, printed.out.splitlines())
    assert code == 0
    assert {key: found[key] for key in ("kind", "cid", "who", "at", "text", "id")} == {
        "kind": "caption",
        "cid": HALL,
        "who": "ben",
        "at": NOW + 1,
        "text": "you \x1b[31mfool",
        "id": "i2",
    }
    assert (found["action"], found["severity"], found["app"]) == ("flag", "high", "key")


async def test_text_is_safe_to_look_at_in_a_terminal(store, search):
    code, printed = search("regex:fool")
    assert code == 0
    assert "caption of Ben Quill in default:hall [flag, high]: you ␛[31mfool" in printed.out


async def test_it_works_when_no_console_runs(store, search):
    await store.close()
    assert search("--json", "from:ada type:line")[0] == 0


async def test_nothing_found_is_told_with_an_exit_code(store, search):
    code, printed = search("--json", "unheard")
    assert (code, printed.out) == (1, "")
    assert "Nothing was found; 4 things were looked at." in printed.err


async def test_more_than_was_asked_for_is_told(store, search):
    code, printed = search("--most", "1", "after:2000-01-01", "type:line")
    assert (code, len(printed.out.splitlines())) == (0, 1)


async def test_a_wrong_query_shows_its_place(store, search):
    code, printed = search("you severity:bad")
    assert (code, printed.out) == (2, "")
    assert printed.err.splitlines()[:2] == ["you severity:bad", "             ^^^"]
    assert "Column 14: After severity: comes none, low" in printed.err


async def test_what_is_not_indexed_yet_is_told(store, search):
    app = await store.use_app("key")
    await app.keep_items([kept(line("i3", "later"))])
    code, printed = search("morning")
    assert code == 0
    assert "Still indexing, 80 % done; 1 rows cannot be found yet." in printed.err


def test_a_store_that_is_not_there_or_not_one_is_told(home, search):
    code, printed = search("you")
    assert code == 2
    assert "There is no store at" in printed.err
    (home / "data" / "console.db").write_bytes(b"nothing of ours" * 100)
    code, printed = search("you")
    assert code == 2
    assert "console.db failed" in printed.err


def test_a_store_of_before_is_told(home, search):
    connection = sqlite3.connect(home / "data" / "console.db")
    connection.execute("CREATE TABLE apps (app_id INTEGER)")
    connection.close()
    code, printed = search("you")
    assert code == 2
    assert "an earlier version wrote it" in printed.err


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_nothing_to_search_for_shows_how(search, arguments):
    code, printed = search(*arguments)
    assert code == 2
    assert "severity:" in printed.err


def test_help_lists_the_keys(search):
    code, printed = search("--help")
    assert code == 0
    assert "regex:" in printed.out
