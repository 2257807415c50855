"""The command line as a person types it, in processes of their own."""

import subprocess
import sys

import pytest

from console.__main__ import main
from tests.patience import patient

POLICY = 'key = "chat"\n[block_list_config]\nrules = []\n'


def console(*arguments):
    command = [sys.executable, "-m", "console", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=patient(30), check=False)


@pytest.mark.parametrize("home", [["--home", "policy"], ["--home=x"], []])
def test_options_may_stand_before_policy(home, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.toml").write_text(POLICY, "utf-8")
    assert main([*home, "policy", "lint", "p.toml"]) == 0


def test_a_pull_looks_for_the_profile_below_home(tmp_path, capsys):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "profiles.json").write_text(
        '[{"name": "work", "api_key": "key", "method": "secret"}]', "utf-8"
    )
    assert main(["--home", str(tmp_path), "policy", "pull", "chat", "--profile", "other"]) == 2
    assert capsys.readouterr().err == "There is no profile called 'other'. Known: work.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--bogus"],
        ["bogus"],
        ["demo", "--for", "0"],
        ["demo", "--for", "nan"],
        ["demo", "--speed", "nan"],
        ["demo", "--rate", "inf"],
        ["sandbox", "--rate", "nan"],
        ["sandbox", "--speed", "-inf"],
        ["sandbox", "--speed", "1e300"],
        ["sandbox", "--rate", "0"],
        ["demo", "--for", "-3"],
        ["sandbox", "--port", "65536"],
        ["--home"],
        ["--homes", "x", "policy"],
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_usage(arguments, capsys):
    with pytest.raises(SystemExit) as refused:
        main(arguments)
    assert refused.value.code == 2
    written = capsys.readouterr().err.splitlines()
    assert written[0].startswith("usage: moderator-console")
    assert "error: " in written[-1]


@pytest.mark.parametrize("command", [["engine"], ["sandbox"], ["demo", "--headless"], []])
def test_a_home_that_cannot_be_made_is_one_sentence(command, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    ended = console("--home", str(tmp_path / "file" / "home"), *command)
    assert (ended.returncode, ended.stdout) == (1, "")
    (line,) = ended.stderr.splitlines()
    assert line.startswith("The ")
    assert "--home" in line


@pytest.mark.parametrize("command", [["doctor", "--json"], ["policy", "lint", "p.toml"]])
def test_home_may_follow_the_command_as_its_advice_sounds(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.toml").write_text("", "utf-8")
    for options in (["--home", "here"], ["--home=here"]):
        assert main([*command, *options]) in (0, 1)
    assert "unrecognized" not in capsys.readouterr().err


def test_a_screenshot_into_nowhere_is_refused_before_the_demo_begins(tmp_path, capsys):
    shot = tmp_path / "missing" / "shot.png"
    assert main(["demo", "--headless", "--screenshot", str(shot)]) == 1
    assert capsys.readouterr().err == (
        f"The folder {shot.parent} for the screenshot does not exist.\n"
    )


def test_the_machine_s_own_clock_can_be_named(capsys):
    """The demo hands it to its children so."""
    assert main(["sandbox", "--clock-speed", "1.0@0.0", "--coverage"]) == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize("where", ["nowhere", "host:99999", "http://here:80"])
def test_an_address_for_webhooks_that_is_none_is_refused(where, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["engine", "--webhook", where])
    assert caught.value.code == 2
    assert "invalid address" in capsys.readouterr().err
