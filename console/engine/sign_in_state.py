"""What the window is shown of a sign-in: its phase, why, and what to do."""

from console.domain.sign_in import Profile
from console.protocol.to_window import EngineState, Phase


def sign_in_state(
    profile: Profile,
    phase: Phase,
    sentence: str = "",
    advice: str = "",
    *,
    user_id: str = "",
    retry_at: float = 0.0,
    directory_complete: bool = False,
) -> EngineState:
    """The state of a sign-in with ``profile``; ``user_id`` is who its token is for, once known.

    ``retry_at``: unix seconds at which the next attempt begins; 0.0 for none.
    """
    return EngineState(
        phase=phase,
        sentence=sentence,
        advice=advice,
        retry_at=retry_at,
        method=profile.method,
        user_id=user_id or profile.user_id,
        profile=profile.name,
        directory_complete=directory_complete,
    )
