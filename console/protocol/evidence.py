"""Evidence of acts: found, opened, held, and exported as a folder or a ZIP file."""

from typing import ClassVar

from console.domain.evidence import Evidence, EvidenceHead, EvidenceNote, Hold
from console.protocol.ask import Answer, Ask


class AskEvidence(Ask, frozen=True, tag="ask_evidence"):
    """Wanted: evidence of an act, of acts on a person, or that quotes an item, whichever is given.

    Of all acts, the newest, where none of them is.
    """

    newest_only = True

    act_id: str = ""
    user_id: str = ""
    item_id: str = ""


class EvidenceFound(Answer, frozen=True, kw_only=True, tag="evidence_found"):
    """Answer to AskEvidence: newest first."""

    asks: ClassVar = (AskEvidence,)

    heads: tuple[EvidenceHead, ...] = ()


class OpenEvidence(Ask, frozen=True, tag="open_evidence"):
    """Wanted: all of one evidence. Who opened it, and when, is noted."""

    evidence_id: str


class HoldEvidence(Ask, frozen=True, tag="hold_evidence"):
    """Never delete it from now on, for a reason; or hold it no longer."""

    evidence_id: str
    on: bool
    why: str


class EvidenceOpened(Answer, frozen=True, kw_only=True, tag="evidence_opened"):
    """Answer to OpenEvidence and HoldEvidence.

    Attributes:
        notes: who did what with it, oldest first.
    """

    asks: ClassVar = (OpenEvidence, HoldEvidence)

    evidence: Evidence | None = None
    hold: Hold | None = None
    notes: tuple[EvidenceNote, ...] = ()


class AskEvidencePicture(Ask, frozen=True, tag="ask_evidence_picture"):
    """Wanted: the small JPEG of a picture of an evidence."""

    evidence_id: str
    picture_id: str


class EvidencePicture(Answer, frozen=True, kw_only=True, tag="evidence_picture"):
    """Answer to AskEvidencePicture; ``jpeg`` is empty where nobody may see it."""

    asks: ClassVar = (AskEvidencePicture,)

    picture_id: str = ""
    jpeg: bytes = b""


EvidenceToEngine = AskEvidence | OpenEvidence | HoldEvidence | AskEvidencePicture
EvidenceToWindow = EvidenceFound | EvidenceOpened | EvidencePicture
