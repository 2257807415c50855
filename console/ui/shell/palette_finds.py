"""What the palette finds besides commands: calls, and people of the call that is looked at."""

from collections.abc import Callable, Iterator
from functools import partial

from console.base.plain_text import visible
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.ui.command_table.commands import Command
from console.ui.state.controller import WindowController
from console.ui.state.session_state import SessionState
from console.ui.state.targets import target_of_person
from console.ui.widgets.folding import folded_words, holds

MOST = 20
"""So many calls, and so many people, are offered."""


class PaletteFinds:
    """Belongs to one palette: whoever is offered stays whom the row named."""

    def __init__(self, session: SessionState, controller: WindowController) -> None:
        self._session = session
        self._controller = controller
        self._ways: dict[str, Callable[[], object]] = {}

    def find(self, typed: str) -> list[Command]:
        """Calls and people whose name or id holds every word that was typed."""
        words = folded_words(typed)
        if not words:
            return []
        found = [*self._calls(words), *self._people(words)]
        self._ways = {command.id: way for command, way in found}
        return [command for command, _ in found]

    def run(self, command_id: str) -> bool:
        """Go to what was found; False for what is a command."""
        way = self._ways.get(command_id)
        if way is not None:
            way()
        return way is not None

    def aim(self, command: Command) -> str:
        """Whom an act would be for now; "" for what is no act on people."""
        if command.act is None or spec_of(command.act).scope is Scope.CALL:
            return ""
        chosen = self._controller.aimed_at(command.act)
        return self._controller.named(chosen, most=2) if chosen else ""

    def _calls(self, words: list[str]) -> Iterator[tuple[Command, Callable[[], object]]]:
        calls = (*self._session.calls.values(), *self._session.ended.values())
        fitting = (call for call in calls if holds(f"{call.name} {call.cid}", words))
        for call, _ in zip(fitting, range(MOST), strict=False):
            over = " · ended" if call.ended_at else ""
            title = f"{visible(call.name)}{over}"
            command = Command(id=f"find.call.{call.cid}", title=title, group="Call", help=call.cid)
            yield command, partial(self._controller.choose_call, call.cid)

    def _people(self, words: list[str]) -> Iterator[tuple[Command, Callable[[], object]]]:
        people = {person.user_id: person for person in self._session.people.values()}.values()
        fitting = (each for each in people if holds(f"{each.name} {each.user_id}", words))
        for person, _ in zip(fitting, range(MOST), strict=False):
            target = target_of_person(person, self._session.call(person.cid))
            title = self._controller.called(target)
            command = Command(
                id=f"find.person.{person.user_id}", title=title, group="Person", help=person.user_id
            )
            yield command, partial(self._controller.choose_person, target)
