"""What a badge says, without looking at its colour."""

import pytest

from console.domain.stages import NotLooked, Reason, Stage
from console.domain.verdict import Severity, Source
from console.ui.widgets.badge import NOT_JUDGED, WAITING, Badge, Ground, RaisedMark, badge_of


def test_no_verdict_is_waiting():
    assert badge_of(None) is WAITING


def test_keep_is_quiet_and_local_says_so(make):
    assert badge_of(make.verdict(action="keep")).ground is Ground.QUIET
    local = badge_of(make.local())
    assert (local.ground, local.detail, local.dashed) == (Ground.QUIET, "local", True)


def test_a_local_verdict_that_decides_says_so_and_looks_decided(make):
    keep = badge_of(make.verdict(action="keep", source=Source.LOCAL))
    assert (keep.ground, keep.detail, keep.dashed) == (Ground.QUIET, "local", False)
    remove = badge_of(make.verdict(action="remove", source=Source.LOCAL))
    assert (remove.ground, remove.dashed) == (Ground.FILLED, False)
    assert remove.detail.endswith("local")


@pytest.mark.parametrize(
    ("action", "ground", "word"),
    [
        ("flag", Ground.OUTLINE, "FLAG"),
        ("remove", Ground.FILLED, "REMOVE"),
        ("shadow", Ground.OUTLINE, "SHADOW"),
        ("bounce_remove", Ground.OUTLINE, "BOUNCE + REMOVE"),
        ("mask", Ground.OUTLINE, "MASK"),
        ("something_new", Ground.OUTLINE, "SOMETHING + NEW"),
    ],
)
def test_raised_verdicts_have_a_word_and_an_icon(make, action, ground, word):
    badge = badge_of(make.verdict(action=action))
    assert (badge.ground, badge.word) == (ground, word)
    assert badge.icon


def test_label_and_severity_follow_the_word(make):
    verdict = make.verdict(labels=("scam", "spam", "links"), severity=Severity.HIGH)
    assert badge_of(verdict).sentence == "FLAG · scam · +2 · high"


def test_provisional_remove_is_dashed_and_not_filled(make):
    badge = badge_of(make.local(action="remove"))
    assert (badge.ground, badge.dashed) == (Ground.OUTLINE, True)
    assert badge.detail.endswith("local")


def test_hostile_labels_are_marked_and_cut(make):
    badge = badge_of(make.verdict(labels=("\u202e" + "x" * 90,), severity=Severity.NONE))
    assert badge.detail.startswith("⟦RLO⟧")
    assert len(badge.detail) == 24


def test_what_does_not_fit_goes_from_the_reason_and_never_from_who_judged():
    badge = Badge("remove", "REMOVE", ("HARASSMENT", "+2", "high", "local"), "bad", Ground.FILLED)
    assert badge.fitting(100, len) == "HARASSMENT · +2 · high · local"
    assert badge.fitting(26, len) == "HARAS… · +2 · high · local"
    assert badge.fitting(20, len) == "+2 · high · local"
    assert badge.fitting(12, len) == "high · local"
    assert badge.fitting(5, len) == "local"
    assert badge.fitting(4, len) == ""


def test_a_mark_takes_the_place_of_what_to_do_and_keeps_who_did_it_longest(make):
    verdict = make.verdict(action="remove", labels=("SCAM",), severity=Severity.HIGH)
    mine = badge_of(verdict, RaisedMark("person", "MINE", "accent"))
    assert (mine.word, mine.parts[0], mine.ground) == ("MINE", "REMOVE", Ground.FILLED)
    mark = RaisedMark("tick", "HANDLED", "good", ended=True, by="you 12:04")
    ended = badge_of(verdict, mark)
    assert (ended.icon, ended.word, ended.ground) == ("tick", "HANDLED", Ground.SETTLED)
    assert ended.parts == ("SCAM", "high", "you 12:04")
    assert ended.fitting(10, len) == "you 12:04"


THAI = NotLooked(Stage.AI_TEXT, Reason.LANGUAGE, "th")


def test_clean_and_not_judged_differ_in_form_and_words(make):
    clean = badge_of(make.verdict(action="keep", source=Source.LOCAL))
    missed = badge_of(make.verdict(action="keep", source=Source.LOCAL, not_looked=(THAI,)))
    assert (missed.icon, missed.detail) == (NOT_JUDGED, "not judged: Thai")
    assert missed.icon != clean.icon
    assert missed.sentence == "not judged: Thai"


def test_what_stream_is_still_to_judge_is_not_called_clean_before(make):
    badge = badge_of(make.local(not_looked=(THAI,)))
    assert (badge.icon, badge.detail, badge.dashed) == (NOT_JUDGED, "local", True)


def test_what_a_list_raised_is_raised_whoever_else_looked(make):
    badge = badge_of(make.verdict(action="flag", source=Source.LOCAL, not_looked=(THAI,)))
    assert badge.word == "FLAG"
