"""Domains and email addresses in a text, written or spoken ("example dot com")."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from console.policy.matchers.only_looks_like_a_link import KNOWN_ENDINGS, is_doubtful, prepare
from console.policy.model import Blocklist, Hit, ListType

ADDRESS_TYPES = (
    ListType.DOMAIN,
    ListType.DOMAIN_ALLOWLIST,
    ListType.EMAIL,
    ListType.EMAIL_ALLOWLIST,
)

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_WRITTEN = re.compile(rf"(?<![\w.@-])(?P<user>[\w.+%-]{{1,64}}@)?(?P<host>{_LABEL}(?:\.{_LABEL})+)")
_SPOKEN = re.compile(
    rf"\b(?:(?P<user>[\w.+-]{{1,64}}) at )?(?P<host>[\w-]{{2,63}}(?: dot [\w-]{{1,63}}){{0,3}}"
    rf" dot (?:{KNOWN_ENDINGS}))\b",
    re.IGNORECASE,
)
_ENDING = re.compile(r"[^\W\d_]{2,}\Z|xn--[\w-]+\Z")


class Address(NamedTuple):
    """A domain in a text, with the mailbox when it is an email address; lower case.

    ``is_doubtful``: it may just as well be none, see ``only_looks_like_a_link``.
    """

    user: str
    host: str
    start: int
    end: int
    is_doubtful: bool = False


def addresses(text: str) -> Iterator[Address]:
    """Every domain and email address in ``text``."""
    if "." in text:
        for match in _WRITTEN.finditer(text):
            host = match["host"].casefold()
            if _ENDING.match(host.rpartition(".")[2]):
                user = (match["user"] or "@")[:-1].casefold()
                start, end = match.span()
                doubtful = not user and is_doubtful(text, start, end)
                yield Address(user, host, start, end, doubtful)
    if " dot " in text or " DOT " in text or " Dot " in text:
        for match in _SPOKEN.finditer(text):
            host = re.sub(" dot ", ".", match["host"].casefold())
            if match["user"]:
                yield Address(match["user"].casefold(), host, *match.span())
            # "write to bob at ..." and "buy it at ..." sound alike, so it is a domain as well.
            yield Address("", host, *match.span("host"))


class AddressMatcher:
    """Finds what domain and email lists name, or, for allow-lists, what they do not name."""

    def __init__(self, lists: Sequence[tuple[int, Blocklist]]) -> None:
        self._lists = [
            (at, blocklist.type, {entry_key(word): i for i, word in enumerate(blocklist.words)})
            for at, blocklist in lists
        ]
        if any(kind is ListType.DOMAIN_ALLOWLIST for _, kind, _ in self._lists):
            prepare()

    def find(self, text: str) -> set[Hit]:
        """Every address that a list objects to; ``entry`` is -1 for allow-lists."""
        if not self._lists or not ("." in text or "dot" in text.casefold()):
            return set()
        hits: set[Hit] = set()
        for address in addresses(text):
            for at, kind, entries in self._lists:
                entry = _objection(kind, entries, address)
                if entry is not None:
                    hits.add(Hit(at, entry, address.start, address.end))
        return hits


def entry_key(word: str) -> str:
    """An entry as it is compared: lower case, without scheme, path, ``www.`` and wildcards."""
    key = word.strip().casefold()
    key = key.partition("://")[2] or key
    key = key.partition("/")[0]
    for prefix in ("*.", "www."):
        key = key.removeprefix(prefix)
    return key.removeprefix("*@").removeprefix("@") if key.startswith(("*@", "@")) else key


def _objection(kind: ListType, entries: dict[str, int], address: Address) -> int | None:
    is_mail = bool(address.user)
    if kind in (ListType.DOMAIN, ListType.DOMAIN_ALLOWLIST):
        entry = None if is_mail else _domain_entry(entries, address.host)
        return entry if kind is ListType.DOMAIN else _unless(entry, is_mail or address.is_doubtful)
    if not is_mail:
        return None
    entry = entries.get(f"{address.user}@{address.host}")
    if entry is None:
        entry = _domain_entry(entries, address.host)
    return entry if kind is ListType.EMAIL else _unless(entry, False)


def _unless(entry: int | None, exempt: bool) -> int | None:
    """An allow-list objects to what it does not name."""
    return None if entry is not None or exempt else -1


def _domain_entry(entries: dict[str, int], host: str) -> int | None:
    """The entry for ``host`` or for a domain it is part of."""
    while host:
        if host in entries:
            return entries[host]
        _, _, host = host.partition(".")
    return None
