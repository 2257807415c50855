"""One thing the doctor looked at. Standard library only: it must work when nothing else does."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Level(StrEnum):
    """OK; NOTE works with less; MISSING keeps a part of the program from working."""

    OK = "ok"
    NOTE = "note"
    MISSING = "missing"


@dataclass(frozen=True)
class Finding:
    """What was checked, the result, and what to do about it; empty when nothing."""

    subject: str
    level: Level
    sentence: str
    advice: str = ""

    def as_dict(self) -> dict[str, str]:
        """For ``--json``."""
        return asdict(self)


def worst(findings: list[Finding]) -> Level:
    """MISSING when any is, else NOTE when any is, else OK."""
    levels = {finding.level for finding in findings}
    for level in (Level.MISSING, Level.NOTE):
        if level in levels:
            return level
    return Level.OK
