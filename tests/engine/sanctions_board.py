"""What a window would show of sanctions, folded from an engine's messages."""

from typing import Any

from console.domain.sanction import Form, Sanction, sanction_id
from console.protocol.sanctions import SanctionAnswer, SanctionsChanged


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
