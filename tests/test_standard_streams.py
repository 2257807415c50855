"""Standard streams that are closed or full: one sentence, the right exit code, no traceback."""

import subprocess
import sys

import pytest

from tests.patience import patient

POLICY = 'key = "chat"\n[block_list_config]\nrules = []\n'
FULL = "Standard output could not be written: No space left on device.\n"
CLOSED = "Standard output could not be written: Bad file descriptor.\n"


@pytest.fixture
def shell(tmp_path):
    """Runs a command line of the shell; ``$C`` is the program. Gives exit code, output, errors."""
    (tmp_path / "p.toml").write_text(POLICY, "utf-8")
    (tmp_path / "t.txt").write_text("hello\nyou\n", "utf-8")

    def run(line):
        program = f"{sys.executable} -m console --home {tmp_path / 'home'}"
        ended = subprocess.run(
            ["sh", "-c", line.replace("$C", program).replace("$D", str(tmp_path))],
            capture_output=True,
            text=True,
            timeout=patient(60),
            check=False,
        )
        return ended.returncode, ended.stdout, ended.stderr

    return run


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("--version", 1),
        ("policy --help", 1),
        ("policy test $D/p.toml hi", 2),
        ("policy run $D/p.toml --input $D/t.txt --json", 2),
        ("policy diff $D/p.toml $D/p.toml --input $D/t.txt", 2),
        ("sandbox --coverage", 1),
        ("sandbox --json", 1),
    ],
)
def test_output_that_cannot_be_written_is_one_sentence(shell, command, code):
    for where, sentence in ((">/dev/full", FULL), (">&-", CLOSED)):
        ended, _, errors = shell(f"$C {command} </dev/null {where}")
        assert (ended, errors[-len(sentence) :]) == (code, sentence)
        assert "Traceback" not in errors


@pytest.mark.parametrize("where", ["2>/dev/full", "2>&-"])
def test_errors_that_cannot_be_said_change_nothing_else(shell, where):
    code, output, _ = shell(f"$C policy run $D/p.toml --input $D/t.txt --json {where}")
    assert code == 0
    assert output.startswith('{"texts": 2')
    assert shell(f"$C policy lint $D/gone.toml {where}")[0] == 1


def test_a_closed_input_is_one_sentence_where_it_is_needed(shell):
    assert shell("$C policy test $D/p.toml <&-") == (
        2,
        "",
        "Standard input is closed. Give the texts after the policy's file.\n",
    )
    assert shell("$C engine <&-") == (
        1,
        "",
        "The engine takes its orders from standard input, which is closed.\n",
    )
    assert shell("$C policy test $D/p.toml hi <&-")[0] == 0


def test_a_reader_that_has_seen_enough_is_no_error(shell):
    code, output, errors = shell("yes hello | $C policy test $D/p.toml --json | head -n 1")
    assert (code, output.count("\n"), errors) == (0, 1, "")


def test_lines_of_input_in_another_encoding_are_read_and_said(shell):
    code, output, errors = shell("printf 'gr\\374n\\nhi\\n' | $C policy test $D/p.toml --json")
    assert code == 0
    assert "gr\\u00fcn" in output
    assert errors == "line 1 of standard input is not UTF-8: read as cp1252.\n"


def test_an_address_without_its_scheme_is_one_sentence(shell):
    given = "STREAM_API_KEY=k STREAM_API_SECRET=s STREAM_BASE_URL=chat.example.org"
    for command in ("pull chat", "push $D/p.toml --yes"):
        assert shell(f"{given} $C policy {command}") == (
            2,
            "",
            "chat.example.org is no address of an app. It begins with https://.\n",
        )


@pytest.mark.parametrize(
    "content", ["raise OSError('no such symbol')", "", "import no_such_module"]
)
def test_a_broken_runtime_of_models_is_one_sentence(shell, tmp_path, content):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "onnxruntime.py").write_text(content, "utf-8")
    policy = '[[semantic_filters]]\nname = "a"\nphrases = ["hello there"]\n'
    rule = '{ name = "a", threshold = 0.5, action = "flag" }'
    rules = f"[automod_semantic_filters_config]\nrules = [{rule}]\n"
    (tmp_path / "m.toml").write_text(f'key = "chat"\n{rules}{policy}', "utf-8")
    path = f"PYTHONPATH={tmp_path / 'broken'}:$PYTHONPATH"
    code, output, errors = shell(f"{path} $C policy test $D/m.toml hi")
    assert (code, output.startswith("keep")) == (0, True), errors
    assert "Traceback" not in errors
    assert errors
