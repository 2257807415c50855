"""The whole program under other languages of the system, real ones, made for the test."""

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import patient
from tests.system.program import Program

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "console" / "ui"
POLICY = ROOT / "resources" / "policies" / "default.toml"
LOCALES = ["tr_TR.UTF-8", "ar_EG.UTF-8", "ja_JP.UTF-8", "de_DE.UTF-8"]


@pytest.fixture(scope="session")
def locales(tmp_path_factory):
    """A folder with compiled locales; the machine has those of its own user only."""
    if shutil.which("localedef") is None or not Path("/usr/share/i18n/locales/tr_TR").exists():
        if os.environ.get("REQUIRE_LOCALES"):
            pytest.fail("localedef or the sources of locales are missing (Debian: locales)")
        pytest.skip("localedef or the sources of locales are missing")
    folder = tmp_path_factory.mktemp("locales")
    for name in LOCALES:
        language, encoding = name.split(".")
        subprocess.run(
            ["localedef", "-i", language, "-f", encoding, folder / name],
            check=True,
            timeout=patient(60),
        )
    return folder


def run(arguments, tmp_path, **environment):
    left_out = ("LANG", "LC_ALL", "LC_CTYPE", "LOCPATH", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(
        [sys.executable, "-m", "console", "--home", str(tmp_path / "home"), *arguments],
        env={**kept, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=patient(90),
        check=False,
    )


DEMO = ["demo", "--headless", "--json", "--for", "12", "--clock-speed", "4"]


@pytest.mark.parametrize(
    "chosen",
    [
        *({"LANG": name} for name in LOCALES),
        {"LC_CTYPE": "tr_TR.UTF-8"},
        {"LC_ALL": "C"},
        {"LANG": "xx_XX.UTF-8"},
    ],
    ids=lambda chosen: "-".join(f"{name}={value}" for name, value in chosen.items()),
)
def test_the_demo_acts_and_says_nothing_odd(chosen, locales, tmp_path):
    done = run(DEMO, tmp_path, LOCPATH=str(locales), **chosen)
    assert done.returncode == 0, done.stderr
    # Qt itself asks for UTF-8 where the system's locale is not, in a paragraph of its own.
    odd = [line for line in done.stderr.splitlines() if "Traceback" in line or "Error" in line]
    assert odd == []
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["utterances"]["shown"] == found["utterances"]["spoken"] > 0
    # On a machine that stands still, four times the clock may leave an outcome not known.
    assert found["acts"]["confirmed"] > 0, found["acts"]
    assert found["acts"]["failed"] == 0, found["acts"]


@pytest.mark.parametrize("command", [[], ["lab"]], ids=["window", "lab"])
async def test_a_window_opens_in_turkish(command, locales, tmp_path):
    turkish = {"LOCPATH": str(locales), "LC_ALL": "tr_TR.UTF-8"}
    program = await Program.start(tmp_path, *command, children=1, environment=turkish)
    assert await program.end(signal.SIGINT, group=True) == (0, "")


def test_a_policy_judges_the_same_with_a_decimal_comma(locales, tmp_path):
    lines, output = tmp_path / "lines.csv", tmp_path / "results.csv"
    lines.write_text("text,seconds\nkill yourself,1.5\nI AM FINE,2.25\n", encoding="utf-8")
    asked = ["policy", "run", str(POLICY), "--input", str(lines), "--output", str(output)]

    def results(name):
        done = run(asked, tmp_path, LOCPATH=str(locales), LC_ALL=name)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        return output.read_bytes()

    expected = results("C.UTF-8")
    assert expected.count(b"\n") == 3
    assert {name: results(name) for name in LOCALES} == dict.fromkeys(LOCALES, expected)


def test_no_qt_object_is_given_properties_by_name():
    """See console/ui/widgets/timers.py: in Turkish some of them cannot be found."""
    given = []
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.keywords:
                name = node.func.id
                if name[:1] == "Q" and name[1:2].isupper():
                    given.append(f"{path.relative_to(UI)}:{node.lineno} {name}")
    assert given == []
