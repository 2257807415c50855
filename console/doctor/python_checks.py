"""Is the Python right, and is everything installed that the program asks for?"""

import importlib.metadata
import re
import sys

from console.doctor.finding import Finding, Level

DISTRIBUTION = "moderator-console"
OLDEST = (3, 11)


def check_python(version: tuple[int, int, int] | None = None) -> Finding:
    """Whether Python is 3.11 or later."""
    found = version or sys.version_info[:3]
    name = ".".join(map(str, found))
    if found[:2] < OLDEST:
        return Finding(
            "Python",
            Level.MISSING,
            f"Python {name} is too old.",
            "Install Python 3.11 or newer and make the environment again.",
        )
    return Finding("Python", Level.OK, f"Python {name}.")


def _installed(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def required_packages(requirements: list[str] | None) -> list[str]:
    """Names of the packages asked for at run time, from requirement strings (PEP 508)."""
    names: list[str] = []
    for requirement in requirements or []:
        if "extra ==" in requirement:
            continue
        match = re.match(r"[A-Za-z0-9._-]+", requirement)
        if match and match.group() not in names:
            names.append(match.group())
    return names


def check_packages() -> Finding:
    """Whether everything that pyproject.toml asks for is installed."""
    try:
        wanted = required_packages(importlib.metadata.requires(DISTRIBUTION))
    except importlib.metadata.PackageNotFoundError:
        return Finding(
            "Packages",
            Level.MISSING,
            f"{DISTRIBUTION} is not installed in this environment.",
            "Run `make run`, or `pip install --no-deps --editable .` in the project's folder.",
        )
    absent = [name for name in wanted if _installed(name) is None]
    if absent:
        return Finding(
            "Packages",
            Level.MISSING,
            f"Not installed: {', '.join(absent)}.",
            "pip install --require-hashes -r packaging/requirements.lock",
        )
    return Finding("Packages", Level.OK, f"All {len(wanted)} packages are installed.")


def check_qt_version(qt: str | None = None, python: tuple[int, int, int] | None = None) -> Finding:
    """PySide6 6.12 on Python 3.11 loses references and aborts after some thousand events."""
    version = qt or _installed("pyside6-essentials")
    running = python or sys.version_info[:3]
    if version is None:
        return Finding(
            "Qt version",
            Level.MISSING,
            "PySide6-Essentials is not installed.",
            "pip install --require-hashes -r packaging/requirements.lock",
        )
    minor = tuple(int(part) for part in version.split(".")[:2])
    if minor >= (6, 12) and running[:2] < (3, 12):
        return Finding(
            "Qt version",
            Level.MISSING,
            f"PySide6 {version} crashes on Python {running[0]}.{running[1]}.",
            "Install 'pyside6-essentials<6.12', or use Python 3.12 or newer.",
        )
    return Finding("Qt version", Level.OK, f"PySide6 {version}.")
