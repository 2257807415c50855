"""Hands each order of the engine to the part that carries it out. One that fails is told."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from console.media.teller import Teller
from console.protocol.codec import LineReader, LineRefusedError, orders_reader
from console.protocol.media import MediaProblem, ToMedia

log = logging.getLogger(__name__)

Handlers = Mapping[type, Callable[[Any], None]]


class Orders:
    """``handlers``: by class of order, what carries it out; it returns at once."""

    def __init__(self, handlers: Handlers, teller: Teller) -> None:
        self._handlers = handlers
        self._teller = teller
        self._reader: LineReader[ToMedia] = orders_reader()

    def feed(self, data: bytes) -> None:
        """Carry out the orders that ``data`` completes."""
        for order in self._reader.feed(data):
            if isinstance(order, LineRefusedError):
                self._teller.tell(MediaProblem("orders", f"An order could not be read: {order}"))
                continue
            try:
                self._handlers[type(order)](order)
            except Exception as error:  # one order that fails must not cost the ones after it
                log.exception("%s failed", type(order).__name__)
                sentence = f"An order could not be carried out ({type(error).__name__})."
                self._teller.tell(MediaProblem(type(order).__name__, sentence))
