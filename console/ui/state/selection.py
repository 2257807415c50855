"""What a window looks at and aims at: a call, and the people of the next act."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.protocol.people import AskPerson, PersonCard
from console.protocol.to_engine import Focus
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.state.session_state import SessionState
from console.ui.state.targets import Target, target_of_call


class Selection(QObject):
    """Only the reader changes it; another account clears it.

    Attributes:
        cid: the call whose transcript is shown; "" for all calls.
        reading: the call in whose own transcript or window the keyboard is; "" elsewhere.
        chosen: the people that acts of keys and buttons are for.
        items: ids of the items of the review queue that are chosen.

    Signals:
        call_chosen: ``cid`` is another one. people_chosen: ``chosen`` is another tuple.
        person_chosen: the Target whose card is shown; None when no one is chosen, or several.
        card_ready: the PersonCard of the chosen person, or of one who was chosen before.
        items_chosen: ``items`` is another tuple. next_item_wanted: one of them was dealt with.
    """

    call_chosen = Signal(str)
    person_chosen = Signal(object)
    people_chosen = Signal(object)
    card_ready = Signal(object)
    items_chosen = Signal(object)
    next_item_wanted = Signal()

    def __init__(
        self, session: SessionState, link: EngineLink, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._link = link
        self._focus = ""
        self.cid = ""
        self.reading = ""
        self.chosen: tuple[Target, ...] = ()
        self.items: tuple[str, ...] = ()
        session.cleared.connect(self._clear)

    @property
    def target(self) -> Target | None:
        """The one person who is chosen; None when no one is chosen, or several."""
        return self.chosen[0] if len(self.chosen) == 1 else None

    def keys_are_for(self, target: Target | None) -> bool:
        """Whether keys would act on the person of ``target``, in the same session, alone."""
        one = self.target
        if one is None or target is None:
            return False
        theirs = (target.cid, target.session_id, target.user_id)
        return theirs == (one.cid, one.session_id, one.user_id)

    def aims_at(self, targets: Iterable[Target]) -> bool:
        """Whether acts are for exactly these people, each in the call that is given."""
        theirs = {(target.cid, target.user_id) for target in targets}
        return theirs == {(one.cid, one.user_id) for one in self.chosen}

    def choose_call(self, cid: str) -> None:
        """Show the transcript of ``cid``, or of all calls for ""; its people follow."""
        if cid:
            self._focus_on(cid)
        if cid == self.cid:
            return
        self.cid = cid
        if self.chosen and cid and self.chosen[0].cid != cid:
            self.choose_person(None)
        self.call_chosen.emit(cid)

    def choose_person(self, target: Target | None) -> None:
        """Show the card of this person; in the view of all calls, their call's people too."""
        if target is not None and not target.user_id:
            target = None
        if target is not None:
            if target.cid:
                self._focus_on(target.cid)
            self._ask_card(target)
        self._choose(() if target is None else (target,))

    def choose_people(self, targets: Sequence[Target]) -> None:
        """Aim at all of these people; the next act of a key or button is for them."""
        people = {(target.cid, target.user_id): target for target in targets if target.user_id}
        if len(people) < 2:
            self.choose_person(next(iter(people.values()), None))
            return
        self._choose(tuple(people.values()))

    def choose_items(self, item_ids: Sequence[str]) -> None:
        """Look at these items of the review queue."""
        if tuple(item_ids) != self.items:
            self.items = tuple(item_ids)
            self.items_chosen.emit(self.items)

    def refresh_person(self) -> None:
        """Ask for the card of the chosen person again."""
        if self.target is not None:
            self._ask_card(self.target)

    def call_target(self, cid: str = "") -> Target | None:
        """The call as a whole: ``cid``, else the one that is read or shown, or whose people are."""
        call = self._session.call(cid or self.reading or self.cid or self._focus)
        return target_of_call(call) if call else None

    def aimed_at(self, kind: str) -> tuple[Target, ...]:
        """Whom an act is for where nothing is pointed at: whoever is chosen, or the call."""
        if spec_of(kind).scope is not Scope.CALL:
            return self.chosen
        call = self.call_target()
        return (call,) if call else ()

    def _ask_card(self, target: Target) -> None:
        self._link.ask(AskPerson(new_id(), target.cid, target.user_id), self._on_card)

    def _on_card(self, card: PersonCard) -> None:
        if not card.sentence:
            self.card_ready.emit(card)

    def _focus_on(self, cid: str) -> None:
        if cid != self._focus:
            self._focus = cid
            self._link.tell(Focus(cid=cid))

    def _clear(self) -> None:
        self._focus = ""
        self.cid = ""
        self.chosen = ()
        self.choose_items(())
        self.call_chosen.emit("")
        self.person_chosen.emit(None)
        self.people_chosen.emit(())

    def _choose(self, chosen: tuple[Target, ...]) -> None:
        if chosen == self.chosen:
            return
        self.chosen = chosen
        self.person_chosen.emit(self.target)
        self.people_chosen.emit(chosen)
