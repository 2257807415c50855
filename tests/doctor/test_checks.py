import json
import socket
import subprocess
import sys

from console.base.paths import resources
from console.doctor import display_checks, machine_checks, python_checks
from console.doctor.cli import report
from console.doctor.finding import Finding, Level, worst
from console.doctor.media_parts import Part, look_at_parts
from console.doctor.model_checks import check_models, explain_pictures
from tests.patience import patient


def test_an_old_python_is_missing():
    assert python_checks.check_python((3, 10, 9)).level is Level.MISSING
    assert python_checks.check_python((3, 11, 0)).level is Level.OK


def test_the_combination_that_crashes_is_named():
    bad = python_checks.check_qt_version("6.12.0", (3, 11, 7))
    assert bad.level is Level.MISSING
    assert "crashes on Python 3.11" in bad.sentence
    assert python_checks.check_qt_version("6.11.3", (3, 11, 7)).level is Level.OK
    assert python_checks.check_qt_version("6.12.0", (3, 12, 1)).level is Level.OK


def test_requirements_are_read_without_extras_and_markers():
    given = [
        "pyside6-essentials<6.12,>=6.11; python_version < '3.12'",
        "pyside6-essentials>=6.11; python_version >= '3.12'",
        "qasync>=0.28",
        "pytest>=8; extra == 'test'",
    ]
    assert python_checks.required_packages(given) == ["pyside6-essentials", "qasync"]


def test_a_missing_library_is_named_with_its_package():
    finding = display_checks.explain_failure(
        "ImportError: libEGL.so.1: cannot open shared object file: No such file or directory"
    )
    assert finding.level is Level.MISSING
    assert finding.advice == "On Debian: apt-get install libegl1"
    assert "no message" in display_checks.explain_failure("").sentence


def test_fonts_are_judged_by_what_they_draw():
    [none] = display_checks.explain_fonts(json.dumps({"families": 0, "lacking": []}))
    [some] = display_checks.explain_fonts(json.dumps({"families": 3, "lacking": ["Chinese"]}))
    [full] = display_checks.explain_fonts(json.dumps({"families": 3, "lacking": []}))
    assert [none.level, some.level, full.level] == [Level.MISSING, Level.NOTE, Level.OK]


def test_no_display_is_a_note_not_a_failure():
    assert display_checks.check_display({}, "linux").level is Level.NOTE
    assert display_checks.check_display({}, "win32").level is Level.OK


def test_a_folder_that_cannot_be_made_is_missing(tmp_path):
    (tmp_path / "file").write_text("")
    assert machine_checks.check_folder("Data", tmp_path / "file" / "x").level is Level.MISSING
    assert machine_checks.check_folder("Data", tmp_path / "new").level is Level.OK


def test_an_open_folder_is_noted(tmp_path):
    (tmp_path / "open").mkdir(mode=0o755)
    (tmp_path / "open").chmod(0o755)
    if sys.platform != "win32":
        assert machine_checks.check_folder("Data", tmp_path / "open").level is Level.NOTE


def test_models_at_hand_are_named_and_broken_ones_noted(tmp_path):
    (tmp_path / "image").mkdir()
    found = check_models(tmp_path, resources() / "models")
    assert [each.level for each in found[:2]] == [Level.NOTE, Level.OK]
    assert "config.json could not be read" in found[0].sentence
    assert found[1].sentence == "Semantic filters compare by all-MiniLM-L6-v2."
    assert found[2].sentence.startswith("AI text is judged by local classifier")
    assert found[-2].sentence.startswith("Images in the lab are judged by Stream alone")


def test_doctor_and_media_check_tell_the_same_of_pictures(tmp_path):
    (part,) = [each for each in look_at_parts(tmp_path) if each.part == "image model"]
    said = check_models(tmp_path, resources() / "models")[-1].sentence
    by = f"looked at by {part.name}." if part.ready else "judged by Stream alone: "
    assert said.startswith(f"Pictures of calls are {by}")


def test_pictures_that_cannot_be_looked_at_say_why():
    gone = Part(part="image model", name="m", version="", licence="MIT", ready=False, reason="No.")
    assert explain_pictures(gone).sentence == "Pictures of calls are judged by Stream alone: no."


def test_loopback_works_here():
    assert machine_checks.check_loopback().level is Level.OK


def test_loopback_refused_is_said(monkeypatch):
    def refuse(*_args):
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    assert machine_checks.check_loopback().sentence.endswith("Permission denied.")


def test_the_worst_finding_decides_and_the_report_says_it():
    ok, note = Finding("A", Level.OK, "fine."), Finding("Longer", Level.NOTE, "so so.", "do this")
    assert worst([ok]) is Level.OK
    assert worst([ok, note]) is Level.NOTE
    assert "→ do this" in report([ok, note])
    assert report([Finding("A", Level.MISSING, "no.")]).endswith("Something is missing: see above.")


def test_the_command_prints_every_finding_as_json(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "console", "--home", str(tmp_path), "doctor", "--json"],
        capture_output=True,
        text=True,
        timeout=patient(100),
        check=False,
    )
    findings = json.loads(done.stdout)
    assert {"Python", "Packages", "Qt", "Keyring", "Loopback", "Data"} <= {
        f["subject"] for f in findings
    }
    missing = any(f["level"] == "missing" for f in findings)
    assert done.returncode == (1 if missing else 0)
