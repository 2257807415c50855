"""Notes in the log that it was exported by a command."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from console.base.paths import Paths
from console.domain.audit import AuditEntry, AuditKind, PersonalText
from console.store.copying import note


def note_export(arguments: Sequence[str], home: Path | None) -> None:
    """Add the row of an export; where the store takes none now, that is said."""
    paths = Paths.under(home) if home else Paths.of_platform()
    entry = AuditEntry(
        kind=AuditKind.EXPORT,
        at=time.time(),
        facts={"what": "log of what was done"},
        texts=(PersonalText("arguments", " ".join(arguments)),),
    )
    if not note(paths.data / "console.db", entry):
        sys.stderr.write("The export could not be noted in the log: the store takes nothing now.\n")
