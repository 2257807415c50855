"""What types cannot say of a scenario: that its parts fit together. Pure."""

from collections.abc import Iterable, Iterator

from console.sandbox.direction.scenario import VOICES, Scenario
from console.sandbox.faults import KINDS as FAULT_KINDS


def contradictions(scenario: Scenario) -> Iterator[str]:
    """One sentence for each mistake, beginning with the key it is about."""
    people = {person.id for person in scenario.users} | {f"@{cast.id}" for cast in scenario.casts}
    yield from _doubled("users", [person.id for person in scenario.users])
    yield from _doubled("casts", [cast.id for cast in scenario.casts])
    yield from _doubled("calls", [call.id for call in scenario.calls])
    yield from _doubled("pools", [pool.id for pool in scenario.pools])
    names = {entry.id for entry in scenario.names}
    for number, cast in enumerate(scenario.casts):
        yield from _unknown(f"casts[{number}].names", [cast.names], names)
    yield from _about_calls(scenario, people)
    yield from _about_talk(scenario, people | {VOICES})
    yield from _about_events(scenario, people | {VOICES})


def _about_calls(scenario: Scenario, people: set[str]) -> Iterator[str]:
    for number, call in enumerate(scenario.calls):
        place = f"calls[{number}]"
        for key in ("hosts", "speakers", "members", "people", "voices", "cameras", "screens"):
            known = people | ({VOICES} if key in ("cameras", "screens") else set())
            yield from _unknown(f"{place}.{key}", getattr(call, key), known)
        if call.by:
            yield from _unknown(f"{place}.by", [call.by], people)


def _about_talk(scenario: Scenario, people: set[str]) -> Iterator[str]:
    calls = {call.id for call in scenario.calls}
    pools = {pool.id for pool in scenario.pools}
    for number, line in enumerate(scenario.lines):
        yield from _unknown(f"lines[{number}].call", [line.call], calls)
        yield from _unknown(f"lines[{number}].who", [line.who], people - {VOICES})
    for number, chatter in enumerate(scenario.chatter):
        place = f"chatter[{number}]"
        yield from _unknown(f"{place}.call", [chatter.call], calls)
        yield from _unknown(f"{place}.who", chatter.who, people)
        yield from _unknown(f"{place}.pools", chatter.pools, pools)
        if chatter.weights and len(chatter.weights) != len(chatter.pools):
            yield f"{place}.weights: one for each pool is needed"
        yield from _span(f"{place}.every", chatter.every)
    for number, exchanges in enumerate(scenario.exchanges):
        place = f"exchanges[{number}]"
        yield from _unknown(f"{place}.call", [exchanges.call], calls)
        for role, who in exchanges.roles.items():
            yield from _unknown(f"{place}.roles.{role}", who, people)
        roles = {role for turns in exchanges.turns for role, _ in turns}
        yield from _unknown(f"{place}.turns", sorted(roles), set(exchanges.roles))
        yield from _span(f"{place}.every", exchanges.every)


def _about_events(scenario: Scenario, people: set[str]) -> Iterator[str]:
    calls = {call.id for call in scenario.calls}
    pools = {pool.id for pool in scenario.pools}
    for number, event in enumerate(scenario.events):
        place = f"events[{number}]"
        yield from _unknown(f"{place}.who", event.who, people)
        yield from _unknown(f"{place}.call", [event.call], calls)
        if event.kind == "fault":
            if event.fault is None or event.fault.kind not in FAULT_KINDS:
                yield f"{place}.fault.kind: is none of {', '.join(FAULT_KINDS)}"
        elif not event.who:
            yield f"{place}.who: no name is given"
        if event.kind == "report":
            yield from _unknown(f"{place}.then", event.then[:1] or ("",), people)
        if event.kind == "raid" or event.pool:
            yield from _unknown(f"{place}.pool", [event.pool], pools)


def _span(place: str, seconds: tuple[float, float]) -> Iterator[str]:
    if not 0 < seconds[0] <= seconds[1]:
        yield f"{place}: is no span of seconds"


def _unknown(place: str, used: Iterable[str], known: set[str]) -> Iterator[str]:
    for name in used:
        if name not in known:
            yield f"{place}: {name or 'nothing'} is not known here"


def _doubled(place: str, ids: list[str]) -> Iterator[str]:
    for number, name in enumerate(ids):
        if name in ids[:number]:
            yield f"{place}: {name} is there twice"
