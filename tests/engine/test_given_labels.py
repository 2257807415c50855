"""Labels of moderators, from the window through the engine into the store and back."""

import pytest

from console.domain.given_label import LabelCounts, Says
from console.domain.sign_in import Method
from console.domain.worth_labelling import Reason
from console.protocol.labels import (
    AskWorthLabelling,
    GiveLabel,
    LabelKept,
    LabelsChanged,
    TakeBackLabel,
    WorthLabelling,
)
from tests.engine.conftest import Console

CID = "default:one"


@pytest.fixture
async def heard(console, sandbox):
    """A line that is raised and one that is not; the local verdict stands."""
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in(Method.TOKEN))
    await console.live(CID)
    sandbox.say(ann, "you idiot")
    sandbox.say(ann, "good morning")
    await console.until(lambda: len(console.lines) == 2)
    return console


async def answer(console, question):
    console.router.answer(question)
    kinds = LabelKept | WorthLabelling
    await console.until(
        lambda: any(
            isinstance(m, kinds) and m.request_id == question.request_id for m in console.messages
        )
    )
    return next(m for m in console.of(kinds) if m.request_id == question.request_id)


def counts(console):
    return console.of(LabelsChanged)[-1].counts


async def told(console, **wanted):
    expected = LabelCounts(**wanted)
    await console.until(lambda: counts(console) == expected)


async def test_a_label_is_kept_with_all_that_it_is_about_and_told(heard, tmp_path):
    bad = heard.lines[0]
    kept = await answer(heard, GiveLabel("1", item_id=bad.item_id, says=Says.WRONG))
    assert (kept.sentence, kept.before) == ("", None)
    await told(heard, wrong=1)
    (shown,) = heard.of(LabelsChanged)[-1].changed
    assert (shown.item_id, shown.says, shown.by) == (bad.item_id, Says.WRONG, "moderator")

    (given,) = await (await heard.engine.labels()).newest()
    assert (given.text, given.author_id, given.kind) == ("you idiot", "ann", "caption")
    assert (given.verdict.action, given.local) == ("flag", given.verdict)
    assert len(given.policy) == 12
    assert given.language == "en"


async def test_the_last_word_counts_and_undo_brings_the_one_before_back(heard):
    bad = heard.lines[0].item_id
    await answer(heard, GiveLabel("1", item_id=bad, says=Says.RIGHT))
    again = GiveLabel("2", item_id=bad, says=Says.OTHER, label=" THREAT ")
    kept = await answer(heard, again)
    assert kept.before.says is Says.RIGHT
    await told(heard, other=1)
    await answer(heard, TakeBackLabel("3", item_id=bad, before=kept.before))
    await told(heard, right=1)
    await answer(heard, TakeBackLabel("4", item_id=bad))
    await told(heard)
    assert heard.of(LabelsChanged)[-1].removed == (bad,)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"item_id": "unknown", "says": Says.RIGHT}, "not kept on this machine"),
        ({"says": Says.OTHER, "label": "  "}, "which label"),
        ({"says": Says.RIGHT, "action": "remove"}, "changed just now"),
        ({"says": Says.RIGHT, "action": "flag", "revision": 3}, "changed just now"),
    ],
)
async def test_what_cannot_be_labelled_is_refused_with_a_sentence(heard, fields, sentence):
    question = GiveLabel("1", **{"item_id": heard.lines[0].item_id} | fields)
    assert sentence in (await answer(heard, question)).sentence
    assert counts(heard) == LabelCounts()


async def test_the_next_engine_tells_the_labels_at_the_sign_in(
    heard, sandbox, tmp_path, shared_clock
):
    bad = heard.lines[0].item_id
    await answer(heard, GiveLabel("1", item_id=bad, says=Says.RIGHT))
    await heard.close()
    later = Console(tmp_path, shared_clock)
    later.engine.start()
    later.router.answer(sandbox.sign_in(Method.TOKEN))
    await later.until(lambda: later.of(LabelsChanged))
    whole = later.of(LabelsChanged)[0]
    assert whole.whole
    assert [each.item_id for each in whole.changed] == [bad]
    assert whole.counts == LabelCounts(right=1)
    assert "HARASSMENT" in whole.known
    await later.close()


async def test_what_stream_judges_otherwise_is_worth_a_label_until_it_has_one(console, sandbox):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    sandbox.say(ann, "you idiot")
    sandbox.say(ann, "good morning all")
    await console.until(lambda: sum(not v.provisional for v in console.verdicts) >= 2)
    found = await answer(console, AskWorthLabelling("1"))
    differs = {
        line.judged.item.item_id for line in found.lines if line.reason is Reason.DISAGREEMENT
    }
    locals_ = {v.item_id: v.action for v in console.verdicts if v.source == "local"}
    stream = {v.item_id: v.action for v in console.verdicts if v.source == "stream"}
    assert differs == {key for key, action in stream.items() if locals_[key] != action}
    for number, key in enumerate(differs):
        await answer(console, GiveLabel(f"l{number}", item_id=key, says=Says.RIGHT))
    again = await answer(console, AskWorthLabelling("2"))
    assert not differs & {line.judged.item.item_id for line in again.lines}
