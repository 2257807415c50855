"""``moderator-console doctor``: what is missing on this machine, in plain words."""

import argparse
import json
import sys
from pathlib import Path

from console.doctor.display_checks import check_display, check_qt_loads
from console.doctor.finding import Finding, Level, worst
from console.doctor.machine_checks import check_folder, check_keyring, check_loopback
from console.doctor.python_checks import check_packages, check_python, check_qt_version

_MARKS = {Level.OK: "  ok     ", Level.NOTE: "  note   ", Level.MISSING: "  MISSING"}


def examine(home: Path | None) -> list[Finding]:
    """Look at everything; takes a few seconds because it starts Qt once."""
    findings = [check_python(), check_packages(), check_qt_version(), *check_qt_loads()]
    findings += [check_display(), check_keyring(), check_loopback()]
    try:
        from console.base.paths import Paths, resources
        from console.doctor.model_checks import check_models
    except ImportError:
        return findings  # a package is missing, which check_packages reports
    paths = Paths.under(home) if home else Paths.of_platform()
    findings += check_models(paths.config / "models", resources() / "models")
    findings += [
        check_folder("Settings", paths.config),
        check_folder("Data", paths.data),
        check_folder("Logs", paths.logs),
    ]
    return findings


def report(findings: list[Finding]) -> str:
    """The findings as text for a terminal."""
    width = max(len(finding.subject) for finding in findings)
    lines = []
    for finding in findings:
        lines.append(f"{_MARKS[finding.level]}  {finding.subject:<{width}}  {finding.sentence}")
        if finding.advice:
            lines.append(f"{'':11}{'':{width}}  → {finding.advice}")
    closing = {
        Level.OK: "Nothing is missing.",
        Level.NOTE: "Everything needed is here; the notes say what would make it better.",
        Level.MISSING: "Something is missing: see above.",
    }
    return "\n".join([*lines, "", closing[worst(findings)]])


def main(options: argparse.Namespace) -> int:
    """Exit code 0 when the program can run, 1 when something is missing."""
    findings = examine(options.home)
    if options.json:
        sys.stdout.write(json.dumps([finding.as_dict() for finding in findings]) + "\n")
    else:
        sys.stdout.write(report(findings) + "\n")
    return 1 if worst(findings) is Level.MISSING else 0
