"""What a window would show of sanctions, folded from an engine's messages; and what is so."""

from typing import Any

from console.base.clock import SystemClock
from console.domain.sanction import Form, Sanction, sanction_id
from console.domain.sign_in import Method
from console.protocol.acts import ActsChanged
from console.protocol.sanctions import SanctionAnswer, SanctionsChanged

CID = "default:one"


class Board:
    """The board of one console of the engine tests."""

    def __init__(self, console) -> None:
        self._console = console

    @property
    def rows(self) -> dict[str, Sanction]:
        found: dict[str, Sanction] = {}
        for change in self._console.of(SanctionsChanged):
            if change.whole:
                found.clear()
            for key in change.gone:
                found.pop(key, None)
            found |= {sanction.sanction_id: sanction for sanction in change.changed}
        return found

    def find(self, form: Form, user_id: str, cid: str = "default:one", what: str = ""):
        return self.rows.get(sanction_id(form, cid, user_id, what))

    def blocked(self, user_id: str) -> Any:
        return self.find(Form.BLOCKED, user_id)

    def revoked(self, user_id: str, what: str = "send-audio") -> Any:
        return self.find(Form.REVOKED, user_id, what=what)

    def banned(self, user_id: str) -> Any:
        return self.find(Form.BANNED, user_id, cid="")

    def muted(self, user_id: str) -> Any:
        return self.find(Form.MUTED, user_id)

    @property
    def counts(self):
        return self._console.pulse.sanctions

    async def ask(self, question) -> Any:
        self._console.router.answer(question)
        await self._console.until(lambda: self._answer(question.request_id))
        return self._answer(question.request_id)

    def _answer(self, request_id: str) -> Any:
        answers = self._console.of(SanctionAnswer)
        return next((one for one in answers if one.request_id == request_id), None)


class LeapingClock(SystemClock):
    """Time can be let pass at once, and the wall clock be set."""

    skipped = 0.0
    set_by = 0.0

    def now(self):
        return super().now() + self.skipped + self.set_by

    def monotonic(self):
        return super().monotonic() + self.skipped

    def skip(self, seconds):
        self.skipped += seconds

    def set_wall(self, seconds):
        self.set_by += seconds


async def signed_in(console, sandbox, method: Method = Method.SECRET) -> Board:
    console.router.answer(sandbox.sign_in(method))
    await console.live(CID)
    return Board(console)


def blocked(sandbox):
    return sandbox.world.state.calls[CID].blocked_user_ids


def may_speak(sandbox, user_id: str) -> bool:
    world = sandbox.world
    session = world.state.calls[CID].running
    mine = [p for p in session.presences.values() if p.user.id == user_id]
    return bool(world.attendance.publish(CID, mine[0].user_session_id, "audio"))


def acts(console):
    found = {p.act.act_id: p.act for m in console.of(ActsChanged) for p in m.acts}
    return list(found.values())
