"""Named ways to sign in: the profiles in ``profiles.json``, their secrets in the keyring."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from console.base import documents
from console.base.errors import WorldError
from console.base.secrets import Secrets
from console.domain.sign_in import Profile


class Profiles(QObject):
    """The stored profiles, in the order in which they were made.

    Keyring calls may open a dialog of the system's, so they run in a thread.

    Signals:
        changed: profiles were added, changed or removed.
    """

    changed = Signal()

    def __init__(self, file: Path, secrets: Secrets, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._secrets = secrets
        self._profiles: dict[str, Profile] = {}

    def load(self) -> None:
        """Read the file.

        Raises:
            WorldError: it does not fit this version; it is left as it is.
        """
        stored = documents.load(self._file, list[Profile]) or []
        self._profiles = {profile.name: profile for profile in stored}
        self.changed.emit()

    def all(self) -> list[Profile]:
        """Every stored profile."""
        return list(self._profiles.values())

    def find(self, name: str) -> Profile | None:
        """The profile called ``name``."""
        return self._profiles.get(name)

    async def lasting(self) -> bool:
        """Whether secrets are kept after this session."""
        return await asyncio.to_thread(self._secrets.lasting)

    async def secret(self, name: str) -> str | None:
        """The secret of a profile, or None when it must be typed."""
        return await asyncio.to_thread(self._secrets.find, name)

    async def save(self, profile: Profile, secret: str) -> bool:
        """Keep a profile and its secret; False when the secret lasts for this session only.

        Raises:
            WorldError: the disk refused, or the profile has no name.
        """
        if not profile.name.strip():
            raise WorldError("A profile needs a name.")
        documents.save(self._file, list((self._profiles | {profile.name: profile}).values()))
        self._profiles[profile.name] = profile
        kept = await asyncio.to_thread(self._secrets.save, profile.name, secret)
        self.changed.emit()
        return kept

    async def remove(self, name: str) -> None:
        """Forget a profile and its secret; unknown names are fine.

        Raises:
            WorldError: the disk refused.
        """
        rest = {key: profile for key, profile in self._profiles.items() if key != name}
        documents.save(self._file, list(rest.values()))
        self._profiles = rest
        await asyncio.to_thread(self._secrets.forget, name)
        self.changed.emit()
