"""The async face of the log that cannot be changed silently, for the records of one app."""

from console.domain.audit import AuditEntry
from console.store import audit
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
