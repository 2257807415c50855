from console.domain.act import Receipt, ReceiptState
from console.domain.verdict import Severity
from console.ui.state.wording import (
    Step,
    act_text,
    done_text,
    steps_of,
    steps_text,
    verdict_words,
    who_text,
)
from console.ui.widgets.short_texts import clock


def test_a_badge_in_words(make):
    assert verdict_words(None) == "not judged yet"
    assert verdict_words(make.verdict(action="keep")) == "keep"
    local = make.local(action="remove", labels=("hate", "\u202etaed"), severity=Severity.HIGH)
    assert verdict_words(local) == "remove, hate, ⟦RLO⟧taed, high severity, provisional"


def test_an_unknown_time_has_no_words():
    assert clock(0.0, "") == ""


def test_steps_are_milliseconds_since_the_press(make):
    receipt = Receipt(
        act_id="a1",
        state=ReceiptState.FAILED,
        queued_at=make.start + 0.003,
        sent_at=make.start + 0.010,
        reason="No\x07.",
    )
    steps = steps_of(make.act(), receipt)
    assert [step.name for step in steps.steps] == ["queued", "sent", "accepted", "seen"]
    assert [step.ms and round(step.ms) for step in steps.steps] == [3, 10, None, None]
    assert (steps.failed, steps.unconfirmed, steps.reason) == (True, False, "No␇.")
    assert steps_text(steps) == "queued 3 ms · sent 10 ms"


def test_a_clock_that_was_set_back_gives_no_negative_step(make):
    receipt = Receipt(act_id="a1", state=ReceiptState.QUEUED, queued_at=make.start - 5)
    assert steps_of(make.act(), receipt).steps[0] == Step("queued", 0.0)


def test_acts_in_words(make):
    ban = make.act(kind="ban", minutes=10, ip_ban=True, reason="spam")
    assert act_text(ban) == "Ban (10 min, and IP address, spam)"
    assert act_text(make.act(kind="kick")) == "Kick"
    assert act_text(make.act(kind="grant_audio", undo_of="a0")) == "Grant microphone (undo)"
    two = make.act(kind="mute_audio", user_ids=("ann", "bob"), names=("Ann", ""))
    assert who_text(two) == "Ann, bob"
    assert done_text(two) == "muted the microphone of Ann, bob"
    everyone = make.act(kind="end_call", user_ids=(), names=())
    assert (who_text(everyone), done_text(everyone)) == ("everyone", "ended the call")
