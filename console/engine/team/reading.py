"""Messages of the team's channel, read as words in the order in which Stream got them. No I/O."""

import contextlib
from collections import OrderedDict
from collections.abc import Callable, Iterable

import msgspec

from console.domain.team import TeamMember, Told, Word
from console.engine.team.envelope import NotOursError, unpack
from console.engine.team.guard import is_moderator, why_not_believed
from console.engine.team.line import TeamMessage

KNOWN_MESSAGES = 1_000
"""Messages that are kept to be read anew, and to be known when they come again."""
SURELY_READ = 250
"""So many of the last messages does whoever joins read, even where some more come meanwhile."""


class ReadMessage(msgspec.Struct, frozen=True):
    """What a message says. ``fresh``: those of its words that count and were not read before."""

    every: tuple[Told, ...] = ()
    fresh: tuple[Told, ...] = ()


class Reading:
    """``console_id``: this console's. ``problem`` is told of words that are left out."""

    def __init__(self, console_id: str, problem: Callable[[str], None]) -> None:
        self._console_id = console_id
        self._problem = problem
        self._known: OrderedDict[str, TeamMessage] = OrderedDict()
        """The last messages that were read, by id."""

    def __contains__(self, message_id: str) -> bool:
        return message_id in self._known

    def together_with(self, messages: Iterable[TeamMessage]) -> list[TeamMessage]:
        """What is known and these, oldest first."""
        every = {message.id: message for message in (*self._known.values(), *messages)}
        return sorted(every.values(), key=lambda one: (one.created_at.seconds, one.id))

    def read(self, message: TeamMessage, members: Iterable[TeamMember]) -> ReadMessage:
        """The words of a message; none where no console wrote it, since people may write, too."""
        seen = message.id in self._known
        self._known[message.id] = message
        if len(self._known) > KNOWN_MESSAGES:
            self._known.popitem(last=False)
        try:
            console_id, words, wrong = unpack(message.custom)
        except NotOursError:
            return ReadMessage()
        every = tuple(
            Told(
                told_id=f"{message.id}/{number}",
                by=message.user.id,
                name=message.user.shown_name,
                at=message.created_at.seconds,
                word=word,
                ours=console_id == self._console_id,
                moderator=is_moderator(message.user.id, members),
            )
            for number, word in enumerate(words)
        )
        if seen:
            return ReadMessage(every)
        for sentence in wrong:
            self._problem(f"A word of a colleague was left out: {sentence}")
        fresh = []
        for told in every:
            if sentence := why_not_believed(told):
                self._problem(sentence)
            else:
                fresh.append(told)
        return ReadMessage(every, tuple(fresh))

    def lately_said(self) -> set[Word]:
        """Words that whoever joins now reads by themselves."""
        said: set[Word] = set()
        for message in self.together_with(())[-SURELY_READ:]:
            with contextlib.suppress(NotOursError):
                said.update(unpack(message.custom)[1])
        return said
