"""Pull and push through the SDK against a served sandbox."""

import asyncio
from typing import Any

import keyring
import keyring.backend
import keyring.errors
import pytest

from console.__main__ import main
from console.base import documents
from console.base.paths import Paths
from console.domain.sign_in import Method
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


async def test_a_list_of_another_type_is_created_anew(run, sandbox, tmp_path):
    file = tmp_path / "p.toml"
    file.write_text(POLICY, "utf-8")
    await run("push", file, "--yes")
    typed = POLICY.replace('words = ["nitwit"]', 'type = "regex"\nwords = ["nit.?wit"]')
    file.write_text(typed, "utf-8")
    code, shown, _ = await run("push", file, "--yes")
    assert (code, shown) == (
        0,
        "The list “rude words” is deleted and created anew: word becomes regex, 1 added, "
        "1 removed.\nWritten.\n",
    )
    stored = sandbox.world.judging.blocklists["rude words"]
    assert (stored["type"], stored["words"]) == ("regex", ["nit.?wit"])
    assert (await run("push", file))[1] == "Nothing differs.\n"


async def test_settings_of_the_whole_config_go_and_come(run, sandbox, tmp_path):
    file, back = tmp_path / "p.toml", tmp_path / "back.toml"
    file.write_text(f'async = true\nteam = "red"\n{POLICY}', "utf-8")
    await run("push", file, "--yes")
    stored = sandbox.world.judging.team_configs["custom:pushed", "red"]
    assert (stored["async"], stored["team"]) == (True, "red")
    assert (await run("push", file))[1] == "Nothing differs.\n"
    assert (await run("pull", "custom:pushed"))[0] == 2  # there is none for every team
    await run("pull", "custom:pushed", "--team", "red", "--output", back)
    assert back.read_text("utf-8").startswith('key = "custom:pushed"\nasync = true\nteam = "red"')
    file.write_text(POLICY.replace("[block", 'team = "red"\n[block', 1), "utf-8")
    _, shown, _ = await run("push", file, "--yes")
    assert shown == "The setting async is removed.\nWritten.\n"
    assert (await run("push", file))[1] == "Nothing differs.\n"


async def test_what_only_stream_understands_is_neither_lost_nor_changed(run, sandbox, tmp_path):
    judging = sandbox.world.judging
    judging.put_blocklist({"name": "theirs", "words": ["a", "b"], "team": "red", "novel": 1})
    config: dict[str, Any] = {
        "key": "custom:theirs",
        "async": True,
        "block_list_config": {
            "async": True,
            "rules": [{"name": "theirs", "action": "flag", "team": "red", "novel": 2}],
        },
        "llm_config": {"rules": [{"label": "X", "action": "flag", "novel": [{"y": 3}]}]},
        "velocity_filter_config": {"enabled": False, "rules": [{"action": "ban"}]},
        "novel_config": {"enabled": True, "depth": {"z": 1.5}},
    }
    judging.put_config("custom:theirs", config)
    before = dict(judging.configs["custom:theirs"]), dict(judging.blocklists["theirs"])
    back = tmp_path / "back.toml"
    assert (await run("pull", "custom:theirs", "--output", back))[0] == 0
    assert (await run("push", back, "--yes"))[:2] == (0, "Nothing differs.\n")
    assert (judging.configs["custom:theirs"], judging.blocklists["theirs"]) == before
    back.write_text(back.read_text("utf-8").replace("depth = { z = 1.5 }", "depth = { z = 2 }"))
    assert (await run("push", back, "--yes"))[1] == (
        "The section novel_config changes.\nWritten.\n"
    )
    stored = judging.configs["custom:theirs"]
    assert {name: stored[name] for name in config} == {
        **config,
        "block_list_config": {"enabled": True, **config["block_list_config"]},
        "novel_config": {"enabled": True, "depth": {"z": 2}},
    }


class Ring(keyring.backend.KeyringBackend):
    """Holds one secret, whoever asks."""

    priority = 1
    secret = "a token"

    def get_password(self, service, username):
        return self.secret

    def set_password(self, service, username, password):
        raise keyring.errors.PasswordSetError


async def test_a_user_token_may_not_push(run, sandbox, tmp_path):
    file = tmp_path / "p.toml"
    file.write_text(POLICY, "utf-8")
    profiles = Paths.of_platform().config / "profiles.json"
    profiles.parent.mkdir(parents=True)
    documents.save(profiles, [sandbox.profile(Method.TOKEN)])
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    try:
        answers = [
            await run(*command, "--profile", "sandbox")
            for command in (("push", file, "--yes"), ("pull", "custom:pushed"))
        ]
    finally:
        keyring.set_keyring(before)
    for code, shown, errors in answers:
        assert (code, shown, errors) == (
            2,
            "",
            "A policy can be pulled and pushed only with the app's secret.\n",
        )
    assert "custom:pushed" not in sandbox.world.judging.configs


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
