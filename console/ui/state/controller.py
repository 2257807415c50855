"""What the views may ask for: choose, act, undo, sign in. The views decide nothing themselves."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from console.base.clock import Clock
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.refusal import refusal
from console.domain.acts.spec import ActSpec, Scope, Weight
from console.domain.acts.table import spec_of
from console.domain.call import Participant
from console.domain.sign_in import Profile
from console.protocol.requests import RestoreRequests
from console.protocol.to_engine import (
    AskPerson,
    Focus,
    RequestAct,
    RetryAct,
    SignIn,
    SignOut,
    TestConnection,
)
from console.protocol.to_window import ActProgress, ConnectionTested, PersonCard
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.state.session_state import SessionState
from console.ui.state.targets import Target, compose_act, compose_undo, target_of_call

MAX_COUNT = 100
"""How many people one press may be for."""

UNASKED = 10
"""Up to so many people are muted without a question."""


class WindowController(QObject):
    """The controller of one window.

    Signals:
        call_chosen: the cid whose transcript is shown; "" for all calls.
        person_chosen: the Target whose card is shown; None when no one is chosen, or several.
        card_ready: the PersonCard of the chosen person, or of one who was chosen before.
        people_chosen: the Targets of everybody who is chosen, after each change.
        details_wanted: (kind, Targets) of an act that needs a form or a confirmation first; show it
            and call ``request_act`` again with ``confirmed=True``.
        act_requested: the Act that was handed to the engine.
        act_refused: (kind, sentence) of an act that cannot be done now.
        line_wanted: (cid, utterance id) of a line that the transcript should show.
        said: (sentence, colour token) that the moderator should read once.
    """

    call_chosen = Signal(str)
    person_chosen = Signal(object)
    card_ready = Signal(object)
    people_chosen = Signal(object)
    details_wanted = Signal(object, object)
    act_requested = Signal(object)
    act_refused = Signal(object, str)
    line_wanted = Signal(str, str)
    said = Signal(str, str)

    def __init__(
        self,
        session: SessionState,
        link: EngineLink,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._link = link
        self._clock = clock
        self._focus = ""
        self.cid = ""
        self.chosen: tuple[Target, ...] = ()
        session.cleared.connect(self._forget)
        link.restarted.connect(self._restore_requests)

    @property
    def target(self) -> Target | None:
        """The one person who is chosen; None when no one is chosen, or several."""
        return self.chosen[0] if len(self.chosen) == 1 else None

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

    def show_line(self, cid: str, utterance_id: str) -> None:
        """Show a line in the transcript of its call."""
        self.line_wanted.emit(cid, utterance_id)

    def say(self, sentence: str, token: str = "") -> None:
        """Show one sentence for some seconds."""
        self.said.emit(sentence, token)

    def refresh_person(self) -> None:
        """Ask for the card of the chosen person again."""
        if self.target is not None:
            self._ask_card(self.target)

    def has_left(self, target: Target) -> bool:
        """Whether this person was in the list of people and is not any more.

        Somebody only heard may be in a call whose list is not complete, so nothing is said of them.
        """
        session = self._session
        if not target.user_session_id or target.cid != session.people_cid:
            return False
        call = session.calls.get(target.cid)
        if not session.people() and (call is None or call.people):
            return False  # the list is still to be read
        return session.person(target.cid, target.user_id) is None

    def call_target(self, cid: str = "") -> Target | None:
        """The call as a whole: ``cid``, else the shown one, else the one whose people are shown."""
        call = self._session.calls.get(cid or self.cid or self._focus)
        return target_of_call(call) if call else None

    def aimed_at(self, kind: str) -> tuple[Target, ...]:
        """Whom an act is for where nothing is pointed at: whoever is chosen, or the call."""
        if spec_of(kind).scope is not Scope.CALL:
            return self.chosen
        call = self.call_target()
        return (call,) if call else ()

    def why_not(self, kind: str, target: Target | None) -> str:
        """Why ``kind`` is impossible on ``target`` now, in one sentence; empty when it is not."""
        method = self._session.state.method
        if target is None and method is not None and spec_of(kind).scope is not Scope.CALL:
            return "Choose a person first."
        cid = target.cid if target else self.cid or self._focus
        call = self._session.calls.get(cid)
        person = self._person(target) if target and target.user_id else None
        return refusal(kind, method=self._session.state.method, call=call, person=person)

    def why_none(self, kind: str, targets: Sequence[Target]) -> str:
        """Why ``kind`` is impossible on every one of ``targets``; empty when it is for some."""
        if not targets:
            return self.why_not(kind, None)
        if len(targets) > MAX_COUNT:
            return f"Choose {MAX_COUNT} people at most, or act on the whole call."
        first = self.why_not(kind, targets[0])
        if first and any(not self.why_not(kind, target) for target in targets[1:]):
            return ""
        return f"None of them: {first}" if first and len(targets) > 1 else first

    def possible(self, kind: str, targets: Sequence[Target]) -> tuple[Target, ...]:
        """Those of ``targets`` to whom ``kind`` can be done now."""
        return tuple(target for target in targets if not self.why_not(kind, target))

    def request_act(
        self,
        kind: str,
        target: Target | Sequence[Target] | None = None,
        *,
        confirmed: bool = False,
        **details: Any,
    ) -> Act | None:
        """Do ``kind`` to ``target``: whoever is chosen, or the call, where none is given.

        Of several people those are left out to whom it cannot be done. What the API takes for one
        person at a time becomes one act, and one receipt, each. ``details``: fields of the act that
        a form asked for.

        Returns the (last) act handed to the engine; None when it was refused (``act_refused``) or
        asks for details first (``details_wanted``).
        """
        spec = spec_of(kind)
        targets = self.aimed_at(kind) if target is None else target
        targets = (targets,) if isinstance(targets, Target) else tuple(targets)
        why = self.why_none(kind, targets)
        if why:
            self.act_refused.emit(kind, why)
            return None
        targets = self.possible(kind, targets)
        if not confirmed and _asks_first(spec, len(targets)):
            self.details_wanted.emit(kind, targets)
            return None
        act: Act | None = None
        for group in _groups(spec, targets):
            act = compose_act(
                kind,
                group,
                at=self._clock.now(),
                by=self._session.state.user_id,
                permissions=self._asked(kind, group[0]),
                **details,
            )
            self._hand_over(act)
        return act

    def undo(self, act_id: str) -> Act | None:
        """Take back an act; None when it cannot be."""
        if not self._session.can_undo(act_id):
            return None
        progress = self._session.acts[act_id]
        act = compose_undo(progress.act, at=self._clock.now(), by=self._session.state.user_id)
        self._hand_over(act)
        return act

    def undo_last(self) -> Act | None:
        """Take back the newest act of this moderator that can be taken back."""
        for act_id, progress in reversed(self._session.acts.items()):
            if not progress.act.undo_of and self._session.can_undo(act_id):
                return self.undo(act_id)
        return None

    def retry(self, act_id: str) -> None:
        """Send a failed or unconfirmed act once more."""
        self._link.tell(RetryAct(act_id=act_id))

    def sign_in(self, profile: Profile, secret: str) -> None:
        """Leave any session and sign in; the call that is shown is asked for again."""
        self._link.tell(SignIn(profile=profile, secret=secret))
        shown, self._focus = self._focus or self.cid, ""
        if shown:
            self._focus_on(shown)

    def sign_out(self) -> None:
        """Leave the session; the store keeps what it holds."""
        self._link.tell(SignOut())
        self._focus = ""

    def test_connection(
        self, profile: Profile, secret: str, answered: Callable[[ConnectionTested], None]
    ) -> str:
        """Try a profile without using it. Returns the request_id of the question."""
        return self._link.ask(TestConnection(new_id(), profile, secret), answered)

    def _ask_card(self, target: Target) -> None:
        question = AskPerson(new_id(), target.cid, target.user_id)
        self._link.ask(question, self._on_card)

    def _on_card(self, card: PersonCard) -> None:
        if not card.sentence:
            self.card_ready.emit(card)

    def _focus_on(self, cid: str) -> None:
        if cid != self._focus:
            self._focus = cid
            self._link.tell(Focus(cid=cid))

    def _restore_requests(self) -> None:
        requests = self._session.requests.all()
        if requests:
            self._link.tell(RestoreRequests(requests))

    def _forget(self) -> None:
        self._focus = ""
        self.cid = ""
        self.chosen = ()
        self.call_chosen.emit("")
        self.person_chosen.emit(None)
        self.people_chosen.emit(())

    def _choose(self, chosen: tuple[Target, ...]) -> None:
        if chosen == self.chosen:
            return
        self.chosen = chosen
        self.person_chosen.emit(self.target)
        self.people_chosen.emit(chosen)

    def _person(self, target: Target) -> Participant:
        known = self._session.person(target.cid, target.user_id, target.user_session_id)
        request = self._session.requests.find(target.cid, target.user_id)
        if known is not None:
            return replace(known, asked=frozenset(request.permissions)) if request else known
        # Only heard of, as in the view of all calls: nothing known speaks against an act.
        return Participant(
            cid=target.cid,
            user_id=target.user_id,
            user_session_id="" if self.has_left(target) else target.user_session_id or "unknown",
            name=target.name,
            asked=frozenset(request.permissions) if request else frozenset(),
        )

    def _asked(self, kind: str, target: Target) -> tuple[str, ...]:
        if spec_of(kind).scope is not Scope.REQUEST:
            return ()
        return tuple(sorted(self._person(target).asked))

    def _hand_over(self, act: Act) -> None:
        self._session.request_noted(
            ActProgress(act=act, receipt=Receipt(act_id=act.act_id, state=ReceiptState.QUEUED))
        )
        self._link.tell(RequestAct(act=act))
        self.act_requested.emit(act)


def _groups(spec: ActSpec, targets: Sequence[Target]) -> list[tuple[Target, ...]]:
    """``targets`` as one act each can take them: the people of one call, or one person."""
    if not spec.many:
        return [(target,) for target in targets]
    cids = dict.fromkeys(target.cid for target in targets)
    return [tuple(target for target in targets if target.cid == cid) for cid in cids]


def _asks_first(spec: ActSpec, people: int) -> bool:
    """Whether an act on so many people waits for a second look."""
    if spec.weight is not Weight.LIGHT:
        return True
    return people > (UNASKED if spec.many else 1)
