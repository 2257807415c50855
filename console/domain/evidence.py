"""What was known when an act was wanted, copied so that it stays when lines and pictures go."""

from enum import StrEnum

from msgspec import Struct

from console.domain.act import Act
from console.domain.item import Body
from console.domain.verdict import JudgedItem

MOST_THEIRS = 60
"""Lines of each person that are copied, the last before the act."""
MOST_PEOPLE = 20
"""People of one act of whom lines are copied."""
MOST_AROUND = 60
"""Lines of the call before the act that are copied, whoever said them."""
EACH_WAY = 12
"""Lines before and after the one that the act answers."""
MOST_PICTURES = 12
MOST_PICTURE_BYTES = 2_000_000
MOST_TEXT = 200_000
"""Code points of all texts together; of more the lines around go first."""


class Earlier(Struct, frozen=True):
    """A body that a line had before; ``received_at`` in unix seconds."""

    body: Body
    received_at: float


class EvidenceLine(Struct, frozen=True, omit_defaults=True):
    """One line with its verdicts at that time.

    Attributes:
        theirs: it is of somebody whom the act was aimed at; else it stood around.
        subject: the act answers it.
        earlier: what it was before, oldest first.
    """

    line: JudgedItem
    theirs: bool = False
    subject: bool = False
    earlier: tuple[Earlier, ...] = ()


class KeyFrame(Struct, frozen=True):
    """A picture of the evidence, by the SHA-256 of its bytes.

    Attributes:
        kept: a small JPEG of it is kept with the evidence.
        withheld: nobody may see it, so that only its hash is here.
    """

    picture_id: str
    item_id: str
    at: float
    kept: bool
    withheld: bool


class PolicyFacts(Struct, frozen=True):
    """The policy that judged on this console. ``sha256`` of its canonical form, in hex."""

    name: str = ""
    sha256: str = ""


class LeftOut(Struct, frozen=True):
    """How much more there was than evidence holds: lines, people, and pictures."""

    theirs: int = 0
    around: int = 0
    people: int = 0
    pictures: int = 0

    @property
    def anything(self) -> bool:
        """Whether it does not hold all."""
        return any((self.theirs, self.around, self.people, self.pictures))


class Evidence(Struct, frozen=True, kw_only=True):
    """What is kept of the moment in which ``act`` was wanted.

    Attributes:
        frozen_at: when it was copied (unix seconds). late: by a later engine, after a crash.
        console: which console the act was wanted on: version, system and a random id.
        lines: by when they were said.
    """

    act: Act
    frozen_at: float
    late: bool = False
    console: str = ""
    policy: PolicyFacts = PolicyFacts()
    lines: tuple[EvidenceLine, ...] = ()
    pictures: tuple[KeyFrame, ...] = ()
    left_out: LeftOut = LeftOut()

    @property
    def evidence_id(self) -> str:
        """It is that of the act."""
        return self.act.act_id


class EvidenceEvent(StrEnum):
    """What somebody did with evidence."""

    OPENED = "opened"
    HELD = "held"
    RELEASED = "released"
    EXPORTED = "exported"


class EvidenceNote(Struct, frozen=True):
    """Who did what with evidence, when (unix seconds) and why."""

    at: float
    by: str
    what: EvidenceEvent
    why: str = ""


class Hold(Struct, frozen=True):
    """Evidence that is never deleted while it is held: by whom, why, since when."""

    by: str
    why: str
    at: float


class EvidenceHead(Struct, frozen=True, kw_only=True):
    """One row of a list of evidence. ``names`` are hostile; ``size`` in bytes without pictures."""

    evidence_id: str
    at: float
    kind: str
    cid: str
    by: str
    names: tuple[str, ...] = ()
    size: int = 0
    pictures: int = 0
    hold: Hold | None = None
