"""A judgement by itself, for tests that are about matches and not about who looked."""

from msgspec.structs import replace

from console.domain.results import Judgement


def alone(judgement: Judgement) -> Judgement:
    """``judgement`` without the stages."""
    return replace(judgement, looked=(), not_looked=())
