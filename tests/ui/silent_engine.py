"""An engine client without a process: what it is sent is kept, and a test says what comes back."""

from typing import Any

from console.ui.state.engine_client import EngineClient


class Sent(list[Any]):
    """Messages in the order they were sent."""

    def of(self, kind):
        return [each for each in self if isinstance(each, kind)]


class SilentEngine(EngineClient):
    def __init__(self):
        super().__init__(["never-started"])
        self.sent = Sent()
        self.up = True

    @property
    def running(self):
        return self.up

    def send(self, message):
        self.sent.append(message)

    def say(self, message):
        self.message_received.emit(message)

    def die(self, sentence="The engine crashed."):
        self.up = False
        self.died.emit(sentence)

    def begin(self):
        self.up = True
        self.started.emit(1)
