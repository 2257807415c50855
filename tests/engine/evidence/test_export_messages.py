"""The window exports evidence: as a folder, a ZIP, a page for a PDF; each export is noted."""

from pathlib import Path

from console.engine.evidence.verifying import verify
from console.protocol.evidence import (
    AskEvidencePage,
    EvidenceExported,
    EvidencePage,
    ExportEvidence,
)


async def test_an_export_is_written_verified_and_noted(call, hear, act, ask, frozen, tmp_path):
    _, ben = call
    await hear(ben, "You idiot.")
    act_id = await act("kick", "ben")
    await frozen(act_id)
    for name, redacted in (("whole", False), ("redacted.zip", True)):
        to = str(tmp_path / name)
        answer = await ask(EvidenceExported, ExportEvidence, act_id, to, redacted)
        assert (answer.sentence, answer.files) == ("", 4)
        assert verify(Path(to)).wrong == ()
    again = await ask(EvidenceExported, ExportEvidence, act_id, str(tmp_path / "whole"), False)
    assert "exists already" in again.sentence
    page = await ask(EvidencePage, AskEvidencePage, act_id, False)
    assert "You idiot." in page.html
    notes = (await frozen(act_id)).notes
    exports = [note.why for note in notes if note.what == "exported"]
    assert [why.partition(",")[0] for why in exports] == ["whole", "redacted", "as a PDF"]
    assert "SHA-256 of its manifest" in exports[0]
    relative = await ask(EvidenceExported, ExportEvidence, act_id, "here", False)
    assert relative.sentence == "Say where to, with all folders."
