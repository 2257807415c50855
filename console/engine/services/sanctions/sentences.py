"""What the board of sanctions says of one of them. Pure."""

from console.domain.names import plain_name
from console.domain.sanction import Claim, Sanction

LATE_S = 5.0


def named(sanction: Sanction) -> str:
    """Whom it is on, and what it is."""
    return f"{plain_name(sanction.name, sanction.user_id)} ({sanction.form})"


def over_words(claim: Claim, late: float) -> str:
    """Why a clock lifts it. ``late``: seconds since its time was over."""
    words = f"Its time of {claim.lasts / 60:.0f} min is over."
    return words if late < LATE_S else f"{words} That was {late / 60:.1f} min ago."
