"""Whether a scenario's policy makes of its lines what the scenario says it should. Pure.

The server never looks at this: verdicts are computed. It lets a scenario double as a test.
"""

import re
from collections.abc import Iterator

from console.domain.verdict import KEEP
from console.policy.evaluator import Evaluator
from console.policy.stream_config import from_stream
from console.sandbox.direction.scenario import Scenario
from console.sandbox.direction.wording import CHOICE


def variants(line: str) -> Iterator[str]:
    """Every text that ``drawn`` can make of ``line``."""
    choice = CHOICE.search(line)
    if choice is None:
        yield line
        return
    for word in choice.group(1).split("|"):
        yield from variants(line[: choice.start()] + word + line[choice.end() :])


def unmet_expectations(scenario: Scenario) -> Iterator[str]:
    """One sentence for each expectation that the policy does not meet."""
    policy = from_stream(
        {**scenario.policy.config, "key": scenario.policy.key},
        {str(each.get("name", "")): each for each in scenario.policy.blocklists},
    )
    evaluator = Evaluator(policy)

    def raised(line: str, language: str) -> list[bool]:
        return [evaluator.judge(text, language).action != KEEP for text in variants(line)]

    for pool in scenario.pools:
        verdicts = {line: raised(line, pool.language) for line in pool.lines}
        yield from _unlike(f"pool {pool.id}", pool.expect, verdicts)
    for exchanges in scenario.exchanges:
        verdicts = {text: raised(text, "") for turns in exchanges.turns for _, text in turns}
        yield from _unlike("exchange", exchanges.expect, verdicts)
    for line in scenario.lines:
        yield from _unlike("line", line.expect, {line.text: raised(line.text, line.language)})


def _unlike(place: str, expected: str, verdicts: dict[str, list[bool]]) -> Iterator[str]:
    for line, raised in verdicts.items():
        shown = re.sub(r"\s+", " ", line)
        if expected == "keep" and any(raised):
            yield f"{place}: raised, but should be kept: {shown}"
        if expected == "raise" and not all(raised):
            yield f"{place}: kept, but should be raised: {shown}"
    if expected == "some" and not any(any(raised) for raised in verdicts.values()):
        yield f"{place}: nothing is raised"
