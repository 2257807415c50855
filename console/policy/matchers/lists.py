"""The lists that a policy's rules use, made ready for texts."""

from bisect import bisect_right
from collections.abc import Callable

from console.domain.spoken_language import plain_language
from console.domain.verdict import Match
from console.policy.matchers.addresses import ADDRESS_TYPES, AddressMatcher
from console.policy.matchers.patterns import PatternMatcher
from console.policy.matchers.read_as import read_as
from console.policy.matchers.words import WordMatcher
from console.policy.model import Blocklist, BlocklistRule, Hit, ListType, Policy
from console.policy.sections.section import Found
from console.policy.text.language_guess import is_plainly_other
from console.policy.text.shown import shown

Seen = Callable[[set[tuple[str, int]]], None]
"""Takes a list's name and the number of an entry in it; -1 for what an allow-list does not name."""

_KINDS = {
    ListType.WORD: ("Word list", "word"),
    ListType.REGEX: ("Pattern list", "passage"),
    ListType.DOMAIN: ("Domain list", "link"),
    ListType.DOMAIN_ALLOWLIST: ("Domain allow-list", "link"),
    ListType.EMAIL: ("Email list", "address"),
    ListType.EMAIL_ALLOWLIST: ("Email allow-list", "address"),
}


class ListMatcher:
    """Finds the entries of every list whose rule counts.

    Raises:
        PatternError: a list holds a pattern that RE2 refuses.
    """

    def __init__(self, policy: Policy, seen: Seen | None = None) -> None:
        """``seen`` is called once for each text, with the entries of lists that matched it."""
        self._seen = seen
        self._rules = _rules(policy)
        numbered = [(at, blocklist) for at, (_, blocklist) in enumerate(self._rules)]
        self._words = WordMatcher(
            [(at, each) for at, each in numbered if each.type == ListType.WORD],
            substring=policy.match_substring,
        )
        excepting = [(at, each) for at, each in numbered if each.exceptions]
        self._excepting = {at for at, _ in excepting}
        self._exceptions = WordMatcher(
            [(at, each.model_copy(update={"words": each.exceptions})) for at, each in excepting]
        )
        self._patterns = PatternMatcher(
            [(at, each) for at, each in numbered if each.type == ListType.REGEX]
        )
        self._addresses = AddressMatcher(
            [(at, each) for at, each in numbered if each.type in ADDRESS_TYPES]
        )

    @property
    def has_lists(self) -> bool:
        """Whether a rule is about words, domains or addresses."""
        return any(each.type != ListType.REGEX for _, each in self._rules)

    @property
    def languages(self) -> frozenset[str]:
        """The languages (ISO 639) that word lists are for; empty where none states one.

        What stands in lists without a language beside them means the same everywhere, and is no
        judgement of another language.
        """
        words = (each for _, each in self._rules if each.type == ListType.WORD)
        return frozenset(plain_language(each.language) for each in words) - {""}

    @property
    def for_any_language(self) -> bool:
        """Whether something is listed that counts in every language."""
        return any(each.type != ListType.REGEX and not each.language for _, each in self._rules)

    @property
    def has_patterns(self) -> bool:
        """Whether a rule is about a list of patterns."""
        return any(each.type == ListType.REGEX for _, each in self._rules)

    def find(
        self, text: str, language: str, counts: Callable[[int, int], bool] | None = None
    ) -> list[Found]:
        """What matches in a text of ``language``, which may be empty.

        ``counts``: of which places, from and to, it is asked; of all when None.
        """
        hits = self._hits(text)
        if counts is not None:
            hits = {hit for hit in hits if counts(hit.start, hit.end)}
        if not hits:
            return []
        spoken = self._meant(hits, text, language)
        if self._seen is not None:
            self._seen({(self._rules[hit.at][0].name, hit.entry) for hit in spoken})
        places: dict[int, list[Hit]] = {}
        for hit in spoken:
            places.setdefault(hit.at, []).append(hit)
        found: list[Found] = []
        for at, here in places.items():
            matches = {self._match(hit) for hit in here}
            why = _why(*self._rules[at], len(matches), self._read_as(at, text, here))
            found += [Found(match, why) for match in matches]
        return found

    def _read_as(self, at: int, text: str, hits: list[Hit]) -> str:
        """What ``hits`` of list ``at`` were read as; empty for what is no list of words."""
        blocklist = self._rules[at][1]
        return read_as(text, hits, blocklist) if blocklist.type == ListType.WORD else ""

    def _hits(self, text: str) -> set[Hit]:
        """What is found in what is seen of ``text``."""
        hits: set[Hit] = set()
        for seen in shown(text):
            found = self._words.find(seen.text)
            found |= self._patterns.find(seen.text)
            found |= self._addresses.find(seen.text)
            if seen.text is text:
                return found
            hits |= {
                Hit(hit.at, hit.entry, *seen.place(hit.start, hit.end), hit.needs) for hit in found
            }
        # A pattern may be about the very characters that show nothing.
        return hits | self._patterns.find(text)

    def _meant(self, hits: set[Hit], text: str, language: str) -> list[Hit]:
        """``hits`` without those of lists for other languages, and without exceptions."""
        silent = self._silent({hit.at for hit in hits}, text, language)
        spoken = [hit for hit in hits if hit.at not in silent]
        if self._excepting.isdisjoint(hit.at for hit in spoken):
            return spoken
        spared = _Spared(self._exceptions.find(text))
        return [hit for hit in spoken if not spared.covers(hit)]

    def _silent(self, lists: set[int], text: str, language: str) -> set[int]:
        """Those of ``lists`` that are for another language than that of ``text``."""
        stated = plain_language(language)
        wanted = {at: plain_language(self._rules[at][1].language) for at in lists}
        other = {each for each in wanted.values() if each and each != stated}
        if not stated:
            other = {each for each in other if is_plainly_other(text, each)}
        return {at for at, each in wanted.items() if each in other}

    def _match(self, hit: Hit) -> Match:
        rule, blocklist = self._rules[hit.at]
        return Match(
            rule=rule.name,
            label=blocklist.label or blocklist.name,
            severity=blocklist.severity,
            action=rule.action,
            start=hit.start,
            end=hit.end,
            kind=blocklist.type,
        )


