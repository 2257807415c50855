"""What an episode came to, for the judges: what happened, what was shown, what was kept."""

from collections import Counter

from msgspec import Struct

from console.protocol.acts import ActProgress
from console.protocol.to_window import Gap
from tests.chaos.stored import Stored
from tests.chaos.truth import Done, Said
from tests.chaos.window import Shown

LOST = "silently lost"
DOUBLED = "doubled"
REPEATED = "harmful repeat"
STUCK = "stuck"
WRONG = "told wrongly"
DEAF = "live while deaf"
UNKEPT = "not kept"
PROMISES = (LOST, DOUBLED, REPEATED, STUCK, WRONG, DEAF, UNKEPT)


class Violation(Struct, frozen=True):
    """One promise that was not kept."""

    promise: str
    sentence: str


class Outcome(Struct, frozen=True, kw_only=True):
    """Everything that the judges look at. Times are unix seconds of the real clock but in ``gaps``.

    Attributes:
        said, done, contrary, refused: the truth.
        visible: for each act id, whether its effect can be seen in the sandbox at the end.
        shown: how often the transcript holds each numbered line.
        gaps: those of the transcript, in the engine's clock, which ran ``speed`` times as fast
            from ``origin`` on. aheads: every jump of it in this episode.
        lag: the longest a frame was held back, in real seconds.
        hears_at_end, waiting: whether it was live at the end, and the lines that wait for a
            verdict.
        acts: what the window shows of each act. given: when each was asked for.
        counted: lines that the program itself says it lost.
    """

    speed: float
    origin: float
    said: list[Said]
    done: list[Done]
    contrary: list[Done]
    refused: list[Done]
    visible: dict[str, bool]
    shown: Counter[int]
    gaps: list[Gap]
    aheads: tuple[float, ...]
    lag: float
    timeline: list[Shown]
    hears_at_end: bool
    waiting: list[str]
    acts: dict[str, ActProgress]
    given: dict[str, float]
    stored: Stored
    counted: int = 0
