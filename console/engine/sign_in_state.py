"""What the window is shown of a sign-in: its phase, why, and what to do."""

from console.domain.phase import MEANINGS, Phase
from console.domain.sign_in import Profile
from console.protocol.to_window import EngineState


def sign_in_state(
    profile: Profile,
    phase: Phase,
    sentence: str = "",
    advice: str = "",
    *,
    user_id: str = "",
    retry_at: float = 0.0,
    heard_until: float = 0.0,
    token_ends_at: float = 0.0,
) -> EngineState:
    """The state of a sign-in with ``profile``; ``user_id`` is who its token is for, once known.

    ``retry_at``, ``heard_until`` and ``token_ends_at`` are those of EngineState.
    """
    return EngineState(
        phase=phase,
        sentence=sentence,
        advice=advice,
        retry_at=retry_at,
        method=profile.method,
        user_id=user_id or profile.user_id,
        profile=profile.name,
        directory_complete=MEANINGS[phase].complete,
        heard_until=heard_until,
        token_ends_at=token_ends_at,
    )
