import io
import json
import sys

import pytest

from console.domain.local_models import LocalModels
from console.policy.cli import main
from console.policy.line_judge import LineJudge
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


def test_results_never_replace_what_is_read(policy, tmp_path, capsys):
    texts = tmp_path / "t.csv"
    texts.write_text("text\nmoron\n", "utf-8")
    for output in (texts, policy):
        arguments = ["run", str(policy), "--input", str(texts), "--output", str(output)]
        assert main(arguments) == 2
        assert capsys.readouterr().err == (
            f"{output} is read by this run; write the results elsewhere.\n"
        )
    assert texts.read_text("utf-8") == "text\nmoron\n"
    assert policy.read_text("utf-8") == POLICY


def test_rows_that_cannot_be_read_are_named_and_the_rest_goes_on(policy, tmp_path, capsys):
    texts = tmp_path / "t.jsonl"
    texts.write_text('{"text": "a"}\n{\n"moron"\n', "utf-8")
    assert main(["run", str(policy), "--input", str(texts), "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["unreadable"] == 1
    assert captured.err.splitlines() == [
        f"{texts}: Read as JSON lines, UTF-8; text: “text”; speaker: none; time: none.",
        f"{texts}:2: not a JSON object on one line.",
    ]


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


def test_errors_in_a_list_of_its_own_are_found_from_here(tmp_path, capsys):
    policy = tmp_path / "p.toml"
    policy.write_text('key = "chat"\nx = 1\nblocklist_files = ["l.toml"]\n', "utf-8")
    (tmp_path / "l.toml").write_text('[[blocklists]]\nname = "l"\nwords = [1]\n', "utf-8")
    expected = [
        f"{policy}:2: x: is unknown here.",
        f"{tmp_path}/l.toml:3: blocklists[0].words[0]: expected text in quotes, not a number.",
    ]
    assert main(["lint", str(policy)]) == 1
    assert capsys.readouterr().out.splitlines() == expected
    assert main(["test", str(policy), "x"]) == 1
    assert capsys.readouterr().err.splitlines() == expected


RULED = (
    POLICY
    + """[velocity_filter_config]
rules = [{ action = "flag", fast_spam_threshold = 3, fast_spam_ttl = 10 }]
[[video_call_rule_config.rules]]
harm_types = ["INSULT"]
severity = 3
threshold = 2
action_sequences = [
  { action = "call_warning", warning_text = "Be kind." },
  { action = "kick_user" },
]
"""
)
TRANSCRIPT = "".join(
    json.dumps({"type": "speech", "speaker_id": who, "text": text, "start_ts": at * 1_000}) + "\n"
    for at, who, text in [
        (0, "ann", "moron"),
        (1, "bo", "moron"),
        (2, "ann", "moron again"),
        (3, "ann", "hello"),
        (30, "ann", "moron"),
        (31, "ann", "moron"),
    ]
)


@pytest.fixture
def ruled(tmp_path):
    """Arguments that run call rules and a velocity filter over a transcript."""
    policy, texts = tmp_path / "ruled.toml", tmp_path / "talk.jsonl"
    policy.write_text(RULED, "utf-8")
    texts.write_text(TRANSCRIPT, "utf-8")
    return ["run", str(policy), "--input", str(texts)]


def test_run_tells_what_call_rules_would_have_done(ruled, capsys):
    assert main([*ruled, "--json"]) == 0
    [summary] = json_lines(capsys.readouterr().out)
    shared = {"rule": "INSULT", "call": "talk.jsonl", "speaker": "ann"}
    assert summary["call_rules"] == {
        "triggered": 2,
        "people": 1,
        "actions": {"call_warning": 1, "kick_user": 1},
        "rules": {"INSULT": 2},
        "never_triggered": [],
        "listed": [
            {
                **shared,
                "violation_number": 1,
                "actions": ["call_warning"],
                "warning_text": "Be kind.",
                "at": 2.0,
                "lines": [1, 3],
            },
            {
                **shared,
                "violation_number": 2,
                "actions": ["kick_user"],
                "warning_text": "",
                "at": 31.0,
                "lines": [5, 6],
            },
        ],
        "unlisted": 0,
    }


def test_run_counts_how_much_a_speaker_says(ruled, tmp_path, capsys):
    output = tmp_path / "out.jsonl"
    assert main([*ruled, "--output", str(output), "--json"]) == 0
    [summary] = json_lines(capsys.readouterr().out)
    assert summary["labels"] == {"INSULT": 5, "FAST_SPAM": 1}
    written = json_lines(output.read_text("utf-8"))
    assert [row["matches"][0]["kind"] for row in written] == ["word"] * 3 + ["velocity"] + [
        "word"
    ] * 2
    assert [row["action"] for row in written] == ["block"] * 3 + ["flag"] + ["block"] * 2
    assert [row.get("call_actions") for row in written] == [
        None,
        None,
        ["call_warning"],
        None,
        None,
        ["kick_user"],
    ]


def test_run_writes_call_actions_to_csv_and_to_people(ruled, tmp_path, capsys):
    output = tmp_path / "out.csv"
    assert main([*ruled, "--output", str(output)]) == 0
    head, first, _, third, *_ = output.read_text("utf-8").splitlines()
    assert head == "line,action,severity,labels,rule,why,text,call_actions,speaker,at"
    assert first.endswith(",moron,,ann,0.001")
    assert ",moron again,call_warning,ann," in third
    *_, counted, warned, kicked = capsys.readouterr().out.splitlines()
    assert counted.startswith('call_rules: {"triggered": 2, "people": 1, ')
    assert warned == "talk.jsonl: call_warning for ann by “INSULT” (violation 1, lines 1, 3)"
    assert kicked == "talk.jsonl: kick_user for ann by “INSULT” (violation 2, lines 5, 6)"


def test_a_policy_without_call_rules_says_nothing_of_them(policy, tmp_path, capsys):
    texts = tmp_path / "talk.jsonl"
    texts.write_text(TRANSCRIPT, "utf-8")
    assert main(["run", str(policy), "--input", str(texts), "--json"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == [
        "texts",
        "actions",
        "labels",
        "rules",
        "never_matched",
        "unreadable",
        "read_as",
    ]


def test_diff_counts_how_much_a_speaker_says(ruled, policy, capsys):
    assert main(["diff", str(policy), ruled[1], "--input", ruled[3]]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "4: keep -> flag by “velocity”: hello"


VELOCITY = """key = "custom:captions"
[velocity_filter_config]
enabled = true
rules = [{ action = "flag", fast_spam_threshold = 4, fast_spam_ttl = 10 }]
"""


@pytest.mark.parametrize(
    ("head", "time"),
    [
        ("speaker_id,time,text", "2026-05-04T20:00:0{}+00:00"),
        ("Speaker,Timestamp,Message", "177792480{}000"),
        ("who,start,said", "0:0{}"),
    ],
)
def test_velocity_rules_count_whatever_way_times_are_written(tmp_path, capsys, head, time):
    policy, texts = tmp_path / "v.toml", tmp_path / "t.csv"
    policy.write_text(VELOCITY, "utf-8")
    rows = [f"ann,{time.format(at)},buy now {at}" for at in range(8)]
    texts.write_text("\n".join([head, *rows]), "utf-8")
    assert main(["run", str(policy), "--input", str(texts), "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["labels"] == {"FAST_SPAM": 5}
    assert "say nothing" not in captured.err


def test_velocity_rules_are_never_switched_off_without_a_word(tmp_path, capsys):
    policy, texts = tmp_path / "v.toml", tmp_path / "t.csv"
    policy.write_text(VELOCITY, "utf-8")
    texts.write_text("who,text\nann,buy now\n", "utf-8")
    assert main(["run", str(policy), "--input", str(texts)]) == 0
    assert "say nothing: the file tells no times. Name columns" in capsys.readouterr().err
    texts.write_text("who,x,text\nann,5,buy\nann,soon,now\n", "utf-8")
    assert main(["run", str(policy), "--input", str(texts), "--time", "x"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert said[-1].endswith(
        "Velocity rules do not count 1 of 2 lines: they tell no time or no speaker "
        "(the first is line 3)."
    )


def test_columns_can_be_named_and_what_was_understood_is_said_first(policy, tmp_path, capsys):
    texts, output = tmp_path / "t.csv", tmp_path / "out.jsonl"
    texts.write_text("text;reply;whose;label_gold\nx;moron;bo;hateful\n", "utf-8")
    arguments = ["run", str(policy), "--input", str(texts), "--output", str(output)]
    assert main([*arguments, "--text", "reply", "--speaker", "whose"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert said[0].endswith(
        "Read as CSV with “;” between columns, UTF-8; text: “reply”; speaker: “whose”; time: none."
    )
    assert said[1].endswith(
        "“label_gold” may hold true labels: --labels label_gold counts with them."
    )
    [row] = json_lines(output.read_text("utf-8"))
    assert (row["text"], row["speaker"], row["action"]) == ("moron", "bo", "block")


def test_results_are_there_only_when_they_are_whole(policy, tmp_path, capsys, monkeypatch):
    texts, output = tmp_path / "t.txt", tmp_path / "out.csv"
    texts.write_text("moron\nmoron\n", "utf-8")
    output.write_text("of an earlier run", "utf-8")
    judged = LineJudge.judge

    def interrupted(*arguments, **named):
        monkeypatch.setattr(LineJudge, "judge", stop)
        return judged(*arguments, **named)

    def stop(*_arguments, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr(LineJudge, "judge", interrupted)
    arguments = ["run", str(policy), "--input", str(texts), "--output", str(output)]
    with pytest.raises(KeyboardInterrupt):
        main(arguments)
    assert output.read_text("utf-8") == "of an earlier run"
    assert [each.name for each in tmp_path.iterdir() if "part" in each.name] == []
    monkeypatch.undo()
    assert main(arguments) == 0
    assert len(output.read_text("utf-8").splitlines()) == 3


def test_a_full_disk_is_a_sentence(policy, tmp_path, capsys):
    texts = tmp_path / "t.txt"
    texts.write_text("moron\n", "utf-8")
    arguments = ["run", str(policy), "--input", str(texts), "--output"]
    for output, why in (
        ("/dev/full", "No space left on device"),
        (str(tmp_path / "gone" / "out.csv"), "No such file or directory"),
        (str(tmp_path), "Is a directory"),
    ):
        assert main([*arguments, output]) == 2
        assert capsys.readouterr().err.endswith(f"{output} could not be written: {why}.\n")


def test_a_run_does_not_say_that_single_texts_are_judged(tmp_path, capsys):
    policy, texts = tmp_path / "v.toml", tmp_path / "t.csv"
    policy.write_text(VELOCITY, "utf-8")
    texts.write_text("who,at,text\nann,1,hi\n", "utf-8")
    assert main(["test", str(policy), "hi"]) == 0
    assert "single texts are judged without" in capsys.readouterr().err
    assert main(["run", str(policy), "--input", str(texts)]) == 0
    assert "single texts" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-32", "idna", "punycode", "base64", "undefined"]
)
def test_an_encoding_that_cannot_be_is_one_sentence(policy, tmp_path, capsys, encoding):
    texts = tmp_path / "t.csv"
    texts.write_bytes("text\nno señor\n".encode("cp1252"))
    asked = ["--input", str(texts), "--encoding", encoding]
    for command in (["run", str(policy)], ["diff", str(policy), str(policy)]):
        assert main([*command, *asked]) == 2
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert len(said.err.splitlines()) == 1


def test_bytes_that_do_not_fit_the_encoding_asked_for_are_unreadable(policy, tmp_path, capsys):
    texts = tmp_path / "t.csv"
    texts.write_bytes("text\nfine\nno señor\n".encode("cp1252"))
    command = ["run", str(policy), "--input", str(texts), "--encoding", "utf-8", "--json"]
    assert main(command) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["unreadable"] == 1
    assert f"{texts}:3: bytes that are not UTF-8 were replaced by marks." in said.err


def test_labels_in_the_column_of_the_texts_are_refused(policy, tmp_path, capsys):
    texts = tmp_path / "t.csv"
    texts.write_text("text,label\nfine,\n", "utf-8")
    assert main(["run", str(policy), "--input", str(texts), "--labels", "text"]) == 2
    assert "so it cannot hold the true labels" in capsys.readouterr().err


def test_an_empty_file_is_said_to_hold_nothing(policy, tmp_path, capsys):
    texts = tmp_path / "t.txt"
    texts.write_bytes(b"")
    assert main(["run", str(policy), "--input", str(texts)]) == 0
    assert "There is nothing to judge in it." in capsys.readouterr().err


def test_a_run_asks_no_model_about_a_language_that_it_does_not_know(tmp_path, capsys):
    policy = tmp_path / "policy.toml"
    policy.write_text(
        'key = "chat"\n[ai_text_config]\nrules = [{ label = "SCAM", action = "flag" }]\n'
    )
    lines = tmp_path / "lines.csv"
    lines.write_text("text,language\nyour prize,th\nyour prize,en\n")
    english = WordClassifier({"prize": "SCAM"}, languages=frozenset(("en",)))
    arguments = ["run", str(policy), "--input", str(lines), "--json"]
    assert main(arguments, lambda _: LocalModels(text=english)) == 0
    assert json.loads(capsys.readouterr().out)["actions"] == {"flag": 1, "keep": 1}
