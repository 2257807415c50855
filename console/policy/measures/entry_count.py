"""Which entries of the lists match, how often, and which never do."""

from collections import Counter
from collections.abc import Iterable

from console.domain.results import SilentEntries
from console.policy.model import Policy


class EntryCount:
    """Counts texts for each entry of the lists that a policy's rules use."""

    def __init__(self, policy: Policy) -> None:
        names = {rule.name for rule in policy.block_list_rules}
        # The entries of an allow-list are silent when all is well.
        self._lists = {
            each.name: each.words
            for each in policy.blocklists
            if each.name in names and not each.type.endswith("allowlist")
        }
        self._texts: Counter[tuple[str, int]] = Counter()

    def add(self, entries: Iterable[tuple[str, int]]) -> None:
        """One text in which these entries of these lists matched."""
        self._texts.update(entries)

    def most_common(self, most: int) -> list[tuple[str, str, int]]:
        """List, entry and texts, the most frequent first; what allow-lists object to left out."""
        found: list[tuple[str, str, int]] = []
        for (rule, entry), texts in self._texts.most_common():
            if rule in self._lists and len(found) < most:
                found.append((rule, self._lists[rule][entry], texts))
        return found

    def silent(self, most: int) -> list[SilentEntries]:
        """For each list that has some: the entries without a match, at most ``most`` named."""
        out = []
        for rule, words in self._lists.items():
            quiet = [word for at, word in enumerate(words) if (rule, at) not in self._texts]
            if quiet:
                out.append(SilentEntries(rule, len(quiet), len(words), tuple(quiet[:most])))
        return out
