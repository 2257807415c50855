"""The keys of speech plugins: in the system's keyring, and in memory while they are used."""

from console.base.errors import WorldError
from console.base.secrets import Secrets


class PluginKeys:
    """By the name of the plugin."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._known: dict[str, str] = {}

    def known(self, plugin: str) -> str:
        """The key as it was found last; "" where there is none."""
        return self._known.get(plugin, "")

    async def find(self, plugin: str) -> str:
        """The key of a plugin; "" where none is kept.

        Raises:
            WorldError: the keyring failed or did not answer.
        """
        if plugin and plugin not in self._known:
            self._known[plugin] = await self._secrets.find(_name(plugin)) or ""
        return self.known(plugin)

    async def keep(self, plugin: str, key: str) -> None:
        """Use ``key`` from now on; "" forgets it.

        Raises:
            WorldError: the keyring failed; it is kept for this session.
        """
        self._known[plugin] = key
        try:
            if key:
                await self._secrets.save(_name(plugin), key)
            else:
                await self._secrets.forget(_name(plugin))
        except WorldError as error:
            sentence = f"{error.sentence} The key is kept for this session only."
            raise WorldError(sentence, error.advice) from error


def _name(plugin: str) -> str:
    return f"speech-plugin:{plugin}"
