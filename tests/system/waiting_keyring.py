"""A keyring that waits for somebody to unlock it: PYTHON_KEYRING_BACKEND names it."""

import threading
from typing import NoReturn

from keyring.backend import KeyringBackend


class WaitingKeyring(KeyringBackend):
    """Nobody ever unlocks it."""

    priority = 5.0

    def get_password(self, service: str, username: str) -> NoReturn:
        self._wait()

    def set_password(self, service: str, username: str, password: str) -> NoReturn:
        self._wait()

    def delete_password(self, service: str, username: str) -> NoReturn:
        self._wait()

    def _wait(self) -> NoReturn:
        while True:
            threading.Event().wait()
