import io
import json
import sys

import pytest

from console.domain.local_models import LocalModels
from console.policy.command import main
from tests.policy.word_classifiers import WordClassifier

POLICY = """key = "chat"
[block_list_config]
rules = [{ name = "a", action = "remove" }, { name = "b", action = "shadow" }]
[[blocklists]]
name = "a"
words = ["moron"]
severity = "high"
label = "INSULT"
[[blocklists]]
name = "b"
type = "regex"
words = ['\\d{4}']
"""


@pytest.fixture
def policy(tmp_path):
    path = tmp_path / "p.toml"
    path.write_text(POLICY, "utf-8")
    return path


def json_lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_lint_is_silent_when_all_is_well(policy, capsys):
    assert main(["lint", str(policy)]) == 0
    assert capsys.readouterr().out == ""


def test_lint_names_file_and_line_of_every_error(policy, tmp_path, capsys):
    bad = tmp_path / "bad.toml"
    bad.write_text('key = "chat"\nx = 1\ny = 2\n', "utf-8")
    assert main(["lint", str(bad), str(policy), str(tmp_path / "gone.toml")]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{bad}:2: x: is unknown here.",
        f"{bad}:3: y: is unknown here.",
        f"{tmp_path}/gone.toml:1: {tmp_path}/gone.toml could not be read: "
        "No such file or directory.",
    ]


def test_test_prints_exactly_the_documented_keys(policy, capsys):
    assert main(["test", str(policy), "--json", "you MORON", "pin 1234", "hi"]) == 0
    assert json_lines(capsys.readouterr().out) == [
        {
            "text": "you MORON",
            "action": "block",
            "severity": "high",
            "matches": [
                {
                    "rule": "a",
                    "kind": "word",
                    "label": "INSULT",
                    "severity": "high",
                    "action": "block",
                    "start": 4,
                    "end": 9,
                    "source": "local",
                }
            ],
        },
        {
            "text": "pin 1234",
            "action": "shadow_block",
            "severity": "none",
            "matches": [
                {
                    "rule": "b",
                    "kind": "regex",
                    "label": "b",
                    "severity": "none",
                    "action": "shadow_block",
                    "start": 4,
                    "end": 8,
                    "source": "local",
                }
            ],
        },
        {"text": "hi", "action": "keep", "severity": "none", "matches": []},
    ]


