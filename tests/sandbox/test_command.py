"""The sandbox as a process of its own."""

import json
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from tests.patience import patient

KEYS = ["base_url", "ws_url", "api_key", "api_secret", "token", "user_id"]


def _start(python, tmp_path, *arguments):
    return subprocess.Popen(
        [python, "-m", "console", "--home", str(tmp_path), "sandbox", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.system
def test_it_says_where_it_listens_and_ends_with_its_parent(tmp_path):
    with _start(sys.executable, tmp_path, "--json", "--paused", "--until-stdin-closes") as process:
        address = json.loads(process.stdout.readline())
        assert list(address) == KEYS
        with urllib.request.urlopen(
            f"{address['base_url']}/sandbox/status", timeout=patient(10)
        ) as answer:
            status = json.load(answer)
        assert (status["started"], status["scenario"]) == (False, "town-hall")
        process.stdin.close()
        process.stdin = None
        assert process.wait(patient(10)) == 0
        assert process.stderr.read() == b""


@pytest.mark.system
def test_an_unknown_scenario_is_said_in_a_sentence(tmp_path, warm_python):
    with _start(warm_python, tmp_path, "--scenario", "nowhere") as process:
        _, errors = process.communicate(timeout=patient(20))
    assert process.returncode == 1
    assert b"There is no scenario called nowhere." in errors
    assert b"Traceback" not in errors


@pytest.mark.system
def test_it_lists_its_endpoints(tmp_path, warm_python):
    with _start(warm_python, tmp_path, "--coverage") as process:
        listed, errors = process.communicate(timeout=patient(20))
    assert (process.returncode, errors) == (0, b"")
    assert any(line.startswith(b"Check ") for line in listed.splitlines())


@pytest.mark.system
def test_it_serves_others_without_the_control_endpoint(tmp_path, warm_python):
    options = ("--json", "--until-stdin-closes", "--virtual-clock", "--speed", "50")
    with _start(warm_python, tmp_path, *options) as process:
        address = json.loads(process.stdout.readline())
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{address['base_url']}/sandbox/status", timeout=patient(10))
        with refused.value as answer:
            assert (answer.code, json.load(answer)["code"]) == (404, 16)
        process.stdin.close()
        process.stdin = None
        assert process.wait(patient(10)) == 0
        assert process.stderr.read().count(b"\n") == 1  # nothing is served at GET /sandbox/status


@pytest.mark.system
def test_what_was_recorded_is_played_again(tmp_path, warm_python):
    tape = tmp_path / "evening.tape"
    said = []
    for options in (("--record", str(tape), "--paused"), ("--replay", str(tape))):
        with _start(warm_python, tmp_path, "--json", "--until-stdin-closes", *options) as process:
            address = json.loads(process.stdout.readline())
            request = urllib.request.Request(
                f"{address['base_url']}/api/v2/video/edges?api_key={address['api_key']}",
                headers={"Authorization": address["token"]},
            )
            with urllib.request.urlopen(request, timeout=patient(10)) as answer:
                said.append(json.load(answer))
            process.stdin.close()
            process.stdin = None
            assert process.wait(patient(10)) == 0
            assert process.stderr.read() == b""
    assert said[0] == said[1]
    assert said[0]["edges"]
