"""The async face of the log that cannot be changed silently, for the records of one app."""

from console.domain.audit import AuditEntry
from console.store import audit, audit_heads
from console.store.audit_heads import Sign
from console.store.connection_thread import ConnectionThread


class AuditRecords:
    """Every method raises WorldError when the disk or the file fails; nothing is then kept.

    What is done in a transaction of the store calls ``audit.add`` in it instead.
    """

    def __init__(self, app_id: int, writer: ConnectionThread) -> None:
        self._app_id = app_id
        self._writer = writer

    async def add(self, entry: AuditEntry) -> int:
        """Add one row; it survives a power cut. Returns its place."""
        return await self._writer.run(lambda c: audit.add(c, self._app_id, entry), durable=True)

    async def add_head(self, sign: Sign, *, at: float, before_day: str = "") -> bool:
        """Say where the log stands; see ``audit_heads.add_head``."""
        return await self._writer.run(
            lambda c: audit_heads.add_head(c, self._app_id, sign, at=at, before_day=before_day),
            durable=True,
        )
