"""Two consoles of two moderators, one sandbox, one channel of the team."""

import contextlib
import itertools

import pytest
from msgspec.structs import replace

from console.domain.raised import Decision, RaisedItem
from console.domain.sign_in import Method
from console.domain.team import Colleague, Told
from console.engine.services.team import Team
from console.protocol.connection import SignIn
from console.protocol.raised import Decide, Decided, RaisedChanged, UndoDecision
from console.protocol.team import TeamChanged, TeamTold
from console.sandbox.world import MODERATOR_ID
from tests.engine.conftest import Console

CID = "default:one"
CHANNEL = "messaging:desk"
SECOND = "moderator-2"
INSULT = "you are an idiot"
POLICY = {"block_list_config": {"enabled": True, "rules": [{"name": "insults", "action": "flag"}]}}


class TeamConsole(Console):
    """A console with what its window would show of team and desk."""

    user_id = MODERATOR_ID
    numbers = itertools.count()

    @property
    def team(self) -> TeamChanged:
        return next(reversed(self.of(TeamChanged)), TeamChanged())

    @property
    def told(self) -> list[Told]:
        return [told for push in self.of(TeamTold) for told in push.told]

    def colleague(self, user_id: str) -> Colleague | None:
        return next((one for one in self.team.colleagues if one.user_id == user_id), None)

    @property
    def raised(self) -> dict[str, RaisedItem]:
        """By the text of the item."""
        found: dict[str, RaisedItem] = {}
        for change in self.of(RaisedChanged):
            if change.whole:
                found.clear()
            found |= {one.item.text: one for one in change.changed}
        return found

    def holder(self, letter: str) -> str:
        one = self.raised.get(f"{INSULT} {letter}")
        return one.handling.holder if one else "not raised"

    def state_of(self, letter: str) -> str:
        one = self.raised.get(f"{INSULT} {letter}")
        return str(one.handling.state) if one else "not raised"

    @property
    def services(self):
        assert self.engine.session is not None
        return self.engine.session._services._services

    async def decide(self, step, *letters, note="") -> str:
        number = next(self.numbers)
        decision = Decision(
            decision_id=f"d{number}-{self.user_id}",
            step=step,
            item_ids=tuple(self.raised[f"{INSULT} {letter}"].item_id for letter in letters),
            by=self.user_id,
            at=7.0,
            note=note,
        )
        await self._asked(Decide(f"q{number}", decision))
        return decision.decision_id

    async def undo(self, decision_id) -> None:
        await self._asked(UndoDecision(f"u{next(self.numbers)}", decision_id))

    async def _asked(self, question) -> None:
        self.router.answer(question)
        await self.until(lambda: question.request_id in {a.request_id for a in self.of(Decided)})

    async def joined(self, *others: str) -> None:
        """In the channel, and the consoles of these users were heard."""
        await self.until(lambda: self.team.joined and all(map(self.colleague, others)))


@pytest.fixture
def desk(sandbox):
    """The team's channel, and a policy of Stream's that raises insults."""
    world = sandbox.world
    world.add_user(SECOND, "Second Moderator", role="moderator")
    world.chat.make("messaging", "desk", world.state.users[MODERATOR_ID], [SECOND])
    world.judging.put_blocklist({"name": "insults", "words": [INSULT.split()[-1]]}, new=True)
    world.judging.put_config("custom:captions", POLICY)
    (sandbox.ann,) = sandbox.call("one", "ann")
    return sandbox


@pytest.fixture
async def team(desk, tmp_path, shared_clock):
    """Makes consoles, each in a home of its own; ``team.sign_in`` signs one in."""
    made = Consoles(desk, tmp_path, shared_clock)
    yield made
    for console in made.all:
        with contextlib.suppress(RuntimeError):
            await console.close()


class Consoles:
    def __init__(self, sandbox, home, clock):
        self._sandbox, self._home, self._clock = sandbox, home, clock
        self.all: list[TeamConsole] = []

    def add(self, user_id=MODERATOR_ID, home="") -> TeamConsole:
        folder = self._home / (home or f"home-{len(self.all)}")
        folder.mkdir(exist_ok=True)
        console = TeamConsole(folder, self._clock)
        console.user_id = user_id
        console.engine.start()
        self.all.append(console)
        return console

    async def sign_in(
        self, user_id=MODERATOR_ID, method=Method.TOKEN, channel=CHANNEL, home="", *cids
    ) -> TeamConsole:
        console, keys = self.add(user_id, home), self._sandbox.keys
        profile = replace(self._sandbox.profile(method), user_id=user_id, team_channel=channel)
        secret = keys.api_secret if method is Method.SECRET else keys.user_token(user_id)
        console.router.answer(SignIn(profile=profile, secret=secret))
        await console.live(*cids)
        return console

    async def pair(self) -> tuple[TeamConsole, TeamConsole]:
        """One with the secret, one with a user token, who hear each other."""
        first = await self.sign_in(method=Method.SECRET)
        second = await self.sign_in(SECOND)
        await first.joined(SECOND)
        await second.joined(MODERATOR_ID)
        return first, second

    async def kill(self, console: TeamConsole) -> None:
        """End it so that it cannot say goodbye."""
        self.all.remove(console)
        (service,) = (one for one in console.services if isinstance(one, Team))
        service._joined_at = 0.0  # whoever never joined says nothing at the end
        await console.close()
