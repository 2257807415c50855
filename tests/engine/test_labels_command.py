"""``moderator-console labels`` on a real store, with the real classifier."""

import asyncio
import contextlib
import csv
import json

import pytest

from console.__main__ import main
from console.base.paths import Paths
from console.policy.loader import read_policy_at
from console.store.owner import Owner
from tests.engine.lab.labelled_store import HARMFUL, POLICY, fill


@pytest.fixture
def home(tmp_path):
    paths = Paths.under(tmp_path / "home")
    paths.create()
    asyncio.run(fill(paths.data / "console.db"))
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """The classifier of the base install judges, whose confidence is measured."""
    monkeypatch.setattr("console.models.folders.is_installed", lambda: False)


@pytest.fixture
def labels(home, capsys):
    def run(*arguments):
        code = main(["--home", str(home), "labels", *map(str, arguments)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def test_they_are_counted(labels):
    assert labels("count") == (0, "16 labels: 15 right, 0 wrong, 1 another label\n", "")
    assert json.loads(labels("count", "--json")[1]) == {
        "right": 15,
        "wrong": 0,
        "other": 1,
        "all": 16,
    }


def test_json_lines_have_all_of_a_label_but_who_said_the_line(labels):
    code, out, _ = labels("export")
    assert code == 0
    rows = [json.loads(line) for line in out.splitlines()]
    assert len(rows) == 16
    assert rows[0]["text"] == HARMFUL[0]
    assert (rows[0]["says"], rows[0]["action"], rows[0]["by"]) == ("right", "flag", "mod")
    assert (rows[0]["labels"], rows[0]["policy"]) == (["INSULT"], "0" * 12)
    assert "ann" not in out


def test_csv_holds_no_formula(labels, tmp_path):
    target = tmp_path / "labels.csv"
    assert labels("export", "--output", target)[1] == f"16 labels were written to {target}.\n"
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["labels"] == "INSULT"
    (picture,) = (row for row in rows if row["kind"] == "frame")
    assert (picture["text"], picture["label"]) == ("'=cmd()", "NUDITY")


def test_a_fit_tells_what_it_would_change_and_writes_only_where_it_is_told(labels, tmp_path):
    policy, target = tmp_path / "p.toml", tmp_path / "fitted.toml"
    policy.write_text(POLICY, encoding="utf-8")
    code, out, err = labels("fit", "--policy", policy, "--json", "--output", target)
    assert (code, err) == (0, "")
    fit = json.loads(out)
    (insult,) = (each for each in fit["labels"] if each["label"] == "INSULT")
    assert insult["lines"] == 15
    before, after = insult["before"], insult["after"]
    assert before["right"] + before["missed"] == 10
    assert after["right"] + after["missed"] == 10
    assert after["wrong"] <= before["wrong"]
    assert fit["unused"] == 1
    saved = fit["saved_lines"]
    assert saved["lines"] == 15
    assert saved["raised_after"] - saved["raised_before"] == saved["more"] - saved["fewer"]
    assert policy.read_text(encoding="utf-8") == POLICY
    if any(each["changes"] for each in fit["labels"]):
        fitted = read_policy_at(target).policy
        assert fitted is not None
        least_of = fitted.confidence.least_of
        assert least_of("INSULT") == after["threshold"]
    else:
        assert not target.exists()


def test_a_fit_speaks_to_people_too(labels, tmp_path):
    policy = tmp_path / "p.toml"
    policy.write_text(POLICY, encoding="utf-8")
    out = labels("fit", "--policy", policy, "--precision", "1.0")[1]
    assert "INSULT, 15 labelled lines\n  now    At 0.00: " in out
    assert "1 labels of pictures and names say nothing of thresholds." in out


def test_a_fit_reads_beside_a_running_console_and_says_what_is_wrong_first(labels, home, tmp_path):
    policy = tmp_path / "p.toml"
    policy.write_text(POLICY, encoding="utf-8")
    with contextlib.closing(Owner.of(Paths.under(home).data / "console.db")):
        code, out, err = labels("fit", "--policy", policy)
        assert (code, err) == (0, "")
        assert "INSULT, 15 labelled lines" in out
        code, _, err = labels("fit", "--policy", tmp_path / "none.toml")
    assert code == 2
    assert "none.toml" in err


def test_deleting_wants_a_word(labels):
    assert labels("delete")[1] == "16 labels would be deleted. Say --yes to do it.\n"
    assert labels("delete", "--yes")[1] == "16 labels were deleted.\n"
    assert labels("count")[1].startswith("0 labels")


def test_what_is_missing_is_said(labels, tmp_path, capsys):
    assert main(["--home", str(tmp_path / "empty"), "labels", "count"]) == 2
    assert "There is no store" in capsys.readouterr().err
    code, _, err = labels("fit", "--policy", tmp_path / "none.toml")
    assert code == 2
    assert "none.toml" in err
    bad = tmp_path / "bad.toml"
    bad.write_text("key = 1", encoding="utf-8")
    assert labels("fit", "--policy", bad)[0] == 1
