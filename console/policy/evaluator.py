"""A policy made ready once and asked many times. No clock, no I/O, safe in any thread."""

import collections
from collections.abc import Callable, Iterable

from console.domain.local_models import NO_MODELS, LocalModels
from console.domain.results import NOTHING, Judgement, weight
from console.domain.verdict import Match
from console.policy.address_matcher import ADDRESS_TYPES, AddressMatcher
from console.policy.ai_text_matcher import AiTextMatcher
from console.policy.ai_text_section import ai_text_rules
from console.policy.hit import Hit
from console.policy.model import Blocklist, BlocklistRule, ListType, Policy
from console.policy.pattern_matcher import PatternMatcher
from console.policy.semantic_matcher import SemanticMatcher, semantic_rules_in_force
from console.policy.word_matcher import WordMatcher

MAX_MATCHES = 64
"""Matches listed in one judgement; the rest is counted."""

Spread = Callable[[Callable[[str], None], Iterable[str]], Iterable[None]]
"""``map``, or that of a pool of threads: models work outside of Python's lock."""
Seen = Callable[[set[tuple[str, int]]], None]
"""Gets a list's name and the number of an entry in it; -1 for what an allow-list does not name."""


class Evaluator:
    """Judges texts by one policy.

    Raises:
        PatternError: the policy holds a pattern that RE2 refuses; ``read_policy`` reports those
            before, with their line.
    """

    def __init__(
        self, policy: Policy, seen: Seen | None = None, models: LocalModels = NO_MODELS
    ) -> None:
        """``seen`` is told once for each text which entries of which lists matched it.

        ``models``: what judges beside words; without them it is as fast as words are.
        """
        self.policy = policy
        self.models = models
        self._seen = seen
        self._rules = _rules_in_force(policy)
        numbered = [(at, blocklist) for at, (_, blocklist) in enumerate(self._rules)]
        self._words = WordMatcher(
            [(at, each) for at, each in numbered if each.type == ListType.WORD],
            substring=policy.match_substring,
        )
        self._patterns = PatternMatcher(
            [(at, each) for at, each in numbered if each.type == ListType.REGEX]
        )
        self._addresses = AddressMatcher(
            [(at, each) for at, each in numbered if each.type in ADDRESS_TYPES]
        )
        self._harms = AiTextMatcher(ai_text_rules(policy.sections), models.text)
        likenesses = semantic_rules_in_force(policy)
        self._by_meaning = SemanticMatcher(likenesses, models.embedder)
        self._by_words = (
            SemanticMatcher(likenesses) if models.embedder is not None else self._by_meaning
        )

    @property
    def asks_models(self) -> bool:
        """Whether a model looks at texts: there is one, and a rule that wants it."""
        return self._by_meaning.asks_model or self._harms.asks_model

    def judge(self, text: str, language: str = "", *, by_models: bool = True) -> Judgement:
        """What the policy recommends for ``text``; ``language`` as Stream names it or empty.

        A model takes a few milliseconds, words some microseconds: with ``by_models`` False the
        words stand in, as if there were no models.
        """
        if not text:
            return NOTHING
        hits = self._words.find(text)
        hits |= self._patterns.find(text)
        hits |= self._addresses.find(text)
        found = set()
        if hits:
            spoken = [hit for hit in hits if self._speaks(hit, language)]
            found = {self._match(hit) for hit in spoken}
            if self._seen is not None:
                self._seen({(self._rules[hit.at][0].name, hit.entry) for hit in spoken})
        likenesses = self._by_meaning if by_models else self._by_words
        reasons = {each.match: each.why for each in likenesses.find(text)}
        if by_models:
            reasons |= {each.match: each.why for each in self._harms.find(text)}
        found.update(reasons)
        return self._judged(found, reasons) if found else NOTHING

    def look_ahead(self, texts: Iterable[str], spread: Spread) -> None:
        """Let the models look at ``texts`` that are judged next, as ``spread`` runs it.

        They remember what they saw of the last few hundred; without models there is nothing to do.
        """
        if self.asks_models:
            collections.deque(spread(self._look, texts), maxlen=0)

    def _look(self, text: str) -> None:
        self._by_meaning.find(text)
        self._harms.find(text)

    def _speaks(self, hit: Hit, language: str) -> bool:
        wanted = self._rules[hit.at][1].language
        return not wanted or not language or _language(wanted) == _language(language)

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

    def _judged(self, found: set[Match], reasons: dict[Match, str]) -> Judgement:
        """``found`` weighed; ``reasons`` holds the sentence of what is no list."""
        matches = sorted(found, key=lambda match: (match.start, match.end, match.rule))
        # Of equals, the one that can point at its words decides.
        gravest = sorted(matches, key=lambda each: (weight(each), each.end > each.start))[::-1]
        deciding = gravest[0]
        why = reasons.get(deciding) or self._why(deciding, matches)
        return Judgement(
            action=deciding.action,
            severity=max((each.severity for each in matches), key=lambda severity: severity.rank),
            labels=tuple(dict.fromkeys(match.label for match in gravest)),
            rule=deciding.rule,
            why=why,
            matches=tuple(matches[:MAX_MATCHES]),
            unlisted=max(0, len(matches) - MAX_MATCHES),
        )

    def _why(self, match: Match, matches: list[Match]) -> str:
        blocklist = next(each for rule, each in self._rules if rule.name == match.rule)
        same = sum(each.rule == match.rule and each.kind == match.kind for each in matches)
        return _why(match, blocklist, same)


def _language(name: str) -> str:
    """``en`` for ``en``, ``EN-gb`` and ``en_US``."""
    return name.replace("_", "-").partition("-")[0].casefold()


def _rules_in_force(policy: Policy) -> list[tuple[BlocklistRule, Blocklist]]:
    if not policy.block_list_enabled:
        return []
    known = {blocklist.name: blocklist for blocklist in policy.blocklists}
    return [(rule, known[rule.name]) for rule in policy.block_list_rules if rule.name in known]


_KINDS = {
    ListType.WORD: ("Word list", "word"),
    ListType.REGEX: ("Pattern list", "passage"),
    ListType.DOMAIN: ("Domain list", "link"),
    ListType.DOMAIN_ALLOWLIST: ("Domain allow-list", "link"),
    ListType.EMAIL: ("Email list", "address"),
    ListType.EMAIL_ALLOWLIST: ("Email allow-list", "address"),
}


def _why(match: Match, blocklist: Blocklist, count: int) -> str:
    kind, noun = _KINDS[blocklist.type]
    name = f"“{match.rule}” (stand-in)" if blocklist.stand_in else f"“{match.rule}”"
    verb = "does not name" if blocklist.type.endswith("allowlist") else "matched"
    many = noun if count == 1 else f"{noun}es" if noun.endswith("s") else f"{noun}s"
    severity = f" ({match.severity})" if match.severity.rank else ""
    return f"{kind} {name} {verb} {count} {many}{severity}."