def test_test_reads_lines_of_standard_input(policy, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("moron\nfi\u202ene\n"))
    assert main(["test", str(policy)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("block        high     [INSULT] Word list “a”")
    assert second == "keep         none     fi⟦RLO⟧ne"


def test_a_policy_with_errors_judges_nothing(tmp_path, capsys):
    bad = tmp_path / "bad.toml"
    bad.write_text("=", "utf-8")
    for arguments in (["test", str(bad), "x"], ["run", str(bad), "--input", "x"]):
        assert main(arguments) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        assert f"{bad}:1: not TOML" in captured.err


def test_run_writes_totals_and_results(policy, tmp_path, capsys):
    texts = tmp_path / "t.csv"
    texts.write_text("text,label\nyou moron,INSULT\n=hi,0\n", "utf-8")
    output = tmp_path / "out.csv"
    arguments = ["run", str(policy), "--input", str(texts), "--labels", "label"]
    assert main([*arguments, "--output", str(output), "--json"]) == 0
    [summary] = json_lines(capsys.readouterr().out)
    assert summary["actions"] == {"remove": 1, "keep": 1}
    assert summary["raised"]["precision"] == 1.0
    assert summary["never_matched"] == ["b"]
    assert output.read_text("utf-8").splitlines() == [
        "line,action,severity,labels,rule,why,text",
        "2,block,high,INSULT,a,Word list “a” matched 1 word (high).,you moron",
        "3,keep,none,,,,'=hi",
    ]
    as_lines = tmp_path / "out.jsonl"
    assert main([*arguments, "--output", str(as_lines)]) == 0
    assert [row["line"] for row in json_lines(as_lines.read_text("utf-8"))] == [2, 3]


def test_rows_that_cannot_be_read_are_named_and_the_rest_goes_on(policy, tmp_path, capsys):
    texts = tmp_path / "t.jsonl"
    texts.write_text('{"text": "a"}\n{\n"moron"\n', "utf-8")
    assert main(["run", str(policy), "--input", str(texts), "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["unreadable"] == 1
    assert captured.err == f"{texts}:2: not a JSON object on one line.\n"


def test_diff_lists_the_flips_and_the_rule_behind_each(policy, tmp_path, capsys):
    milder = tmp_path / "milder.toml"
    milder.write_text(POLICY.replace('["moron"]', '["else"]'), "utf-8")
    texts = tmp_path / "t.txt"
    texts.write_text("moron\nfine\n", "utf-8")
    arguments = ["diff", str(policy), str(milder), "--input", str(texts)]
    assert main(arguments) == 0
    assert capsys.readouterr().out.splitlines()[0] == "1: block -> keep by “a”: moron"
    assert main([*arguments, "--json"]) == 0
    flipped, totals = json_lines(capsys.readouterr().out)
    assert (flipped["line"], flipped["after"]["action"]) == (1, "keep")
    assert (totals["flips"], totals["milder"]) == (1, 1)


def test_files_that_are_not_there_are_the_worlds_fault(policy, tmp_path, capsys):
    assert main(["run", str(policy), "--input", str(tmp_path / "gone")]) == 2
    assert "could not be read" in capsys.readouterr().err


def test_named_lists_must_lie_beside_the_policy(tmp_path, capsys):
    policy = tmp_path / "p.toml"
    policy.write_text('key = "chat"\nblocklist_files = ["l.toml", "../x.toml"]\n', "utf-8")
    (tmp_path / "l.toml").write_text('[[blocklists]]\nname = "l"\nwords = ["w"]\n', "utf-8")
    assert main(["lint", str(policy)]) == 1
    assert capsys.readouterr().out == (
        f"{policy}:2: blocklist_files[1]: “../x.toml” is not below the policy's own folder.\n"
    )


def test_streams_own_list_is_stood_in_for(tmp_path, capsys):
    policy = tmp_path / "p.toml"
    policy.write_text(
        'key = "chat"\n[block_list_config]\n'
        'rules = [{ name = "profanity_en_2020_v1", action = "flag" }]\n',
        "utf-8",
    )
    assert main(["test", str(policy), "what bullshit"]) == 0
    assert "“profanity_en_2020_v1” (stand-in) matched 1 word" in capsys.readouterr().out


def test_what_needs_stream_is_said_beside_the_result(policy, capsys):
    policy.write_text(POLICY + "[llm_config]\napp_context = 'games'\n", "utf-8")
    assert main(["test", str(policy), "--json", "hi"]) == 0
    captured = capsys.readouterr()
    assert len(json_lines(captured.out)) == 1
    assert captured.err == f"{policy}: llm_config needs Stream; it is not evaluated here.\n"


CLASSIFIED = """key = "chat"
[ai_text_config]
rules = [
  { label = "INSULT", action = "flag", severity_rules = [{ severity = "low", action = "mask" }] },
  { label = "PII", action = "flag" },
]
"""


def test_a_local_classifier_is_the_source_of_its_matches(tmp_path, capsys):
    path = tmp_path / "classified.toml"
    path.write_text(CLASSIFIED, "utf-8")
    models = LocalModels(text=WordClassifier({"dimwit": "INSULT"}))
    assert main(["test", str(path), "--json", "dimwit", "hi"], lambda policy: models) == 0
    said = capsys.readouterr()
    assert json_lines(said.out) == [
        {
            "text": "dimwit",
            "action": "mask",
            "severity": "low",
            "matches": [
                {
                    "rule": "ai_text:INSULT",
                    "kind": "ai_text_local",
                    "label": "INSULT",
                    "severity": "low",
                    "action": "mask",
                    "start": 0,
                    "end": 0,
                    "source": "local_classifier",
                }
            ],
        },
        {"text": "hi", "action": "keep", "severity": "none", "matches": []},
    ]
    assert said.err == (
        f"{path}: ai_text_config: the local classifier by words does not know “PII”; Stream may.\n"
    )


def test_without_a_model_the_command_says_what_it_left_out(tmp_path, capsys):
    path = tmp_path / "classified.toml"
    path.write_text(CLASSIFIED, "utf-8")
    assert main(["test", str(path), "dimwit"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("keep ")
    assert said.err == (
        f"{path}: ai_text_config needs a local model or Stream; it is not evaluated here.\n"
    )
