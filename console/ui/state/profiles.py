"""Named ways to sign in: the profiles in ``profiles.json``, their secrets in the keyring."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from console.base import documents
from console.base.errors import WorldError
from console.base.secrets import Secrets
from console.domain.sign_in import Profile


class Profiles(QObject):
    """The stored profiles, in the order in which they were made.

    Signals:
        changed: profiles were added, changed or removed.
        secret_not_kept: a sentence that says why a secret lasts for this session only.
    """

    changed = Signal()
    secret_not_kept = Signal(str)

    def __init__(self, file: Path, secrets: Secrets, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._secrets = secrets
        self._profiles: dict[str, Profile] = {}
        self._lent: set[str] = set()

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
        return await self._secrets.lasting()

    async def secret(self, name: str) -> str | None:
        """The secret of a profile, or None when it must be typed.

        Raises:
            WorldError: the keyring failed or does not answer.
        """
        return await self._secrets.find(name)

    def lend(self, profile: Profile, secret: str) -> None:
        """Offer a profile and its secret for this session; both are written nowhere."""
        self._profiles[profile.name] = profile
        self._lent.add(profile.name)
        self._secrets.hold(profile.name, secret)
        self.changed.emit()

    def keep(self, profile: Profile) -> None:
        """Keep a profile.

        Raises:
            WorldError: the disk refused, or the profile has no name.
        """
        if not profile.name.strip():
            raise WorldError("A profile needs a name.")
        if profile.name in self._lent and profile == self._profiles[profile.name]:
            return
        lent = self._lent - {profile.name}
        kept = (self._profiles | {profile.name: profile}).values()
        self._save(kept, lent)
        self._profiles[profile.name] = profile
        self._lent = lent
        self.changed.emit()

    async def keep_secret(self, name: str, secret: str) -> None:
        """Keep the secret of a profile; the keyring may take until somebody unlocks it."""
        if name in self._lent:
            self._secrets.hold(name, secret)
            return
        try:
            await self._secrets.save(name, secret)
        except WorldError as error:
            self.secret_not_kept.emit(
                f"{error.sentence} The secret of {name} is kept for this session only."
            )

    async def remove(self, name: str) -> None:
        """Forget a profile and its secret; unknown names are fine.

        Raises:
            WorldError: the disk refused, or the keyring does not answer.
        """
        rest = {key: profile for key, profile in self._profiles.items() if key != name}
        lent = self._lent - {name}
        self._save(rest.values(), lent)
        self._profiles, self._lent = rest, lent
        self.changed.emit()
        await self._secrets.forget(name)

    def _save(self, profiles: Iterable[Profile], lent: set[str]) -> None:
        documents.save(self._file, [each for each in profiles if each.name not in lent])
