"""Which acts of colleagues are behind what events show: their consoles tell of them to the team.

An event names neither the act nor its time, and of a permission not even what was revoked. So what
it shows counts as wanted for good, unless a colleague's word says what it was.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from console.base.clock import Clock
from console.domain.act import Act
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.domain.lifting import claims_of
from console.domain.sanction import BY_STREAM, Claim, Form, Keeper, Sanction
from console.domain.sanctions_in_force import MAX_CLAIMS, SanctionsInForce

BEFORE_S = 90.0
"""So long before the word of it an event may come: an act is told when it is done."""
AFTER_S = 60.0
"""So long after the word its event may come, which was held up."""
ORDER_S = 60.0
"""Words are taken in the order in which Stream got them, but for so much."""
GRACE_S = 10.0
"""So long after its time is over a colleague's console may take to lift what it set."""
MOST_ACTS = 1_000
MOST_PEOPLE = 5_000


class _Told(Struct):
    act: Act
    at: float
    """When Stream got the word, by the clock of this machine."""
    shown_on: set[str]
    """The people on whom an event showed it."""


class ColleagueActs:
    """Puts what colleagues told in the place of claims of which nothing is known.

    ``ahead``: seconds by which Stream's clock is ahead of this machine's; None while not known.
    """

    def __init__(
        self, in_force: SanctionsInForce, clock: Clock, ahead: Callable[[], float | None]
    ) -> None:
        self._in_force = in_force
        self._clock = clock
        self._ahead = ahead
        self._told: OrderedDict[str, _Told] = OrderedDict()
        self._unexplained: Counter[tuple[str, str]] = Counter()
        self._shared: OrderedDict[str, None] = OrderedDict()

    # -- what events show

    def explained(self, claims: list[Sanction]) -> list[Sanction]:
        """``claims`` of others that one event shows, with what is known of the act behind it."""
        found: list[Sanction] = []
        shown: dict[str, tuple[_Told, str]] = {}
        unexplained: set[tuple[str, str]] = set()
        for sanction in claims:
            told = self._behind(sanction)
            if told is None:
                found.append(sanction)
                if sanction.form is Form.REVOKED:
                    unexplained.add((sanction.cid, sanction.user_id))
                continue
            shown[told.act.act_id] = told, sanction.user_id
            claim = _claim_of(told.act, sanction, sanction.newest.since)
            if claim is not None:
                found.append(replace(sanction, claims=(claim,)))
            elif self._in_force.find(sanction.sanction_id) is None:
                found.append(sanction)
        for told, user_id in shown.values():
            told.shown_on.add(user_id)
        for key in unexplained:
            self._unexplained[key] += 1
        while len(self._unexplained) > MOST_PEOPLE:
            del self._unexplained[next(iter(self._unexplained))]
        return found

    def _behind(self, sanction: Sanction) -> _Told | None:
        claim = sanction.newest
        if not claim.since:
            return None
        for told in reversed(self._told.values()):
            if claim.since - told.at > AFTER_S + ORDER_S:
                break  # all before it are older
            if (
                _touches(told.act, sanction)
                and sanction.user_id not in told.shown_on
                and _is_its(told.act, told.at, claim)
            ):
                return told
        return None

    # -- what colleagues tell

    def take(self, act: Act, told_at: float) -> None:
        """A colleague's console did this. ``told_at``: unix seconds of Stream's clock."""
        at = told_at - (self._ahead() or 0.0)
        told = self._told.setdefault(act.act_id, _Told(act, at, set()))
        told.act = act  # it may last for another time now
        if len(self._told) > MOST_ACTS:
            self._told.popitem(last=False)
        people = {s.user_id: None for s in self._in_force if _touches(act, s)}
        for user_id in people:
            if not spec_of(act.kind).revokes or user_id in told.shown_on:
                continue
            key = act.cid, user_id
            if self._unexplained[key] <= 0:
                continue
            told.shown_on.add(user_id)
            self._unexplained[key] -= 1
        for sanction in self._in_force:
            if _touches(act, sanction):
                self._put(sanction, self._claims(sanction, told))

    def _claims(self, sanction: Sanction, told: _Told) -> tuple[Claim, ...]:
        """What is claimed on ``sanction``, now that the act is known."""
        act = told.act
        known = [c for c in sanction.claims if c.told == act.act_id]
        open_ones = [c for c in sanction.claims if _is_open(c) and _is_its(act, told.at, c)]
        old = (known or open_ones)[-1:]
        claim = _claim_of(act, sanction, old[0].since if old else told.at)
        if claim is not None and old:
            return tuple(claim if c is old[0] else c for c in sanction.claims)
        if claim is not None and self._clock.now() - told.at < BEFORE_S:
            return (*sanction.claims[-MAX_CLAIMS + 1 :], claim)  # its event is late, or lost
        revoked = sanction.form is Form.REVOKED and sanction.user_id in told.shown_on
        if not revoked or self._unexplained[sanction.cid, sanction.user_id] > 0:
            return sanction.claims
        return tuple(c for c in sanction.claims if c not in open_ones) or sanction.claims

    def _put(self, sanction: Sanction, claims: tuple[Claim, ...]) -> None:
        if claims != sanction.claims:
            self._in_force.put_claims(sanction, claims)

    # -- ends

    def wanted(self, sanction: Sanction, claim: Claim) -> bool:
        """Whether anybody wants ``sanction`` when ``claim``, of this console, is over."""
        now = self._clock.now()
        others = (each for each in sanction.claims if each is not claim)
        return not all(is_over(each, now - GRACE_S) for each in others)

    def forget(self, sanction: Sanction) -> None:
        """It is in force no more."""
        self._unexplained.pop((sanction.cid, sanction.user_id), None)

    def note_shared(self, sanction: Sanction) -> None:
        """The time of this console's own claim is over, and others want it still."""
        self._shared[sanction.sanction_id] = None
        if len(self._shared) > MOST_ACTS:
            self._shared.popitem(last=False)

    def over(self) -> Iterable[Sanction]:
        """Sanctions that this console set, too, and that a colleague's console should have lifted.

        Each of two consoles leaves it to the other where both times end in the same moment.
        """
        now = self._clock.now()
        for key in tuple(self._shared):
            sanction = self._in_force.find(key)
            if sanction is None or any(claim.act_id for claim in sanction.claims):
                del self._shared[key]
            elif sanction.lifting or sanction.trouble:
                continue
            elif all(is_over(claim, now - GRACE_S) for claim in sanction.claims):
                yield sanction


