"""Says what is damaged in the environment of the Python that runs this; nothing when it is whole.

``check_environment.py LOCK`` looks whether each package of LOCK that fits this machine is there in
its version, with every file in its length, and whether the program is that of this checkout. It
imports nothing but the standard library: what it looks for may be broken.
"""

import csv
import importlib.util
import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MISSING = "is missing"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(\s*;)?", re.MULTILINE)


def main(lock: Path) -> str:
    """The first damage found, as part of a sentence."""
    pins: dict[str, list[str]] = {}
    optional = set()
    for name, version, condition in _PIN.findall(lock.read_text(encoding="utf-8")):
        pins.setdefault(name, []).append(version)  # some Pythons take another version
        if condition:
            optional.add(name)
    for name, versions in pins.items():
        damage = _damage(name, versions)
        if damage and not (damage == MISSING and name in optional):
            return f"{name} {damage}"
    program = importlib.util.find_spec("console")
    if program is None or Path(program.origin or "").parent != ROOT / "console":
        return "the program in it is not that of this checkout"
    return ""


def _damage(name: str, versions: list[str]) -> str:
    try:
        package = metadata.distribution(name)
        version, record = package.version, package.read_text("RECORD")
    except metadata.PackageNotFoundError:
        return MISSING
    except (OSError, ValueError, KeyError, TypeError):
        return "cannot be read"
    if version not in versions:
        return f"is {version} and not {' or '.join(versions)}"
    if not record:
        return "has lost its list of files"
    for row in csv.reader(record.splitlines()):
        # What pip compiled has no length here, and is made anew where it is missing.
        if len(row) == 3 and row[2].isdigit() and not row[0].endswith(".pyc"):
            path = Path(str(package.locate_file(row[0])))
            try:
                if path.stat().st_size != int(row[2]):
                    return f"has a damaged {path.name}"
            except OSError:
                return f"has lost {path.name}"
    return ""


if __name__ == "__main__":
    # Not from the checkout that this file stands in: only what was installed counts.
    sys.path.pop(0)
    found = main(Path(sys.argv[1]))
    sys.stdout.write(f"{found}\n" if found else "")
    raise SystemExit(1 if found else 0)
