"""Whose name another can be taken for. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping

from msgspec import Struct

from console.base.look_alikes import likeness
from console.domain.call import Participant

HOST_ROLES = frozenset(
    (
        "host",
        "moderator",
        "admin",
        "call_moderator",
        "channel_moderator",
        "global_moderator",
        "global_admin",
    )
)
"""Roles of people who run a call, in Stream's words."""

LEAST = 3
"""Names of fewer letters are shared by many who mean nothing by it."""


class Host(Struct, frozen=True):
    """Somebody whose name nobody else may have. ``role`` is empty for a name without a person."""

    name: str
    role: str = ""


NOBODY = Host("")

SHUT_OUT = "banned"
"""In place of a role: somebody who may not be here."""


class HostNames:
    """The names that nobody else in a call may have."""

    def __init__(
        self,
        hosts: Mapping[str, Host],
        protected: Iterable[str] = (),
        shut_out: Iterable[tuple[str, str]] = (),
    ) -> None:
        """``hosts``: by user id. ``protected``: names that nobody may have at all. ``shut_out``:
        user ids and names of people who are banned or blocked: who has one may be one of them.
        """
        self._hosts = hosts
        people = dict(shut_out)
        self._shut_out = people.keys()
        self._banned = {
            key: Host(name, SHUT_OUT)
            for name in people.values()
            if len(key := likeness(name)) >= LEAST
        }
        self._whole: dict[str, Host] = {}
        self._words: list[tuple[tuple[str, ...], Host]] = []
        for host in (*map(Host, protected), *hosts.values()):
            alike = likeness(host.name)
            if len(alike) < LEAST:
                continue
            self._whole[alike] = host
            words = _words(host.name)
            if len(words) > 1 or not host.role:
                self._words.append((words, host))

    def like(self, user_id: str, name: str) -> Host:
        """For whom somebody called ``name`` can be taken; NOBODY for themself or for nobody.

        The same to look at, or the whole of a host's name of several words within a longer one:
        "Ottilie Marsh (official)".
        """
        if user_id in self._hosts:
            return NOBODY
        whole = self._whole.get(likeness(name))
        if whole is not None:
            return whole
        said = _words(name)
        within = next((host for words, host in self._words if _within(words, said)), NOBODY)
        if within is not NOBODY or user_id in self._shut_out:
            return within
        return self._banned.get(likeness(name), NOBODY)


def hosts_among(people: Iterable[Participant]) -> dict[str, Host]:
    """Those who run the call, by user id."""
    return {
        person.user_id: Host(person.name, person.role)
        for person in people
        if person.role in HOST_ROLES
    }


def is_same_name(name: str, other: str) -> bool:
    """Whether both are one name, letter by letter: case, the width of spaces and how a letter with
    an accent is coded do not count, and any character that only looks alike does.
    """
    return _spelling(name) == _spelling(other)


def _spelling(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _words(name: str) -> tuple[str, ...]:
    cleared = "".join(char if char.isalnum() else " " for char in name)
    return tuple(filter(None, map(likeness, cleared.split())))


def _within(words: tuple[str, ...], said: tuple[str, ...]) -> bool:
    length = len(words)
    return any(said[at : at + length] == words for at in range(len(said) - length + 1))
