"""What types cannot say of a scenario: that its parts fit together. Pure."""

from collections.abc import Iterable, Iterator

from console.sandbox.direction.scenario import EXPECTATIONS, KINDS, VOICES, Scenario
from console.sandbox.direction.temperament import Temperament
from console.sandbox.faults import KINDS as FAULT_KINDS


def contradictions(scenario: Scenario) -> Iterator[str]:
    """One sentence for each mistake, beginning with the key it is about."""
    people = {person.id for person in scenario.users} | {f"@{cast.id}" for cast in scenario.casts}
    yield from _doubled("users", [person.id for person in scenario.users])
    yield from _doubled("casts", [cast.id for cast in scenario.casts])
    yield from _doubled("calls", [call.id for call in scenario.calls])
    yield from _doubled("pools", [pool.id for pool in scenario.pools])
    yield from _about_casts(scenario)
    yield from _about_calls(scenario, people)
    yield from _about_talk(scenario, people | {VOICES})
    for number, event in enumerate(scenario.events):
        place = f"events[{number}]"
        if event.kind not in KINDS:
            yield f"{place}.kind: {event.kind} is none of {', '.join(KINDS)}"
        yield from _unknown(f"{place}.who", event.who, people | {VOICES})
        yield from _unknown(f"{place}.call", [event.call], {call.id for call in scenario.calls})
        if event.kind == "fault":
            if event.fault is None or event.fault.kind not in FAULT_KINDS:
                yield f"{place}.fault.kind: is none of {', '.join(FAULT_KINDS)}"
        elif not event.who:
            yield f"{place}.who: no name is given"
        if event.kind == "raid" or event.pool:
            yield from _unknown(f"{place}.pool", [event.pool], {p.id for p in scenario.pools})


def _about_casts(scenario: Scenario) -> Iterator[str]:
    names = {entry.id for entry in scenario.names}
    moods = {temperament.value for temperament in Temperament}
    for number, person in enumerate(scenario.users):
        yield from _unknown(f"users[{number}].temperament", [person.temperament], moods)
    for number, cast in enumerate(scenario.casts):
        yield from _unknown(f"casts[{number}].names", [cast.names], names)
        yield from _unknown(f"casts[{number}].temperaments", cast.temperaments, moods)
        if cast.count < 1:
            yield f"casts[{number}].count: is not a number of people"
    for number, entry in enumerate(scenario.names):
        if not entry.first or not entry.last:
            yield f"names[{number}]: holds no names"


def _about_calls(scenario: Scenario, people: set[str]) -> Iterator[str]:
    for number, call in enumerate(scenario.calls):
        place = f"calls[{number}]"
        if call.count < 1:
            yield f"{place}.count: is not a number of calls"
        if not call.people:
            yield f"{place}.people: nobody is in this call"
        for key in ("hosts", "speakers", "members", "people", "voices", "cameras", "screens"):
            known = people | ({VOICES} if key in ("cameras", "screens") else set())
            yield from _unknown(f"{place}.{key}", getattr(call, key), known)
        if call.by:
            yield from _unknown(f"{place}.by", [call.by], people)
        if call.captions not in ("available", "disabled", "auto-on"):
            yield f"{place}.captions: {call.captions} is none of available, disabled, auto-on"


def _about_talk(scenario: Scenario, people: set[str]) -> Iterator[str]:
    calls = {call.id for call in scenario.calls}
    pools = {pool.id for pool in scenario.pools}
    for number, line in enumerate(scenario.lines):
        yield from _unknown(f"lines[{number}].call", [line.call], calls)
        yield from _unknown(f"lines[{number}].who", [line.who], people - {VOICES})
        if line.expect not in EXPECTATIONS:
            yield f"lines[{number}].expect: {line.expect} is none of keep, raise"
        if not line.text:
            yield f"lines[{number}].text: is empty"
    for number, chatter in enumerate(scenario.chatter):
        place = f"chatter[{number}]"
        yield from _unknown(f"{place}.call", [chatter.call], calls)
        yield from _unknown(f"{place}.who", chatter.who, people)
        yield from _unknown(f"{place}.pools", chatter.pools, pools)
        if not chatter.pools:
            yield f"{place}.pools: is empty"
        if chatter.weights and len(chatter.weights) != len(chatter.pools):
            yield f"{place}.weights: one for each pool is needed"
        if not 0 < chatter.every[0] <= chatter.every[1]:
            yield f"{place}.every: is no span of seconds"
    for number, exchanges in enumerate(scenario.exchanges):
        place = f"exchanges[{number}]"
        yield from _unknown(f"{place}.call", [exchanges.call], calls)
        for role, who in exchanges.roles.items():
            yield from _unknown(f"{place}.roles.{role}", who, people)
        roles = {role for turns in exchanges.turns for role, _ in turns}
        yield from _unknown(f"{place}.turns", sorted(roles), set(exchanges.roles))
        if not exchanges.turns or not all(exchanges.turns):
            yield f"{place}.turns: an exchange has turns"
        if exchanges.expect not in EXPECTATIONS:
            yield f"{place}.expect: {exchanges.expect} is none of keep, raise, some"
        if not 0 < exchanges.every[0] <= exchanges.every[1]:
            yield f"{place}.every: is no span of seconds"
    for number, pool in enumerate(scenario.pools):
        if not pool.lines or not all(pool.lines):
            yield f"pools[{number}].lines: a pool holds lines, none of them empty"
        if pool.expect not in EXPECTATIONS:
            yield f"pools[{number}].expect: {pool.expect} is none of keep, raise, some"
        if pool.order not in ("shuffled", "written"):
            yield f"pools[{number}].order: {pool.order} is none of shuffled, written"


def _unknown(place: str, used: Iterable[str], known: set[str]) -> Iterator[str]:
    for name in used:
        if name not in known:
            yield f"{place}: {name or 'nothing'} is not known here"


def _doubled(place: str, ids: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            yield f"{place}: {name} is there twice"
        seen.add(name)
