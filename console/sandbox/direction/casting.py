"""Turns casts and call plans into named people and single calls; one seed, one company."""

from random import Random
from typing import TypeVar

from msgspec import Struct, structs

from console.sandbox.direction.scenario import VOICES, CallPlan, Cast, Names, Person, Scenario
from console.sandbox.direction.wording import drawn

S = TypeVar("S", bound=str)


class CallSheet(Struct, frozen=True, kw_only=True):
    """One call with everyone named by user id; ``plan`` keeps what they share."""

    cid: str
    id: str
    name: str
    plan: CallPlan
    by: str
    hosts: tuple[str, ...]
    speakers: tuple[str, ...]
    members: tuple[str, ...]
    people: tuple[str, ...]
    voices: tuple[str, ...]
    cameras: tuple[str, ...] = ()
    screens: tuple[str, ...]


class Company(Struct, frozen=True):
    """Everyone and every call of a scenario.

    Attributes:
        people: by user id, in order of appearance.
        casts: user ids by ``@cast``.
        sheets: calls by the id of their plan.
    """

    people: dict[str, Person]
    casts: dict[str, tuple[str, ...]]
    sheets: dict[str, tuple[CallSheet, ...]]

    def named(self, who: tuple[str, ...], sheet: CallSheet | None = None) -> tuple[str, ...]:
        """User ids of ``who`` entries, each once, in order."""
        found: dict[str, None] = {}
        for entry in who:
            if entry == VOICES:
                found.update(dict.fromkeys(sheet.voices if sheet else ()))
            elif entry in self.casts:
                found.update(dict.fromkeys(self.casts[entry]))
            else:
                found[entry] = None
        return tuple(found)


def assemble(scenario: Scenario, seed: int) -> Company:
    """The company that ``seed`` gives; it does not depend on what is said or done later."""
    dice = Random(f"casting {seed}")
    people = {person.id: person for person in scenario.users}
    names = {entry.id: entry for entry in scenario.names}
    casts: dict[str, tuple[str, ...]] = {}
    for cast in scenario.casts:
        called = _called(names[cast.names], cast.count, dice)
        members = [_person(cast, name, number, dice) for number, name in enumerate(called, 1)]
        people.update((person.id, person) for person in members)
        casts[f"@{cast.id}"] = tuple(person.id for person in members)
    company = Company(people, casts, {})
    for plan in scenario.calls:
        company.sheets[plan.id] = _sheets(plan, company, dice)
    return company


def _called(names: Names, count: int, dice: Random) -> list[str]:
    """``count`` names. Nicknames, which have no last name, are not given twice if they last."""
    if names.last == ("",) and count <= len(names.first):
        return dice.sample(names.first, count)
    return [f"{dice.choice(names.first)} {dice.choice(names.last)}".strip() for _ in range(count)]


def _person(cast: Cast, name: str, number: int, dice: Random) -> Person:
    return Person(
        id=f"{cast.id}-{number:0{max(3, len(str(cast.count)))}d}",
        name=name,
        role=cast.role,
        language=_weighted(cast.languages, dice),
        temperament=_weighted(cast.temperaments, dice),
    )


def _weighted(weights: dict[S, float], dice: Random) -> S:
    return dice.choices(list(weights), list(weights.values()))[0]


def _sheets(plan: CallPlan, company: Company, dice: Random) -> tuple[CallSheet, ...]:
    everyone = company.named(plan.people)
    if plan.count == 1:
        return (_sheet(plan, plan.id, everyone, company, dice, number=1),)
    hands = _dealt(everyone, plan.count, dice)
    width = max(3, len(str(plan.count)))
    return tuple(
        _sheet(plan, f"{plan.id}-{number:0{width}d}", hand, company, dice, number=number)
        for number, hand in enumerate(hands, 1)
    )


def _dealt(people: tuple[str, ...], count: int, dice: Random) -> list[tuple[str, ...]]:
    """``people`` cut into ``count`` groups of differing size, at least two each where they last."""
    least = min(2, len(people) // count)
    spare = len(people) - least * count
    weights = [dice.uniform(0.3, 1.7) for _ in range(count)]
    total = sum(weights)
    hands: list[tuple[str, ...]] = []
    start, carried = 0, 0.0
    for weight in weights:
        carried += spare * weight / total
        size = least + int(carried + 1e-9)
        carried -= size - least
        hands.append(people[start : start + size])
        start += size
    if start < len(people):
        hands[-1] += people[start:]
    return hands


def _sheet(
    plan: CallPlan,
    call_id: str,
    people: tuple[str, ...],
    company: Company,
    dice: Random,
    number: int,
) -> CallSheet:
    named_voices = company.named(plan.voices)
    voices = tuple(dict.fromkeys((*named_voices, *people[: plan.voice_count])))
    hosts = company.named(plan.hosts) or (people[:1] if plan.count > 1 else ())
    sheet = CallSheet(
        cid=f"{plan.type}:{call_id}",
        id=call_id,
        name=drawn(plan.name.replace("{n}", str(number)), dice),
        plan=plan,
        by=plan.by or (hosts or people)[0],
        hosts=hosts,
        speakers=company.named(plan.speakers),
        members=company.named(plan.members),
        people=people,
        voices=voices,
        screens=company.named(plan.screens),
    )
    cameras = dict.fromkeys(company.named(plan.cameras, sheet))
    cameras.update(dict.fromkeys(v for v in voices if dice.random() < plan.camera_share))
    return structs.replace(sheet, cameras=tuple(cameras))
