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


class ExportEvidence(Ask, frozen=True, tag="export_evidence"):
    """Write one evidence as a folder, or a ZIP file where the name ends so. Nothing is overwritten.

    Attributes:
        to: an absolute path that is not there yet.
        redacted: pseudonyms, no pictures, personal data masked.
    """

    repeatable = False

    evidence_id: str
    to: str
    redacted: bool


class EvidenceExported(Answer, frozen=True, kw_only=True, tag="evidence_exported"):
    """Answer to ExportEvidence. ``files``: how many were written."""

    asks: ClassVar = (ExportEvidence,)

    files: int = 0


class AskEvidencePage(Ask, frozen=True, tag="ask_evidence_page"):
    """Wanted: the readable page of an evidence, for the window to print as a PDF; it is noted."""

    evidence_id: str
    redacted: bool


class EvidencePage(Answer, frozen=True, kw_only=True, tag="evidence_page"):
    """Answer to AskEvidencePage.

    Attributes:
        pictures: the name of each picture in the page, and its JPEG.
    """

    asks: ClassVar = (AskEvidencePage,)

    html: str = ""
    pictures: tuple[tuple[str, bytes], ...] = ()


EvidenceToEngine = (
    AskEvidence
    | OpenEvidence
    | HoldEvidence
    | AskEvidencePicture
    | ExportEvidence
    | AskEvidencePage
)
EvidenceToWindow = (
    EvidenceFound | EvidenceOpened | EvidencePicture | EvidenceExported | EvidencePage
)
