"""Settings that have a title, and exports, are told to the log once there is a sign-in."""

from console.domain.phase import Phase
from console.protocol.audit import NoteExport, NoteSetting
from console.protocol.to_window import VERSION, EngineState, Hello
from console.ui.state.audit_notes import AuditNotes
from console.ui.state.settings import Settings


def test_settings_and_exports_are_told_once_there_is_a_sign_in(
    qapp, session, link, engine, sent, clock, tmp_path
):
    settings = Settings(tmp_path / "settings.json")
    notes = AuditNotes(session, link, settings, clock)
    settings["theme"] = "dark"
    notes.exported("act log", "acts.csv", 3)
    assert not [each for each in sent if isinstance(each, NoteSetting | NoteExport)]
    session.apply(Hello(version=VERSION, pid=1))
    session.apply(EngineState(phase=Phase.LIVE))
    settings["pinned_calls"] = ["a:1"]  # stands in no dialog
    settings["theme"] = "light"
    told = [each for each in sent if isinstance(each, NoteSetting | NoteExport)]
    at = clock.now()
    assert told == [
        NoteSetting("theme", '"system"', '"dark"', at),
        NoteExport(what="act log", file="acts.csv", count=3, at=at),
        NoteSetting("theme", '"dark"', '"light"', at),
    ]
