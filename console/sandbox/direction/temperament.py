"""How a person takes what a moderator does to them. Pure: the dice come from the caller."""

from enum import StrEnum
from random import Random

from msgspec import Struct


class Temperament(StrEnum):
    """How somebody is.

    COMPLIES accepts it; muted, they may speak again after a decent while. SHRUGS unmutes and goes
    on. ARGUES answers back. EVADES comes back, under another name if need be. SPAMS repeats itself
    as long as it can. RAIDS came to disturb, and comes back as long as it is let in.
    """

    COMPLIES = "complies"
    SHRUGS = "shrugs"
    ARGUES = "argues"
    EVADES = "evades"
    SPAMS = "spams"
    RAIDS = "raids"


class Treatment(StrEnum):
    """What was done to the person. MUTED is soft: they can unmute themselves."""

    MUTED = "muted"
    REVOKED = "revoked"
    GRANTED = "granted"
    REFUSED = "refused"
    KICKED = "kicked"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    BANNED = "banned"
    UNBANNED = "unbanned"


class Step(StrEnum):
    """What a person does about it. HUSH cancels what they were going to say."""

    UNMUTE = "unmute"
    SAY = "say"
    HUSH = "hush"
    LEAVE = "leave"
    REJOIN = "rejoin"
    REJOIN_AS_ANOTHER = "rejoin as another"
    ASK = "ask"


class Reaction(Struct, frozen=True):
    """One step, ``after`` scenario seconds; ``text`` is what they say, for SAY."""

    step: Step
    after: float
    text: str = ""


PROTESTS = (
    "Hello? Why was I muted just now?",
    "Excuse me, somebody just switched my microphone off.",
    "I was in the middle of a sentence, you know.",
    "Really? I am not even allowed to finish?",
)
APOLOGIES = (
    "Sorry about that, I will keep it civil.",
    "Fair enough, sorry everyone.",
    "Okay, point taken. Sorry.",
)
THANKS = (
    "Thank you, I am back on.",
    "Thanks, can you hear me all right?",
)

# A moderated person gives up at some point; without it an evader and a moderator would go on for
# ever, and no drill would end.
PATIENCE = {
    Temperament.COMPLIES: 1,
    Temperament.SHRUGS: 2,
    Temperament.ARGUES: 2,
    Temperament.EVADES: 3,
    Temperament.SPAMS: 4,
    Temperament.RAIDS: 2,
}


def react(
    temperament: Temperament, treatment: Treatment, times: int, dice: Random
) -> tuple[Reaction, ...]:
    """What a person does about the ``times``-th (from 1) treatment they get, soonest first.

    Whether the world lets them is not decided here: a revoked one tries to unmute in vain.
    """
    if treatment is Treatment.GRANTED:
        return (
            Reaction(Step.UNMUTE, dice.uniform(0.8, 2.0)),
            Reaction(Step.SAY, dice.uniform(2.2, 3.5), dice.choice(THANKS)),
        )
    if treatment in (Treatment.UNBLOCKED, Treatment.UNBANNED):
        return (Reaction(Step.REJOIN, dice.uniform(4.0, 9.0)),)
    if times > PATIENCE[temperament]:
        return _give_up(treatment, dice)
    match treatment:
        case Treatment.MUTED:
            return _muted(temperament, dice)
        case Treatment.REVOKED:
            if temperament is Temperament.COMPLIES:
                return (Reaction(Step.HUSH, 0.0),)
            # They try, and the world refuses, as an app would show it.
            return (Reaction(Step.UNMUTE, dice.uniform(2.0, 5.0)),)
        case Treatment.REFUSED:
            return (Reaction(Step.ASK, dice.uniform(15.0, 30.0)),)
        case Treatment.KICKED:
            return _kicked(temperament, dice)
        case _:
            return _shut_out(temperament, treatment, dice)


def _give_up(treatment: Treatment, dice: Random) -> tuple[Reaction, ...]:
    hush = Reaction(Step.HUSH, 0.0)
    if treatment in (Treatment.MUTED, Treatment.REVOKED) and dice.random() < 0.25:
        return (hush, Reaction(Step.LEAVE, dice.uniform(6.0, 20.0)))
    return (hush,)


def _muted(temperament: Temperament, dice: Random) -> tuple[Reaction, ...]:
    match temperament:
        case Temperament.COMPLIES:
            hush = Reaction(Step.HUSH, 0.0)
            if dice.random() < 0.4:
                return (hush,)
            return (hush, Reaction(Step.UNMUTE, dice.uniform(20.0, 40.0)))
        case Temperament.SHRUGS:
            back = dice.uniform(12.0, 25.0)
            return (
                Reaction(Step.HUSH, 0.0),
                Reaction(Step.UNMUTE, back),
                Reaction(Step.SAY, back + 1.5, dice.choice(APOLOGIES)),
            )
        case Temperament.ARGUES:
            back = dice.uniform(5.0, 10.0)
            return (
                Reaction(Step.UNMUTE, back),
                Reaction(Step.SAY, back + 1.0, dice.choice(PROTESTS)),
            )
        case _:
            return (Reaction(Step.UNMUTE, dice.uniform(3.0, 7.0)),)


def _kicked(temperament: Temperament, dice: Random) -> tuple[Reaction, ...]:
    if temperament is Temperament.COMPLIES:
        return (Reaction(Step.HUSH, 0.0),)
    if temperament is Temperament.SHRUGS:
        return (Reaction(Step.HUSH, 0.0), Reaction(Step.REJOIN, dice.uniform(15.0, 30.0)))
    if temperament is Temperament.ARGUES:
        back = dice.uniform(6.0, 12.0)
        return (
            Reaction(Step.REJOIN, back),
            Reaction(Step.SAY, back + 2.0, "So now you throw people out for asking questions?"),
        )
    return (Reaction(Step.REJOIN, dice.uniform(3.0, 8.0)),)


def _shut_out(temperament: Temperament, treatment: Treatment, dice: Random) -> tuple[Reaction, ...]:
    """Blocked or banned: most try once, in vain; those who evade make another account."""
    knock = Reaction(Step.REJOIN, dice.uniform(3.0, 8.0))
    if temperament is Temperament.EVADES and treatment is Treatment.BANNED:
        return (knock, Reaction(Step.REJOIN_AS_ANOTHER, dice.uniform(14.0, 24.0)))
    if temperament in (Temperament.COMPLIES, Temperament.SHRUGS):
        return (Reaction(Step.HUSH, 0.0),)
    return (knock,)
