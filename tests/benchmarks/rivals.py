"""The ways to find words in a text that are compared: this engine's and others'.

Every function makes a judge: text in, whether it is objected to out. Nothing is imported before it
is made, so that a process shows what it alone costs.
"""

import importlib
import importlib.util
import re
from collections.abc import Callable, Sequence

Judge = Callable[[str], bool]

RIVALS = {"better-profanity": "better_profanity", "alt-profanity-check": "profanity_check"}
"""Packages that `make bench` installs, and what they are imported as."""


def is_installed(name: str) -> bool:
    """Whether the package ``name`` of RIVALS can be imported."""
    return importlib.util.find_spec(RIVALS[name]) is not None


def ours(
    words: Sequence[str],
    patterns: Sequence[str] = (),
    *,
    folding: bool = True,
    substring: bool = False,
    endings: bool = False,
    disguises: bool = False,
) -> Judge:
    """This engine's evaluator with one word list and one pattern list."""
    from console.policy.evaluator import Evaluator
    from console.policy.model import Blocklist, BlocklistRule, ListType, Policy

    policy = Policy(
        key="custom:bench",
        blocklists=(
            Blocklist(
                name="words",
                words=tuple(words),
                is_leet_check_enabled=folding,
                is_plural_check_enabled=folding,
                is_confusable_folding_enabled=folding,
                is_spacing_check_enabled=folding,
                is_repetition_check_enabled=folding,
                is_ending_check_enabled=endings,
                is_respelling_check_enabled=disguises,
                is_compound_check_enabled=disguises,
            ),
            Blocklist(name="patterns", type=ListType.REGEX, words=tuple(patterns)),
        ),
        block_list_rules=(BlocklistRule(name="words"), BlocklistRule(name="patterns")),
        match_substring=substring,
    )
    evaluator = Evaluator(policy)
    return lambda text: bool(evaluator.judge(text).matches)


def plain_re(
    words: Sequence[str],
    patterns: Sequence[str] = (),
    *,
    substring: bool = False,
    plural: bool = False,
) -> Judge:
    """One alternation of the words and patterns, as the standard library matches it."""
    alternation = "|".join(map(re.escape, words))
    edge = "" if substring else r"\b"
    ending = "(?:e?s)?" if plural else ""
    pieces = [f"{edge}(?:{alternation}){ending}{edge}"]
    pieces += [pattern.removeprefix("(?i)") for pattern in patterns]
    search = re.compile("|".join(pieces), re.IGNORECASE).search
    return lambda text: search(text) is not None


def better_profanity(words: Sequence[str] = ()) -> Judge:
    """better-profanity (last release 2020) with ``words``, or with its own list."""
    profanity = importlib.import_module("better_profanity").Profanity()
    profanity.load_censor_words(list(words) or None)
    return lambda text: bool(profanity.contains_profanity(text))


def alt_profanity_check() -> Judge:
    """alt-profanity-check: a linear classifier that knows its own words only; one text a call."""
    predict = importlib.import_module("profanity_check").predict
    return lambda text: bool(predict([text])[0])


def alt_profanity_check_at_once() -> Callable[[Sequence[str]], Sequence[bool]]:
    """The same with all texts in one call, as fast as it gets."""
    predict = importlib.import_module("profanity_check").predict
    return lambda texts: [bool(each) for each in predict(list(texts))]
