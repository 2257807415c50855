"""What the panels may ask for: choose, act, undo, sign in. The panels decide nothing themselves."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from console.base.clock import Clock
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.against_people import takes_away
from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.acts.table import is_known, spec_of
from console.domain.acts.warn import WARN
from console.domain.item import Item
from console.domain.sign_in import Profile
from console.protocol.acts import ActProgress, LeaveAct, RequestAct, RetryAct
from console.protocol.connection import ConnectionTested, NewStore, SignIn, SignOut, TestConnection
from console.protocol.requests import RestoreRequests
from console.protocol.to_engine import ClearProblems
from console.ui.state.act_refusals import person_of, refusal_for, refusal_for_all
from console.ui.state.armed import Armed, armed_words, arms_first
from console.ui.state.arming import Arming
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.state.hand_guard import GO_ON_S
from console.ui.state.selection import Selection
from console.ui.state.session_state import SessionState
from console.ui.state.targets import Target, clipped, compose_act, compose_undo, names_of
from console.ui.state.undo_words import why_it_stays


def no_item(_target: Target) -> Item | None:
    """What acts name where no list of raised items is there."""
    return None


def no_hold() -> float:
    """Acts without a way back are done at once."""
    return 0.0


class WindowController(Selection):
    """The controller of one window.

    Signals:
        details_wanted: (kind, Targets) of an act that needs a form first; show it and call
            ``request_act`` again with ``confirmed=True``.
        act_refused: (kind, sentence) of an act that cannot be done now.
        line_wanted: (cid, item id) of a line that the transcript should show.
        call_wanted: the cid of a call into which the moderator goes, from wherever they are.
        said: (sentence, colour token) that the moderator should read once.

    Attributes:
        arming: what waits for a second press, or is held so that it can still be stopped.
        chosen_item: the raised item of a person that is chosen, which a warning names.
    """

    details_wanted = Signal(object, object)
    act_refused = Signal(object, str)
    line_wanted = Signal(str, str)
    call_wanted = Signal(str)
    said = Signal(str, str)

    def __init__(
        self,
        session: SessionState,
        link: EngineLink,
        clock: Clock,
        parent: QObject | None = None,
        *,
        hold_s: Callable[[], float] = no_hold,
    ) -> None:
        """``hold_s``: how long an act without a way back can still be stopped, in seconds."""
        super().__init__(session, link, parent)
        self._clock = clock
        self._hold_s = hold_s
        self._told_to_stay = ""
        self.chosen_item: Callable[[Target], Item | None] = no_item
        self.arming = Arming(clock, self)
        self.arming.ended.connect(self.say)
        of_people = partial(self._drop_armed, Scope.PERSON, Scope.REQUEST)
        self.people_chosen.connect(lambda _people: of_people())
        self.call_chosen.connect(lambda _cid: self._drop_armed(Scope.CALL))
        session.cleared.connect(self.arming.drop_all)
        link.restarted.connect(self._restore_requests)

    def show_line(self, cid: str, item_id: str) -> None:
        """Show a line in the transcript of its call."""
        self.line_wanted.emit(cid, item_id)

    def enter_call(self, cid: str) -> None:
        """Go into a call, from whichever workspace."""
        self.call_wanted.emit(cid)

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
        pointed: bool = False,
        confirmed: bool = False,
        **details: Any,
    ) -> Act | None:
        """Do ``kind`` to ``target``: whoever is chosen, or the call, where none is given.

        Of several people those are left out to whom it cannot be done. What the API takes for one
        person at a time becomes one act, and one receipt, each; they are taken back together.

        Args:
            pointed: it was a click on a button that names the act.
            confirmed: it was asked about already.
            details: fields of the act that a form asked for.

        Returns the (last) act handed to the engine; None when it was refused (``act_refused``),
        asks for details first (``details_wanted``), or is armed or held (``arming``).
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
        if kind == WARN and len(targets) == 1:
            details = {"item": self.chosen_item(targets[0]), **details}
        do: Callable[[], Act | None] = partial(self._do, kind, targets, details)
        asks_details = not confirmed and spec.weight is Weight.DETAILS
        if asks_details:
            do = partial(self._ask_details, kind, targets)
        guard = "" if confirmed else self.guard_asks(spec)
        if guard:
            armed = self._armed(spec, targets)
            armed = replace(armed, words=f"{guard}{armed.words}", asks=True)
            self.arming.press(armed, partial(self._go_on, do))
            return None
        if asks_details:
            return do()
        if not confirmed and arms_first(spec, len(targets), pointed=pointed):
            self.arming.press(self._armed(spec, targets), do)
            return None
        self.arming.drop()
        return do()

    def _do(self, kind: str, targets: tuple[Target, ...], details: dict[str, Any]) -> Act | None:
        """Do it now, or hold it for as long as the reader wants to be able to stop it."""
        spec, seconds = spec_of(kind), self._hold_s()
        if seconds and _is_held(spec):
            armed = self._armed(spec, targets)
            self.arming.hold(armed, seconds, partial(self._do_held, kind, targets, details))
            return None
        return self._act(kind, targets, details)

    def _do_held(self, kind: str, targets: tuple[Target, ...], details: dict[str, Any]) -> None:
        why = self.why_none(kind, targets)
        if why:
            self.act_refused.emit(kind, why)
            return
        left = tuple(target for target in targets if not self.why_not(kind, target))
        self._act(kind, left, details)

    def _act(self, kind: str, targets: tuple[Target, ...], details: dict[str, Any]) -> Act | None:
        act: Act | None = None
        groups = _groups(spec_of(kind), targets)
        together = new_id() if len(groups) > 1 else ""
        for group in groups:
            act = compose_act(
                kind,
                group,
                at=self._clock.now(),
                by=self._session.state.user_id,
                together=together,
                permissions=self._asked(kind, group[0]),
                **details,
            )
            self._hand_over(act)
        return act

    def decide(self, act: Act) -> None:
        """Do what was decided about an item of the review queue, or hold it first."""
        spec, seconds = spec_of(act.kind), self._hold_s()
        if not seconds or not _is_held(spec):
            self._hand_over(act)
            return
        words = spec.wanted(clipped(", ".join(act.names)))
        armed = Armed(wish=(act.kind, act.act_id), words=words, title=spec.title)
        self.arming.hold(
            armed,
            seconds,
            lambda: self._hand_over(replace(act, requested_at=self._clock.now())),
        )

    def _armed(self, spec: ActSpec, targets: tuple[Target, ...]) -> Armed:
        call = self._session.call(targets[0].cid)
        words, consequence = armed_words(spec, targets, call)
        return Armed(
            wish=(spec.kind, targets), words=words, title=spec.title, consequence=consequence
        )

    def guard_asks(self, spec: ActSpec) -> str:
        """Why an act by hand asks first: this moderator acts far above what is usual; else ""."""
        hand = self._session.hand
        if not takes_away(spec) or not hand.asks(self._clock.now()):
            return ""
        return f"{hand.why()}. Go on for {GO_ON_S / 60:.0f} minutes: "

    def _ask_details(self, kind: str, targets: tuple[Target, ...]) -> None:
        self.details_wanted.emit(kind, targets)

    def _go_on(self, do: Callable[[], object]) -> None:
        self.go_on_by_hand()
        do()

    def go_on_by_hand(self) -> None:
        """The guard asked, and this moderator means it: it does not ask again for a while."""
        self._link.tell(self._session.hand.go_on(self._clock.now()))

    def is_wish(self, armed: Armed, kind: str, targets: Sequence[Target]) -> bool:
        """Whether ``armed`` is the act ``kind`` on ``targets``."""
        able = (self._told_apart(each) for each in targets if not self.why_not(kind, each))
        return armed.wish == (kind, tuple(able))

    def _drop_armed(self, *scopes: Scope) -> None:
        """Somebody else was chosen than whom the armed act names."""
        armed = self.arming.armed
        if armed is not None and is_known(armed.name) and spec_of(armed.name).scope in scopes:
            self.arming.drop("Something else is chosen now.")

    def undo(self, act_id: str) -> Act | None:
        """Take back one act; None when it cannot be."""
        acts = self._session.acts
        if not acts.can_undo(act_id) or not self._goes_on():
            return None
        return self._take_back((acts[act_id],))

    def undo_press(self, act_id: str) -> Act | None:
        """Take back everything that was done by the same press as this act, by one undo."""
        acts = self._session.acts.undoable_together(act_id)
        return self._take_back(acts) if acts and self._goes_on() else None

    def undo_last(self) -> Act | None:
        """Take back the newest press of this moderator that can be taken back."""
        newest = self._session.acts.newest_undoable()
        if not newest:
            self.say("No act of this sign-in can be undone.", "warn")
        return self.undo_press(newest)

    def why_newest_stays(self, since: float) -> str:
        """Why the newest act of this moderator, done after ``since`` (unix seconds), cannot be
        taken back; told once for each, so that the next undo is about what came before it.
        """
        acts, me = self._session.acts, self._session.state.user_id
        newest = acts.newest_that_stays(me)
        if newest is None or newest.act.requested_at <= since:
            return ""
        if newest.act.act_id == self._told_to_stay or acts.why_not_now:
            return ""
        self._told_to_stay = newest.act.act_id
        more = " Undo again takes back what you did before it." if since else ""
        return f"{why_it_stays(newest)}{more}"

    def _take_back(self, acts: Sequence[ActProgress]) -> Act | None:
        together = new_id() if len(acts) > 1 else ""
        now, by = self._clock.now(), self._session.state.user_id
        undo: Act | None = None
        for each in acts:
            undo = compose_undo(each.act, at=now, by=by, together=together)
            self._hand_over(undo)
        return undo

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
        self._session.end()
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


def _is_held(spec: ActSpec) -> bool:
    """Whether it waits, where the reader wants that, because nothing takes it back."""
    return spec.severe and spec.reversal is Reversal.NONE


def _groups(spec: ActSpec, targets: Sequence[Target]) -> list[tuple[Target, ...]]:
    """``targets`` as one act each can take them: the people of one call, or one person."""
    if not spec.many:
        return [(target,) for target in targets]
    cids = dict.fromkeys(target.cid for target in targets)
    return [tuple(target for target in targets if target.cid == cid) for cid in cids]
