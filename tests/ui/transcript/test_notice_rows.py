"""Rows of the transcript that are no lines."""

from console.ui.transcript.notice_rows import gap_sentence


def test_gap_rows_name_their_times(make):
    assert "(9 s) · no connection" in gap_sentence(make.gap())
