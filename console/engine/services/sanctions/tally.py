"""What became of the sanctions of a sign-in, counted once each."""

from console.domain.sanction import Claim, Form, Sanction
from console.protocol.sanctions import SanctionCounts

OUTLIVED_S = 10.0
"""A sanction may be in force so long after its end: taking it back takes a moment."""


class SanctionTally:
    """Counts."""

    def __init__(self) -> None:
        self._set = 0
        self._lifted = 0
        self._wrongly_lifted = 0
        self._outlived: set[tuple[str, str]] = set()

    def set(self, sanction: Sanction) -> None:
        """An act of this console made it; soft mutes do not count, since they do not last."""
        self._set += sanction.form is not Form.MUTED

    def lifted(self, sanction: Sanction) -> None:
        """It is over."""
        ours = any(claim.act_id for claim in sanction.claims)
        self._lifted += ours and sanction.form is not Form.MUTED

    def wrongly_lifted(self) -> None:
        """A clock took back what somebody else wanted, too."""
        self._wrongly_lifted += 1

    def outlived(self, sanction: Sanction, claim: Claim, late: float) -> bool:
        """The time of a claim is over for ``late`` seconds; True once where that is too long."""
        key = (sanction.sanction_id, claim.act_id)
        if late <= OUTLIVED_S or key in self._outlived:
            return False
        self._outlived.add(key)
        return True

    def counts(self, refused: int) -> SanctionCounts:
        """All counts."""
        return SanctionCounts(
            set=self._set,
            lifted=self._lifted,
            outlived=len(self._outlived),
            wrongly_lifted=self._wrongly_lifted,
            refused=refused,
        )
