"""A policy made ready once and asked many times. No clock, no I/O, safe in any thread."""

import collections
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from msgspec.structs import replace

from console.domain.local_models import NO_MODELS, LocalModels
from console.domain.results import NOTHING, Judgement
from console.policy.inputs.texts import TextRow
from console.policy.matchers.lists import ListMatcher, Seen
from console.policy.model import Policy
from console.policy.names import NameLists
from console.policy.plans import Plans
from console.policy.required_stages import WhenMissed
from console.policy.sections.registry import SECTIONS
from console.policy.sections.section import Found, Matcher
from console.policy.text.shown import shown

Spread = Callable[[Callable[[str], None], Iterable[str]], Iterable[None]]
"""``map``, or that of a pool of threads: models work outside of Python's lock."""


class Evaluator:
    """Judges texts by one policy.

    Raises:
        PatternError: the policy holds a pattern that RE2 refuses; ``read_policy`` reports those
            before, with their line.
    """

    def __init__(
        self, policy: Policy, seen: Seen | None = None, models: LocalModels = NO_MODELS
    ) -> None:
        """``seen`` is called once for each text, with the entries of lists that matched it.

        ``models``: the models of this computer. Without them only words are compared.
        """
        self.policy = policy
        self.models = models
        self._lists = ListMatcher(policy, seen)
        self._names = NameLists(policy, self._lists)
        self._matchers = _matchers(policy, models)
        self._asking = [each for each in self._matchers if each.asks_model]
        self._plans = Plans(
            self._lists,
            self._matchers,
            _matchers(policy, NO_MODELS) if self._asking else self._matchers,
            policy.required,
        )

    @property
    def asks_models(self) -> bool:
        """Whether a model looks at texts: there is one, and a rule that wants it."""
        return bool(self._asking)

    def judge(
        self,
        text: str,
        language: str = "",
        *,
        spoken: str = "",
        by_models: bool = True,
        when_missed: WhenMissed = WhenMissed.COUNTS,
    ) -> Judgement:
        """What the policy recommends for ``text``, and which stages looked at it.

        A model takes a few milliseconds, words take some microseconds. With ``by_models`` False
        texts are judged as if there were no models.

        Args:
            language: as Stream names it; empty where it names none. Lists for other languages
                stay silent.
            spoken: as it was identified; models that do not know it are not asked. Empty where
                that is not known: every model is asked.
            when_missed: what to do where a stage that the policy requires does not look.
        """
        if not text:
            return NOTHING
        plan = self._plans.of(spoken, by_models=by_models)
        reasons = dict(self._lists.find(text, language))
        seen = shown(text)[0]
        for matcher in plan.matchers:
            for match, why in matcher.find(seen.text):
                start, end = seen.place(match.start, match.end)
                reasons[replace(match, start=start, end=end)] = why
        return plan.judgement(reasons, when_missed)

    def judge_name(self, name: str) -> Judgement:
        """What the policy recommends for what somebody calls themself; words alone judge it."""
        return self._names.judge(name)

    def across(self, text: str, language: str, counts: Callable[[int, int], bool]) -> list[Found]:
        """What lists find in several lines read as one, at the places, from and to, that count."""
        return self._lists.find(text, language, counts)

    def look_ahead(self, texts: Iterable[str], spread: Spread) -> None:
        """Let the models look at ``texts`` that are judged next, as ``spread`` runs it.

        They remember what they saw of the last few hundred; without models there is nothing to do.
        """
        if self.asks_models:
            collections.deque(spread(self._look, texts), maxlen=0)

    def _look(self, text: str) -> None:
        seen = shown(text)[0].text
        for matcher in self._asking:
            matcher.find(seen)


def _matchers(policy: Policy, models: LocalModels) -> list[Matcher]:
    made = (section.matcher(policy, models) for section in SECTIONS)
    return [matcher for matcher in made if matcher is not None]


BATCH = 64
"""Texts looked at ahead; models remember some hundred."""


def looked_ahead(
    rows: Iterable[TextRow], evaluators: Sequence[Evaluator], threads: int
) -> Iterator[TextRow]:
    """``rows`` as they are; a batch of them at a time is looked at in ``threads`` threads.

    Without models nothing is held back.
    """
    asked = [each for each in evaluators if each.asks_models]
    if not asked or threads < 2:
        yield from rows
        return
    with ThreadPoolExecutor(threads, thread_name_prefix="models") as pool:
        coming = iter(rows)
        while batch := list(islice(coming, BATCH)):
            texts = [row.text for row in batch]
            for evaluator in asked:
                evaluator.look_ahead(texts, pool.map)
            yield from batch
