"""Which stages of a policy look at a text, by its language and by whether there is time."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from console.domain.results import Judgement
from console.domain.spoken_language import UNKNOWN, plain_language
from console.domain.stages import NotLooked, Reason, Stage
from console.domain.verdict import Match
from console.policy.matchers.lists import ListMatcher
from console.policy.required_stages import WhenMissed, missed_matches
from console.policy.sections.required import RequiredConfig
from console.policy.sections.section import Matcher
from console.policy.weighing import judgement_of

MOST = 500
"""Plans kept; there are about 200 languages."""


class Plan(Struct, frozen=True):
    """What looks at texts of one language.

    ``missed``: the policy's rules about stages that do not look, each with its sentence.
    ``clean``: the judgement where neither they nor any other rule matches.
    """

    matchers: tuple[Matcher, ...]
    looked: tuple[Stage, ...]
    not_looked: tuple[NotLooked, ...]
    missed: Mapping[Match, str]
    clean: Judgement

    def judgement(self, reasons: Mapping[Match, str], when_missed: WhenMissed) -> Judgement:
        """What ``reasons``, the sentences of what matched, come to."""
        if not reasons and not self.missed:
            return self.clean
        counted = {**reasons, **self.missed} if when_missed is WhenMissed.COUNTS else reasons
        judgement = judgement_of(counted)
        matches = judgement.matches
        if when_missed is WhenMissed.WAITS:
            matches = (*matches, *self.missed)
        return replace(judgement, matches=matches, looked=self.looked, not_looked=self.not_looked)


class Plans:
    """Made once for each language. Safe in several threads."""

    def __init__(
        self,
        lists: ListMatcher,
        matchers: Sequence[Matcher],
        quick: Sequence[Matcher],
        required: RequiredConfig,
    ) -> None:
        """``quick``: the same as ``matchers`` without any model, in the same order."""
        self._required = required
        self._lists = {Stage.LISTS: lists.has_lists, Stage.PATTERNS: lists.has_patterns}
        self._listed = lists.languages
        self._some_for_any = lists.for_any_language
        self._pairs = tuple(zip(matchers, quick, strict=True))
        self._known: dict[tuple[str, bool], Plan] = {}

    def of(self, spoken: str, *, by_models: bool) -> Plan:
        """The plan for texts of a language that was ``spoken``; where it is empty, for any."""
        language = spoken if spoken.startswith(UNKNOWN) else plain_language(spoken)
        plan = self._known.get((language, by_models))
        if plan is None:
            if len(self._known) >= MOST:
                self._known.clear()
            plan = self._known[language, by_models] = self._made(language, by_models=by_models)
        return plan

    def _made(self, language: str, *, by_models: bool) -> Plan:
        chosen: list[Matcher] = []
        looked = [stage for stage, has_rules in self._lists.items() if has_rules]
        not_looked = [
            NotLooked(stage, Reason.NO_RULE)
            for stage, has_rules in self._lists.items()
            if not has_rules
        ]
        if Stage.LISTS in looked and _is_other(language, self._listed):
            if not self._some_for_any:
                looked.remove(Stage.LISTS)
            not_looked.append(NotLooked(Stage.LISTS, Reason.LANGUAGE, language))
        for full, quick in self._pairs:
            why = _why_not(full, language, by_models=by_models)
            chosen.append(full if why is None else quick)
            if why is None:
                looked.append(full.stage)
            else:
                not_looked.append(why)
        missed = missed_matches(self._required, not_looked)
        clean = Judgement(looked=tuple(looked), not_looked=tuple(not_looked))
        return Plan(tuple(chosen), clean.looked, clean.not_looked, missed, clean)


def _why_not(matcher: Matcher, language: str, *, by_models: bool) -> NotLooked | None:
    if not matcher.has_rules:
        return NotLooked(matcher.stage, Reason.NO_RULE)
    if not matcher.asks_model:
        return NotLooked(matcher.stage, Reason.NO_MODEL)
    if not by_models:
        return NotLooked(matcher.stage, Reason.LOAD)
    if _is_other(language, matcher.languages):
        return NotLooked(matcher.stage, Reason.LANGUAGE, language)
    return None


def _is_other(language: str, known: frozenset[str]) -> bool:
    """Whether ``language``, where it is told, is none of those that are ``known``."""
    return bool(language and known) and language not in known
