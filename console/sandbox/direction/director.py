"""Plays a scenario on a world: the same seed gives the same people saying the same things."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from random import Random

from console.base.clock import Clock
from console.base.errors import WorldError
from console.sandbox.direction.actor import Actor
from console.sandbox.direction.casting import CallSheet, assemble
from console.sandbox.direction.conversation import Conversation
from console.sandbox.direction.reactions import Reactions
from console.sandbox.direction.scenario import Chatter, Happening, Line, Pool, Scenario
from console.sandbox.direction.stage import AUDIO, SCREENSHARE, VIDEO, Stage
from console.sandbox.direction.timeline import Timeline
from console.sandbox.direction.wording import Deck, drawn, spoken_seconds
from console.sandbox.virtual_clock import VirtualClock
from console.sandbox.world import World

log = logging.getLogger(__name__)

# How long a new call is left without talk, so that a client that polls for new calls hears it all.
SETTLING = 8.0
# Scenario seconds between two looks for frames to take and sessions whose time is up.
LOOKS_EVERY = 0.5
_SHORTEST_WAIT = 0.001
_LONGEST_WAIT = 0.1
_BATCH = 200


WRITTEN_IN = "en"
"""The language of lines whose pool names none."""


class Director:
    """One scenario on one world.

    Args:
        seed, speed: instead of the scenario's own.
        rate: factor on how often chatter begins.

    Raises:
        WorldError: speed or rate is not above zero.
    """

    def __init__(
        self,
        world: World,
        scenario: Scenario,
        clock: Clock,
        seed: int | None = None,
        speed: float | None = None,
        rate: float = 1.0,
        *,
        paused: bool = False,
    ) -> None:
        self.scenario = scenario
        self.seed = scenario.seed if seed is None else seed
        self.speed = scenario.speed if speed is None else speed
        self.rate = rate
        if self.speed <= 0 or rate <= 0:
            raise WorldError("Speed and rate of a scenario must be greater than zero.")
        self._world = world
        self._clock = clock
        self._dice = Random(f"talk {self.seed}")
        self._company = assemble(scenario, self.seed)
        self._stage = Stage(world, self._company)
        self._timeline = Timeline()
        self._decks: dict[tuple[str, str], Deck] = {}
        self._pools = {pool.id: pool for pool in scenario.pools}
        self._reactions = Reactions(
            self._stage,
            later=self.later,
            say=self.say,
            dice=Random(f"reactions {self.seed}"),
        )
        self._going = asyncio.Event()
        self._base_scenario = 0.0
        self._base_clock = 0.0
        self._due: float | None = None
        self._paused_at_first = paused

    @property
    def started(self) -> bool:
        """Whether time runs."""
        return self._going.is_set()

    @property
    def scenario_time(self) -> float:
        """Seconds of the scenario that have passed."""
        if self._due is not None:
            return self._due
        if not self.started:
            return self._base_scenario
        return self._base_scenario + (self._clock.monotonic() - self._base_clock) * self.speed

    def prepare(self) -> None:
        """Create users, policy and the calls that are on from the start; put all else in order."""
        self._stage.set_up(self.scenario.policy)
        for sheets in self._company.sheets.values():
            for sheet in sheets:
                if sheet.plan.begins <= 0:
                    self._open(sheet)
                else:
                    self._timeline.at(sheet.plan.begins, partial(self._open, sheet))
        for line in self.scenario.lines:
            for sheet in self._company.sheets[line.call]:
                self._timeline.at(self._not_before_settled(sheet, line.at), self._cue(sheet, line))
        for chatter in self.scenario.chatter:
            for sheet in self._company.sheets[chatter.call]:
                if chatter.chance < 1 and self._dice.random() >= chatter.chance:
                    continue
                first = max(chatter.since, 0.0) + self._dice.uniform(0.0, self._pause(chatter))
                self._timeline.at(
                    self._not_before_settled(sheet, first),
                    partial(self._chat, sheet, chatter, self._company.named(chatter.who, sheet)),
                )
        talk = Random(f"conversation {self.seed}")
        for exchanges in self.scenario.exchanges:
            for sheet in self._company.sheets[exchanges.call]:
                conversation = Conversation(
                    exchanges,
                    sheet,
                    self._company,
                    self._stage,
                    now=lambda: self.scenario_time,
                    later=self.later,
                    say=self.say,
                    dice=talk,
                    rate=self.rate,
                )
                first = self._not_before_settled(sheet, exchanges.since)
                self._timeline.at(first, conversation.begin)
        for event in self.scenario.events:
            for sheet in self._company.sheets[event.call]:
                self._timeline.at(event.at, partial(self._happen, sheet, event))
        self._world.state.events.listen(self._reactions.on_event)
        self._timeline.at(LOOKS_EVERY, self._look)

    def start(self) -> None:
        """Let time run."""
        if not self.started:
            self._base_clock = self._clock.monotonic()
            if isinstance(self._clock, VirtualClock):
                self._clock.go()
            self._going.set()

    def pause(self) -> None:
        """Pause the scenario."""
        if self.started:
            if isinstance(self._clock, VirtualClock):
                self._clock.stop()
            self._base_scenario = self.scenario_time
            self._going.clear()

    async def run(self) -> None:
        """Play until cancelled. Begins at once unless made ``paused``."""
        if not self._paused_at_first:
            self.start()
        while True:
            await self._going.wait()
            self.play_until(self.scenario_time, most=_BATCH)
            due = self._timeline.next_due()
            wait = _LONGEST_WAIT
            if due is not None:
                wait = (due - self.scenario_time) / self.speed
            await self._clock.sleep(min(_LONGEST_WAIT, max(_SHORTEST_WAIT, wait)))

    def play_until(self, until: float, *, most: int | None = None) -> int:
        """Do what is due by ``until`` (scenario seconds), in order; returns how much was done."""
        done = 0
        while most is None or done < most:
            taken = self._timeline.take(until)
            if taken is None:
                break
            self._due, action = taken
            try:
                with self._standing_at(self._due):
                    action()
            except Exception:
                log.exception("a scene of %s failed", self.scenario.name)
            finally:
                self._due = None
            done += 1
        return done

    def _standing_at(self, due: float) -> AbstractContextManager[None]:
        """A virtual clock stands at the time something is due while it is done."""
        if not isinstance(self._clock, VirtualClock):
            return nullcontext()
        return self._clock.held(self._base_clock + (due - self._base_scenario) / self.speed)

    def later(self, after: float, action: Callable[[], object]) -> None:
        """Have something done ``after`` scenario seconds."""
        self._timeline.at(self.scenario_time + after, action)

    def say(self, actor: Actor, cid: str, text: str, language: str = "") -> None:
        """Have a person say something as soon as they have finished what they are saying."""
        seconds = spoken_seconds(text)
        begin = max(self.scenario_time, actor.busy_until)
        actor.busy_until = begin + seconds
        tongue = language or actor.person.language
        if self._world.speech.listened_to:
            self._timeline.at(begin, partial(self._begins, actor, cid, text, tongue))
        self._timeline.at(
            actor.busy_until + self.scenario.caption_lag,
            partial(self._spoken, actor, cid, text, seconds, tongue),
        )

    def _begins(self, actor: Actor, cid: str, text: str, language: str) -> None:
        session = actor.sessions.get(cid)
        if session:
            self._world.speech.begin(cid, session, text, language)

    def _spoken(self, actor: Actor, cid: str, text: str, seconds: float, language: str) -> None:
        session = actor.sessions.get(cid)
        if not session or not self._stage.is_open(cid):
            return
        end = self._world.state.now() - self.scenario.caption_lag / self.speed
        start = end - seconds / self.speed
        self._world.speech.speak(cid, session, text, start=start, end=end, language=language)

    def _look(self) -> None:
        """Do what is due by time alone: frames to take, sessions that are over."""
        self.later(LOOKS_EVERY, self._look)
        self._world.frames.capture_due()
        self._world.attendance.end_overdue()

    def _open(self, sheet: CallSheet) -> None:
        self._stage.open(sheet)
        if sheet.plan.turnover:
            self._turn_over_later(sheet)

    def _not_before_settled(self, sheet: CallSheet, when: float) -> float:
        if sheet.plan.begins <= 0:
            return when
        return max(when, sheet.plan.begins + SETTLING * max(1.0, self.speed))

    def _cue(self, sheet: CallSheet, line: Line) -> Callable[[], None]:
        def cue() -> None:
            for actor in self._stage.present(sheet.cid, self._company.named((line.who,), sheet)):
                if not actor.hushed:
                    self.say(actor, sheet.cid, drawn(line.text, self._dice), line.language)

        return cue

    def _pause(self, chatter: Chatter) -> float:
        return self._dice.uniform(*chatter.every) / self.rate

    def _chat(self, sheet: CallSheet, chatter: Chatter, who: tuple[str, ...]) -> None:
        now = self.scenario_time
        if (chatter.until and now >= chatter.until) or self._world_over(sheet):
            return
        self._timeline.at(now + self._pause(chatter), partial(self._chat, sheet, chatter, who))
        free = [
            actor
            for actor in self._stage.present(sheet.cid, who)
            if not actor.hushed and actor.busy_until <= now
        ]
        # A person who notices the mute stops talking; one alone on the list keeps trying.
        heard = [actor for actor in free if self._stage.audible(actor, sheet.cid)]
        if heard or free:
            actor = self._dice.choice(heard or free)
            self._say_from(actor, sheet, chatter.pools, chatter.weights)

    def _say_from(
        self, actor: Actor, sheet: CallSheet, pools: tuple[str, ...], weights: tuple[float, ...]
    ) -> None:
        pool = self._pools[self._dice.choices(pools, weights or None)[0]]
        deck = self._deck(sheet, pool)
        # Whoever says it says it in the language in which it is written.
        self.say(actor, sheet.cid, deck.draw(self._dice), pool.language or WRITTEN_IN)

    def _deck(self, sheet: CallSheet, pool: Pool) -> Deck:
        deck = self._decks.get((sheet.cid, pool.id))
        if deck is None:
            deck = Deck(pool.lines, shuffled=pool.order == "shuffled")
            self._decks[sheet.cid, pool.id] = deck
        return deck

    def _world_over(self, sheet: CallSheet) -> bool:
        opened = sheet.plan.begins <= self.scenario_time
        return opened and not self._stage.is_open(sheet.cid)

    def _happen(self, sheet: CallSheet, event: Happening) -> None:
        if event.kind in _BY_THE_HOST:
            self._stage.direct(sheet.cid, event.kind, self._company.named(event.who, sheet)[0])
        elif event.fault is not None:
            self._world.state.faults.plan(event.fault)
        else:
            who = self._company.named(event.who, sheet)
            act = self._storm if event.kind == "raid" else self._do
            for number, user_id in enumerate(who):
                actor = self._stage.cast(user_id)
                self.later(event.over * number / len(who), partial(act, actor, sheet, event))

    def _do(self, actor: Actor, sheet: CallSheet, event: Happening) -> None:
        cid = sheet.cid
        match event.kind:
            case "join":
                if self._stage.join(actor, cid):
                    for text in self._words(sheet, event):
                        self.say(actor, cid, text)
            case "leave":
                self._stage.leave(actor, cid)
            case "ask":
                words = self._words(sheet, event)
                self._reactions.ask(actor, cid, event.permissions, words)
            case "chat" | "react":
                act = self._stage.write if event.kind == "chat" else self._stage.react
                for text in self._words(sheet, event):
                    act(actor, cid, text)
            case "show":
                self._world.frames.show(cid, actor.user_id, event.then)
            case "rename":
                for name in self._words(sheet, event):
                    self._stage.rename(actor, name)
            case "avatar":
                self._stage.show_avatar(actor, event.then)
            case "report":
                about, *reasons = event.then
                self._world.reviews.report(
                    *("stream:user", about, about),
                    {},
                    reason=", ".join(reasons),
                    custom={"cid": cid},
                    by=actor.user_id,
                )
            case "microphone_on" | "camera_on" | "screen_on":
                self._stage.publish(actor, cid, _TRACK_OF[event.kind])
            case _:
                self._stage.unpublish(actor, cid, _TRACK_OF[event.kind])

    def _words(self, sheet: CallSheet, event: Happening) -> tuple[str, ...]:
        if event.then or not event.pool:
            return tuple(drawn(text, self._dice) for text in event.then)
        deck = self._deck(sheet, self._pools[event.pool])
        return tuple(deck.draw(self._dice) for _ in range(self._dice.randint(1, 3)))

    def _storm(self, actor: Actor, sheet: CallSheet, event: Happening) -> None:
        """One raider comes in and begins."""
        actor.tracks.setdefault(sheet.cid, set()).add(AUDIO)
        if not self._stage.join(actor, sheet.cid):
            return
        chatter = Chatter(call=event.call, pools=(event.pool,), every=event.every)
        self.later(self._pause(chatter), partial(self._chat, sheet, chatter, (actor.person.id,)))

    def _turn_over_later(self, sheet: CallSheet) -> None:
        if sheet.plan.turnover is not None:
            pause = self._dice.uniform(*sheet.plan.turnover)
            self.later(pause, partial(self._turn_over, sheet))

    def _turn_over(self, sheet: CallSheet) -> None:
        """A listener leaves, or one who left comes back."""
        if not self._stage.is_open(sheet.cid):
            return
        self._turn_over_later(sheet)
        listeners = [u for u in sheet.people if u not in sheet.voices and u not in sheet.screens]
        if not listeners:
            return
        actor = self._stage.cast(self._dice.choice(listeners))
        if actor.treated:
            return
        if sheet.cid in actor.sessions:
            self._stage.leave(actor, sheet.cid)
        else:
            self._stage.join(actor, sheet.cid)


_BY_THE_HOST = ("go_live", "stop_live", "end_call")
_TRACK_OF = {
    "microphone_on": AUDIO,
    "microphone_off": AUDIO,
    "camera_on": VIDEO,
    "camera_off": VIDEO,
    "screen_on": SCREENSHARE,
    "screen_off": SCREENSHARE,
}
