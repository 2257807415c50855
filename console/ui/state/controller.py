"""What the panels may ask for: choose, act, undo, sign in. The panels decide nothing themselves."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from console.base.clock import Clock
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.spec import ActSpec, Scope, Weight
from console.domain.acts.table import spec_of
from console.domain.sign_in import Profile
from console.protocol.acts import ActProgress, LeaveAct, RequestAct, RetryAct
from console.protocol.connection import ConnectionTested, NewStore, SignIn, SignOut, TestConnection
from console.protocol.requests import RestoreRequests
from console.protocol.to_engine import ClearProblems
from console.ui.state.act_refusals import person_of, refusal_for, refusal_for_all
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.state.selection import Selection
from console.ui.state.session_state import SessionState
from console.ui.state.targets import Target, compose_act, compose_undo, names_of

UNASKED = 10
"""Up to so many people are muted without a question."""


class WindowController(Selection):
    """The controller of one window.

    Signals:
        details_wanted: (kind, Targets) of an act that needs a form or a confirmation first; show it
            and call ``request_act`` again with ``confirmed=True``.
        act_refused: (kind, sentence) of an act that cannot be done now.
        line_wanted: (cid, item id) of a line that the transcript should show.
        said: (sentence, colour token) that the moderator should read once.
    """

    details_wanted = Signal(object, object)
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
        super().__init__(session, link, parent)
        self._clock = clock
        link.restarted.connect(self._restore_requests)

    def show_line(self, cid: str, item_id: str) -> None:
        """Show a line in the transcript of its call."""
        self.line_wanted.emit(cid, item_id)

    def say(self, sentence: str, token: str = "") -> None:
        """Show one sentence for some seconds."""
        self.said.emit(sentence, token)

    def choose_nobody(self) -> None:
        """Aim at nobody, and say so: the next key of an act does nothing."""
        if self.chosen:
            names = self.named(self.chosen)
            self.choose_person(None)
            self.say(f"Nobody is chosen now; it was {names}.")

    def called(self, target: Target) -> str:
        """How a person is called, so that they can be told from everybody else in their call."""
        return self._session.names.shown(target.cid, target.user_id, target.name)

    def named(self, targets: Sequence[Target], most: int = 5) -> str:
        """How several people are called."""
        return names_of([self._told_apart(target) for target in targets], most)

    def _told_apart(self, target: Target) -> Target:
        return replace(target, name=self.called(target)) if target.user_id else target

    def why_not(self, kind: str, target: Target | None) -> str:
        """Why ``kind`` is impossible on ``target`` now, in one sentence; empty when it is not."""
        return refusal_for(self._session, kind, target, self.cid or self._focus)

    def why_none(self, kind: str, targets: Sequence[Target]) -> str:
        """Why ``kind`` is impossible on every one of ``targets``; empty when it is for some."""
        return refusal_for_all(self._session, kind, targets, self.cid or self._focus)

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
        targets = tuple(target for target in targets if not self.why_not(kind, target))
        if not confirmed:
            # From here on forms, receipts and the log name them as they were told apart.
            targets = tuple(map(self._told_apart, targets))
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
        acts = self._session.acts
        if not acts.can_undo(act_id) or not self._goes_on():
            return None
        act = compose_undo(acts[act_id].act, at=self._clock.now(), by=self._session.state.user_id)
        self._hand_over(act)
        return act

    def undo_last(self) -> Act | None:
        """Take back the newest act of this moderator that can be taken back."""
        newest = self._session.acts.newest_undoable()
        if not newest:
            self.say("No act of this sign-in can be undone.", "warn")
        return self.undo(newest)

    def retry(self, act_id: str) -> None:
        """Send a failed or unconfirmed act once more."""
        if self._goes_on():
            self._link.tell(RetryAct(act_id=act_id))

    def leave(self, act_id: str) -> None:
        """Leave an unconfirmed act as it is."""
        if self._goes_on():
            self._link.tell(LeaveAct(act_id=act_id))

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

    def try_now(self) -> None:
        """Take a new connection, or try a refused sign-in once more, without waiting."""
        self._link.try_now()

    def new_store(self) -> None:
        """Set a damaged store aside for an empty one; a store that is well is left alone."""
        if self._session.store.damage:
            self._link.tell(NewStore())
        else:
            self.say("The store is well: there is no need for a new one.")

    def clear_problems(self) -> None:
        """Forget the problems so far, here and in the engine's counts."""
        self._session.clear_problems()
        self._link.tell(ClearProblems())

    def test_connection(
        self, profile: Profile, secret: str, answered: Callable[[ConnectionTested], None]
    ) -> str:
        """Try a profile without using it. Returns the request_id of the question."""
        return self._link.ask(TestConnection(new_id(), profile, secret), answered)

    def _goes_on(self) -> bool:
        """Whether something can be done about an earlier act now; says why not."""
        why = self._session.acts.why_not_now
        if why:
            self.say(why, "warn")
        return not why

    def _restore_requests(self) -> None:
        requests = self._session.requests.all()
        if requests:
            self._link.tell(RestoreRequests(requests))

    def _asked(self, kind: str, target: Target) -> tuple[str, ...]:
        if spec_of(kind).scope is not Scope.REQUEST:
            return ()
        return tuple(sorted(person_of(self._session, target).asked))

    def _hand_over(self, act: Act) -> None:
        self._session.request_noted(
            ActProgress(act=act, receipt=Receipt(act_id=act.act_id, state=ReceiptState.QUEUED))
        )
        self._link.tell(RequestAct(act=act))


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