def is_over(claim: Claim, now: float) -> bool:
    """Whether a colleague's claim ended by its own time."""
    return bool(claim.told and claim.until and claim.until <= now)


def _is_open(claim: Claim) -> bool:
    return not claim.act_id and not claim.told and bool(claim.since)


def _is_its(act: Act, told_at: float, claim: Claim) -> bool:
    """Whether an event that came when ``claim`` began may be of ``act``, told at ``told_at``."""
    soon = told_at - BEFORE_S <= claim.since <= told_at + AFTER_S
    return soon and claim.by in ("", act.by)


def _touches(act: Act, sanction: Sanction) -> bool:
    """Whether an event of ``act`` can show anything of ``sanction``."""
    spec = spec_of(act.kind)
    if spec.scope is Scope.CALL:
        return spec.for_each and spec.revokes and sanction.cid == act.cid
    if sanction.user_id not in act.user_ids or sanction.form is Form.HIDDEN:
        return False  # whom colleagues do not want to read is theirs alone
    if sanction.form is Form.REVOKED:
        return spec.revokes and sanction.cid == act.cid
    return any(made.sanction_id == sanction.sanction_id for made, _ in claims_of(act, {}, 0.0))


def _claim_of(act: Act, sanction: Sanction, since: float) -> Claim | None:
    """The claim that ``act`` makes on ``sanction``; None where it makes none."""
    for made, _ in claims_of(act, {}, since):
        if made.sanction_id == sanction.sanction_id:
            claim = made.newest
            keeper = Keeper.STREAM if sanction.form in BY_STREAM else Keeper.COLLEAGUE
            keeper = keeper if claim.until else Keeper.NOBODY
            return replace(claim, act_id="", told=act.act_id, keeper=keeper, sticky=False)
    return None
