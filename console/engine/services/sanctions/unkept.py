"""What of the board is not on disk yet; what the store refuses waits for the next time."""

from collections.abc import Iterable

from console.base.errors import WorldError
from console.domain.sanction import Form, Sanction
from console.domain.sanctions_in_force import SanctionChanges
from console.engine.services.sanctions.clock_keeper import ClockKeeper


class Unkept:
    """Soft mutes are never kept: they are over when nobody watches them."""

    def __init__(self, clocks: ClockKeeper) -> None:
        self._clocks = clocks
        self._sanctions: dict[str, Sanction | None] = {}
        self._ended: list[str] = []

    def note(self, changes: SanctionChanges) -> None:
        """Sanctions changed, or are over."""
        self._sanctions |= {each.sanction_id: each for each in changes.changed}
        self._sanctions |= dict.fromkeys(changes.gone)

    def note_ended(self, act_ids: Iterable[str]) -> None:
        """The claims that these acts made are over."""
        self._ended += [act_id for act_id in act_ids if act_id]

    async def keep(self) -> None:
        """Write all of it down.

        Raises:
            WorldError: the store refused; it is still to be written down.
        """
        sanctions, self._sanctions = self._sanctions, {}
        ended, self._ended = self._ended, []
        lasting = [s for s in sanctions.values() if s is not None and s.form is not Form.MUTED]
        gone = [key for key, sanction in sanctions.items() if sanction is None]
        if not (lasting or gone or ended):
            return
        try:
            await self._clocks.keep(lasting, gone, ended)
        except WorldError:
            self._sanctions = sanctions | self._sanctions
            self._ended = ended + self._ended
            raise
