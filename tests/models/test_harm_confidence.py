"""From a score to how often it is right; and the calibration that comes with the program."""

import hashlib
import json
import shutil

import pytest

from console.base.errors import WorldError
from console.base.paths import resources
from console.domain.local_models import CurvePoint
from console.models.harm_confidence import Calibration, Curve, read_calibration
from console.models.harm_heads import HarmHeads

HEADS = resources() / "models" / "harm-heads"
MOST_OFF = 0.05
BINS = (CurvePoint(told=0.6, right=0.62, texts=10),)
PLAIN = Calibration(
    format=1,
    heads="",
    error=0.02,
    bins=BINS,
    curves=(Curve(label="SCAM", slope=1.0, intercept=0.0, error=0.02, bins=BINS),),
)


def test_a_curve_that_changes_nothing_gives_the_score():
    assert PLAIN.confidence("SCAM", 0.5) == 0.5
    assert PLAIN.confidence("SCAM", 0.9) == 0.9
    assert PLAIN.confidence("SCAM", 1.0) == 1.0
    assert PLAIN.confidence("SCAM", 0.0) == 0.0


def test_a_label_without_a_curve_has_no_confidence():
    assert PLAIN.confidence("OTHER", 0.9) is None


def test_a_surer_score_is_never_less_likely_right():
    calibration = read_calibration(HEADS)
    assert calibration is not None
    for curve in calibration.curves:
        told = [calibration.confidence(curve.label, step / 100) or 0.0 for step in range(101)]
        assert told == sorted(told)


def test_what_comes_with_the_program_is_for_its_heads_and_holds_what_it_promises():
    calibration = read_calibration(HEADS)
    assert calibration is not None
    labels = [head.label for head in HarmHeads.load(HEADS).stated.heads]
    assert [curve.label for curve in calibration.curves] == labels
    assert calibration.error <= MOST_OFF
    assert sum(each.texts for each in calibration.bins) > 1_000


def test_without_a_file_there_is_none(tmp_path):
    assert read_calibration(tmp_path) is None


@pytest.mark.parametrize("text", ["{", '{"format": 1}', "[]", "\x00"])
def test_a_file_that_is_no_calibration_is_said(tmp_path, text):
    (tmp_path / "calibration.json").write_text(text)
    with pytest.raises(WorldError, match="not as expected"):
        read_calibration(tmp_path)


def test_one_that_was_made_for_other_heads_is_refused(tmp_path):
    for name in ("heads.json", "calibration.json"):
        shutil.copy(HEADS / name, tmp_path / name)
    assert read_calibration(tmp_path) is not None
    stated = json.loads((tmp_path / "heads.json").read_text())
    (tmp_path / "heads.json").write_text(json.dumps(stated))
    changed = hashlib.sha256((tmp_path / "heads.json").read_bytes()).hexdigest()
    assert changed != hashlib.sha256((HEADS / "heads.json").read_bytes()).hexdigest()
    with pytest.raises(WorldError, match="other heads"):
        read_calibration(tmp_path)
