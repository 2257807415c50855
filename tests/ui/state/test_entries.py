from console.ui.state.entries import (
    GapEntry,
    ItemEntry,
    NoticeEntry,
    concerns,
)


def test_which_transcripts_an_entry_belongs_into(make):
    line = ItemEntry(serial=1, item=make.said(cid="a:1"))
    notice = NoticeEntry(serial=2, notice=make.notice(cid="a:1"))
    gap = GapEntry(serial=3, gap=make.gap("a:1", "a:2"))
    for entry in (line, notice, gap):
        assert concerns(entry, "")
        assert concerns(entry, "a:1")
        assert not concerns(entry, "a:3")
    assert concerns(gap, "a:2")


def test_a_line_is_raised_and_waits_by_its_verdict(make):
    def line(verdict):
        entry = ItemEntry(serial=1, item=make.said(), verdict=verdict)
        return entry.raised, entry.waiting

    assert line(None) == (False, True)
    assert line(make.local(action="flag")) == (True, True)
    assert line(make.verdict(action="keep")) == (False, False)
