"""The wheel that is built is the whole program: it runs from nothing but that wheel."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import patient

ROOT = Path(__file__).resolve().parents[3]


def run(*command, **options):
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=patient(120), check=False, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """``installed("doctor")`` runs the program from an installation of the built wheel."""
    folder = tmp_path_factory.mktemp("build")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    run(*pip, "install", "--no-deps", "--target", str(folder / "site"), str(wheel))
    environment = os.environ | {"PYTHONPATH": str(folder / "site")}

    def program(*arguments):
        return run(
            *(sys.executable, "-m", "console", "--home", str(folder / "home"), *arguments),
            cwd=folder,
            env=environment,
        )

    code = "import console; print(console.__file__)"
    found = run(sys.executable, "-c", code, cwd=folder, env=environment)
    assert Path(found.strip()).is_relative_to(folder / "site")
    return program


def test_the_demo_runs(installed):
    found = json.loads(installed("demo", "--headless", "--for", "10", "--json").splitlines()[-1])
    assert found["utterances"]["lost"] == 0 < found["utterances"]["spoken"]
    assert found["acts"]["requested"] == found["acts"]["confirmed"]


def test_what_comes_with_it_is_found(installed):
    assert installed("--version").startswith("moderator-console ")
    assert "Check " in installed("sandbox", "--coverage")
    assert json.loads(installed("doctor", "--json").splitlines()[-1])


def test_a_policy_is_judged_by_the_models_that_come_with_it(installed, tmp_path):
    policy = tmp_path / "policy.toml"
    policy.write_text(
        'key = "custom:captions"\n'
        '[ai_text_config]\nrules = [{ label = "INSULT", action = "flag" }]\n',
        "utf-8",
    )
    assert installed("policy", "lint", str(policy)) is not None
