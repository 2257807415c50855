"""Which console of a team goes first where rules of several would act at the same moment."""

YIELD_S = 1.0
"""So much later the others act, unless it shows by then that it was done."""


class ActingConsoles:
    """Shared by automation, which knows what its rules do, and the team, which hears the others.

    Attributes:
        here: rules of this console act by themselves.
        another_first: so do those of a console that goes before this one.
    """

    def __init__(self) -> None:
        self.here = False
        self.another_first = False

    @property
    def yields_s(self) -> float:
        """Seconds that this console waits before it acts by itself."""
        return YIELD_S if self.another_first else 0.0
