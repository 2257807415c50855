"""What the tile of a camera or screen says, and how risky it looks. Pure."""

from msgspec import Struct

from console.base.plain_text import visible
from console.domain.frames import SeenFrame
from console.domain.picture import SCREEN
from console.domain.verdict import Verdict, action_rank
from console.ui.widgets.badge import RaisedMark

OLD_S = 60.0
"""A frame that is older says so: it may show something else by now."""
WORDS = 80


class FrameTile(Struct, frozen=True, kw_only=True):
    """One tile.

    Attributes:
        who, where: the person and the call, safe to look at.
        verdict: what stands of the frame's item; None while nobody judged it.
        mark: what became of it, where somebody decided.
        is_open: it is raised, and nobody has decided.
    """

    seen: SeenFrame
    who: str
    where: str
    verdict: Verdict | None = None
    mark: RaisedMark | None = None
    is_open: bool = False

    @property
    def risk(self) -> tuple[int, int, int, float]:
        """Larger is riskier: open items first, by severity and action, then by what it shows."""
        raised = self.verdict if self.verdict is not None and self.verdict.raised else None
        severity = raised.severity.rank if raised else 0
        action = action_rank(raised.action) if raised else 0
        surest = max((score for _, score in self.seen.picture.labels), default=0.0)
        return int(self.is_open), severity, action, round(surest, 1)

    @property
    def track(self) -> str:
        """``camera`` or ``screen``."""
        return "screen" if self.seen.key.track == SCREEN else "camera"

    @property
    def words(self) -> str:
        """One line on what can be read in it, or why nobody could look."""
        picture = self.seen.picture
        if picture.withheld:
            return "Shown to nobody"
        if picture.sentence:
            return visible(picture.sentence)
        return visible(" · ".join((*picture.text.splitlines(), *picture.qr)))[:WORDS]

    def sentence(self, verdict: str, age: str) -> str:
        """All of it for a screen reader."""
        read = f", it reads: {self.words}" if self.words else ""
        return f"{self.who}, {self.track}, {self.where}, {verdict}, {age}{read}"