class _Spared:
    """The places of exceptions, asked for each hit; as quick for thousands of both."""

    def __init__(self, places: set[Hit]) -> None:
        self._starts: dict[int, list[int]] = {}
        self._ends: dict[int, list[int]] = {}
        for at, start, end in sorted((each.at, each.start, each.end) for each in places):
            ends = self._ends.setdefault(at, [])
            self._starts.setdefault(at, []).append(start)
            ends.append(max(end, ends[-1] if ends else 0))

    def covers(self, hit: Hit) -> bool:
        """Whether an exception of its list begins no later than ``hit`` and ends no earlier."""
        starts = self._starts.get(hit.at)
        if starts is None:
            return False
        before = bisect_right(starts, hit.start)
        return before > 0 and self._ends[hit.at][before - 1] >= hit.end


def _rules(policy: Policy) -> list[tuple[BlocklistRule, Blocklist]]:
    if not policy.block_list_enabled:
        return []
    known = {blocklist.name: blocklist for blocklist in policy.blocklists}
    return [(rule, known[rule.name]) for rule in policy.block_list_rules if rule.name in known]


def _why(rule: BlocklistRule, blocklist: Blocklist, count: int, disguise: str) -> str:
    kind, noun = _KINDS[blocklist.type]
    name = f"“{rule.name}” (stand-in)" if blocklist.stand_in else f"“{rule.name}”"
    verb = "does not name" if blocklist.type.endswith("allowlist") else "matched"
    many = noun if count == 1 else f"{noun}es" if noun.endswith("s") else f"{noun}s"
    severity = f" ({blocklist.severity})" if blocklist.severity.rank else ""
    seen = f", {disguise}" if disguise else ""
    return f"{kind} {name} {verb} {count} {many}{severity}{seen}."
