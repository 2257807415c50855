"""Pull and push through the SDK against a served sandbox."""

import asyncio

import pytest

from console.__main__ import main
from console.policy.policy_file import read_policy

POLICY = """key = "custom:pushed"
[block_list_config]
enabled = true
rules = [{ name = "rude words", action = "remove" }]
[ai_text_config]
rules = [{ label = "SCAM", action = "flag" }]
[[blocklists]]
name = "rude words"
words = ["nitwit"]
"""


@pytest.fixture
def run(sandbox, monkeypatch, capsys, tmp_path):
    """Runs a command beside the sandbox; returns the exit code, what was written, and errors."""
    profile = sandbox.profile()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("STREAM_API_KEY", profile.api_key)
    monkeypatch.setenv("STREAM_API_SECRET", sandbox.keys.api_secret)
    monkeypatch.setenv("STREAM_BASE_URL", profile.base_url)

    async def command(*arguments):
        code = await asyncio.to_thread(main, ["policy", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


async def test_a_policy_goes_to_the_app_and_comes_back(run, sandbox, tmp_path):
    file = tmp_path / "p.toml"
    file.write_text(POLICY, "utf-8")
    code, shown, _ = await run("push", file)
    assert (code, shown.splitlines()) == (
        0,
        [
            "The list “rude words” is new: 1 entry.",
            "The config “custom:pushed” is new.",
            "Nothing was written; say --yes to write it.",
        ],
    )
    assert "custom:pushed" not in sandbox.world.judging.configs
    code, shown, _ = await run("push", file, "--yes")
    assert (code, shown.splitlines()[-1]) == (0, "Written.")
    assert sandbox.world.judging.blocklists["rude words"]["words"] == ["nitwit"]
    assert sandbox.world.judging.configs["custom:pushed"]["ai_text_config"]["rules"]
    assert (await run("push", file))[1] == "Nothing differs.\n"

    file.write_text(POLICY.replace('["nitwit"]', '["nitwit", "dolt"]'), "utf-8")
    code, shown, _ = await run("push", file, "--yes")
    assert shown == "The list “rude words” changes: 1 added.\nWritten.\n"
    assert sandbox.world.judging.blocklists["rude words"]["words"] == ["nitwit", "dolt"]

    back = tmp_path / "back.toml"
    assert (await run("pull", "custom:pushed", "--output", back))[0] == 0
    read = read_policy(back.read_text("utf-8"), "back")
    assert read.errors == ()
    assert read.policy is not None
    assert read.policy.blocklists[0].words == ("nitwit", "dolt")
    assert read.policy.sections["ai_text_config"] == {
        "rules": [{"label": "SCAM", "action": "flag"}]
    }
    assert (await run("push", back))[1] == "Nothing differs.\n"
    assert (await run("pull", "custom:pushed"))[1] == back.read_text("utf-8")


async def test_what_is_not_there_is_said(run):
    code, _, errors = await run("pull", "custom:nowhere")
    assert (code, errors) == (2, "The app has no policy for custom:nowhere.\n")


async def test_a_policy_with_errors_is_not_pushed(run, tmp_path):
    file = tmp_path / "p.toml"
    file.write_text('key = "chat"\nx = 1\n', "utf-8")
    code, shown, errors = await run("push", file, "--yes")
    assert (code, shown, errors) == (1, "", f"{file}:2: x: is unknown here.\n")


async def test_without_an_app_it_says_how_to_give_one(run, monkeypatch):
    monkeypatch.delenv("STREAM_API_SECRET")
    code, _, errors = await run("pull", "chat")
    assert code == 2
    assert errors == (
        "No app is given. Use --profile NAME, or STREAM_API_KEY and STREAM_API_SECRET.\n"
    )
    code, _, errors = await run("pull", "chat", "--profile", "nobody")
    assert code == 2
    assert "There is no profile called 'nobody'." in errors
