"""The steps of a receipt in words."""

from console.domain.act import ReceiptState
from console.ui.acts.receipt_delegate import StepSign, fitting, shortened, step_signs
from console.ui.state.wording import steps_of


def test_receipt_steps(make):
    at = make.start
    seen = make.progress(
        state=ReceiptState.SEEN,
        queued_at=at + 0.002,
        sent_at=at + 0.01,
        accepted_at=at + 0.1,
        seen_at=at + 0.19,
    )
    signs = step_signs(steps_of(seen.act, seen.receipt))
    words = [sign.words for sign in signs]
    assert words == ["queued 2", "sent 10", "accepted 100", "seen 190 ms"]
    assert all(sign.reached for sign in signs)
    assert [sign.words for sign in shortened(signs)] == ["", "", "", "seen 190 ms"]


def test_a_failed_act_says_where_it_failed(make):
    at = make.start
    failed = make.progress(state=ReceiptState.FAILED, queued_at=at, sent_at=at + 0.01, reason="no")
    signs = step_signs(steps_of(failed.act, failed.receipt))
    assert [(sign.words, sign.token) for sign in signs[2:]] == [("failed", "bad")]
    assert [sign.words for sign in shortened(signs)] == ["", "", "failed"]


def test_an_unconfirmed_act_is_not_called_seen(make):
    at = make.start
    waiting = make.progress(
        state=ReceiptState.UNCONFIRMED, queued_at=at, sent_at=at, accepted_at=at + 1
    )
    signs = step_signs(steps_of(waiting.act, waiting.receipt))
    assert (signs[3].words, signs[3].reached) == ("not seen yet", False)


def test_a_narrow_log_still_says_how_it_ended():
    signs = [
        *(StepSign(f"{word} 10", "text_dim", reached=True) for word in ("queued", "sent", "taken")),
        StepSign("seen 190 ms", "good", reached=True),
    ]

    def wide(words):
        return 7 * len(words)

    assert fitting(signs, 900, wide) == signs
    assert [sign.words for sign in fitting(signs, 220, wide)] == ["", "", "", "seen 190 ms"]
    assert fitting(signs, 60, wide) == [signs[-1]]


def test_an_outcome_that_is_not_known_is_decided_and_then_rests(make):
    unknown = make.progress(state=ReceiptState.UNCONFIRMED, queued_at=1.0, sent_at=2.0)
    left = make.progress(state=ReceiptState.UNCONFIRMED, queued_at=1.0, sent_at=2.0, left=True)
    signs = [step_signs(steps_of(each.act, each.receipt))[2] for each in (unknown, left)]
    assert [sign.words for sign in signs] == ["outcome not known"] * 2
    assert [sign.token for sign in signs] == ["warn", "text_faint"]
