"""Secrets in the system keyring; where there is none, in memory for this session only.

keyring (https://keyring.readthedocs.io) is synchronous and may open a dialog of the system's:
call this from a thread.
"""

import logging

import keyring
import keyring.errors

log = logging.getLogger(__name__)

SERVICE = "moderator-console"


class Secrets:
    """Named secrets. Nothing here touches a file or a log."""

    def __init__(self, service: str = SERVICE) -> None:
        self._service = service
        self._session: dict[str, str] = {}

    def lasting(self) -> bool:
        """Whether a keyring exists that keeps secrets after this session."""
        try:
            return bool(keyring.get_keyring().priority > 0)
        except (keyring.errors.KeyringError, RuntimeError):
            return False

    def save(self, name: str, secret: str) -> bool:
        """Keep ``secret`` under ``name``; False when only for this session."""
        self._session[name] = secret
        if not self.lasting():
            return False
        try:
            keyring.set_password(self._service, name, secret)
        except keyring.errors.KeyringError as error:
            log.warning("the keyring refused a secret: %s", type(error).__name__)
            return False
        return True

    def find(self, name: str) -> str | None:
        """The secret called ``name``, or None."""
        if name in self._session:
            return self._session[name]
        if not self.lasting():
            return None
        try:
            return keyring.get_password(self._service, name)
        except keyring.errors.KeyringError as error:
            log.warning("the keyring did not answer: %s", type(error).__name__)
            return None

    def forget(self, name: str) -> None:
        """Remove the secret called ``name`` everywhere; unknown names are fine."""
        self._session.pop(name, None)
        if not self.lasting():
            return
        try:
            keyring.delete_password(self._service, name)
        except keyring.errors.PasswordDeleteError:
            log.debug("there was no secret of that name")
        except keyring.errors.KeyringError as error:
            log.warning("the keyring did not answer: %s", type(error).__name__)
