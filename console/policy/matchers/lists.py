"""The lists that a policy's rules use, made ready for texts."""

from collections.abc import Callable

from console.domain.verdict import Match
from console.policy.matchers.addresses import ADDRESS_TYPES, AddressMatcher
from console.policy.matchers.patterns import PatternMatcher
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


UNSTATED = ("", "auto", "und", "mul")
"""What stands where nobody says which language a text is in (ISO 639-2 for two of them)."""


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
        places: dict[int, set[Match]] = {}
        for hit in spoken:
            places.setdefault(hit.at, set()).add(self._match(hit))
        return [
            Found(match, why)
            for at, matches in places.items()
            for why in (_why(*self._rules[at], len(matches)),)
            for match in matches
        ]

    def _hits(self, text: str) -> set[Hit]:
        """What is found in what is seen of ``text``."""
        hits: set[Hit] = set()
        for seen in shown(text):
            found = self._words.find(seen.text)
            found |= self._patterns.find(seen.text)
            found |= self._addresses.find(seen.text)
            if seen.text is text:
                return found
            hits |= {Hit(hit.at, hit.entry, *seen.place(hit.start, hit.end)) for hit in found}
        # A pattern may be about the very characters that show nothing.
        return hits | self._patterns.find(text)

    def _meant(self, hits: set[Hit], text: str, language: str) -> list[Hit]:
        """``hits`` without those of lists for other languages, and without exceptions."""
        spoken = [hit for hit in hits if self._speaks(hit, text, language)]
        lists = {hit.at for hit in spoken} & self._excepting
        if not lists:
            return spoken
        spared = [each for each in self._exceptions.find(text) if each.at in lists]
        return [
            hit
            for hit in spoken
            if not any(
                each.at == hit.at and each.start <= hit.start and hit.end <= each.end
                for each in spared
            )
        ]

    def _speaks(self, hit: Hit, text: str, language: str) -> bool:
        wanted = _language(self._rules[hit.at][1].language)
        stated = _language(language)
        if not wanted or wanted == stated:
            return True
        return stated in UNSTATED and not is_plainly_other(text, wanted)

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


def _language(name: str) -> str:
    """``en`` for ``en``, ``EN-gb`` and ``en_US``."""
    return name.replace("_", "-").partition("-")[0].casefold()


def _rules(policy: Policy) -> list[tuple[BlocklistRule, Blocklist]]:
    if not policy.block_list_enabled:
        return []
    known = {blocklist.name: blocklist for blocklist in policy.blocklists}
    return [(rule, known[rule.name]) for rule in policy.block_list_rules if rule.name in known]


def _why(rule: BlocklistRule, blocklist: Blocklist, count: int) -> str:
    kind, noun = _KINDS[blocklist.type]
    name = f"“{rule.name}” (stand-in)" if blocklist.stand_in else f"“{rule.name}”"
    verb = "does not name" if blocklist.type.endswith("allowlist") else "matched"
    many = noun if count == 1 else f"{noun}es" if noun.endswith("s") else f"{noun}s"
    severity = f" ({blocklist.severity})" if blocklist.severity.rank else ""
    return f"{kind} {name} {verb} {count} {many}{severity}."
