"""What this process tells the engine: written by a thread, and bounded."""

from console.base.pipes import Sink
from console.protocol import codec
from console.protocol.media import FromMedia

MAX_PENDING = 32 * 1024 * 1024
"""Bytes that the engine has not taken; an engine so far behind gets nothing more but this count."""


class Teller:
    """Tells the engine. Safe in several threads.

    Attributes:
        untold: messages that were dropped because the engine took nothing for too long.
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self.untold = 0

    def tell(self, message: FromMedia) -> None:
        """Tell the engine, unless it is far behind."""
        if self._sink.pending > MAX_PENDING:
            self.untold += 1
        else:
            self._sink.write(codec.encode(message))
