"""Fitting thresholds through the engine, in a real worker process with the real classifier."""

import json
import sys

import pytest

from console.base.paths import Paths
from console.policy.loader import read_policy_text
from console.protocol.lab import PolicyText
from console.protocol.lab_runs import ExportFormat
from console.protocol.label_fits import (
    CancelFit,
    DeleteLabels,
    ExportLabels,
    FitFinished,
    FitProgress,
    LabelsDeleted,
    LabelsExported,
    StartFit,
)
from console.protocol.labels import LabelsChanged
from tests.engine.conftest import Console
from tests.engine.lab.labelled_store import POLICY, fill

WORKER = """
import sys
from pathlib import Path
from console.models import folders
folders.is_installed = lambda: False
from console.engine.services.lab.run_worker import main
sys.exit(main(Path(sys.argv[1])))
"""
"""As always, but with the classifier of the base install, whose confidence is measured."""


@pytest.fixture
async def labelled(tmp_path, shared_clock, monkeypatch):
    """An engine without a sign-in, and a store with sixteen labels."""
    worker = "console.engine.services.lab.run_worker_process.PROGRAM"
    monkeypatch.setattr(worker, (sys.executable, "-c", WORKER))
    paths = Paths.under(tmp_path)
    paths.create()
    await fill(paths.data / "console.db")
    console = Console(tmp_path, shared_clock)
    console.engine.start()
    yield console
    await console.close()


async def finished(console, fit_id):
    await console.until(lambda: any(f.fit_id == fit_id for f in console.of(FitFinished)), 60)
    return next(f for f in console.of(FitFinished) if f.fit_id == fit_id)


def start(console, fit_id="f", text=POLICY, **more):
    console.router.answer(StartFit(fit_id=fit_id, policy=PolicyText(text, "p.toml"), **more))


async def test_curves_and_thresholds_and_what_they_change_on_saved_lines(labelled):
    start(labelled, saved=True, precision=0.95)
    done = await finished(labelled, "f")
    assert done.sentence == ""
    assert done.counts.all == 16
    fit = done.fit
    (curve,) = (each for each in fit.curves if each.label == "INSULT")
    assert curve.lines == 15
    assert curve.at(0.0).right + curve.missed == 10
    assert len(curve.measured) > 2
    assert (fit.labelled.lines, fit.saved.lines, fit.unused) == (15, 15, 1)
    assert fit.saved.after - fit.saved.before == fit.saved.more - fit.saved.fewer
    assert len(fit.saved.examples) == fit.saved.more + fit.saved.fewer
    if fit.text:
        policy = read_policy_text(fit.text, "p.toml").policy
        assert policy is not None
        least_of = policy.confidence.least_of
        for each in fit.fitted:
            assert least_of(each.label) == each.after.threshold


async def test_a_policy_whose_threshold_is_too_high_gets_a_lower_one(labelled):
    high = f'{POLICY}\n[confidence]\nrules = [{{ label = "INSULT", least = 1.0 }}]\n'
    start(labelled, text=high, saved=True)
    fit = (await finished(labelled, "f")).fit
    (fitted,) = (each for each in fit.fitted if each.label == "INSULT")
    assert (fitted.before.threshold, fitted.before.raised) == (1.0, 0)
    assert fitted.after.threshold < 1.0
    assert fitted.after.right >= 8
    assert fit.labelled.more == fit.saved.more >= 8
    assert all(each.raised and each.label for each in fit.saved.examples)


async def test_a_policy_without_a_threshold_says_why(labelled):
    start(labelled, text='key = "chat"')
    fit = (await finished(labelled, "f")).fit
    assert "no rules for AI text" in fit.sentence
    assert (fit.fitted, fit.text) == ((), "")


async def test_errors_and_stopping_are_told(labelled):
    start(labelled, "bad", text="key = 1")
    assert (await finished(labelled, "bad")).sentence.startswith("The policy has errors.")
    start(labelled, "stopped", saved=True)
    labelled.router.answer(CancelFit("stopped"))
    assert (await finished(labelled, "stopped")).sentence == "It was stopped."
    start(labelled, "one")
    start(labelled, "two")
    assert (await finished(labelled, "one")).sentence == "A newer one took its place."
    assert (await finished(labelled, "two")).fit is not None
    assert labelled.of(FitProgress)


async def test_the_labels_are_exported_and_deleted(labelled, tmp_path):
    target = tmp_path / "labels.jsonl"
    labelled.router.answer(ExportLabels("1", path=str(target), format=ExportFormat.JSON_LINES))
    await labelled.until(lambda: labelled.of(LabelsExported))
    assert labelled.of(LabelsExported)[0].labels == 16
    assert len(target.read_text(encoding="utf-8").splitlines()) == 16
    assert json.loads(target.read_text(encoding="utf-8").splitlines()[0])["by"] == "mod"
    labelled.router.answer(
        ExportLabels("2", path=str(tmp_path / "no" / "x.csv"), format=ExportFormat.CSV)
    )
    await labelled.until(lambda: len(labelled.of(LabelsExported)) == 2)
    assert labelled.of(LabelsExported)[1].sentence
    labelled.router.answer(DeleteLabels("3"))
    await labelled.until(lambda: labelled.of(LabelsDeleted))
    assert labelled.of(LabelsDeleted)[0].labels == 16
    assert labelled.of(LabelsChanged)[-1].counts.all == 0
    start(labelled, "none")
    done = await finished(labelled, "none")
    assert (done.fit.curves, done.counts.all) == ((), 0)
