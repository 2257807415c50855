"""The signs of calls, people and receipts: what they mean, in words and icons."""

import pytest

from console.domain.act import ReceiptState
from console.domain.call import Track
from console.ui.acts.receipt_delegate import StepSign, fitting, shortened, step_signs
from console.ui.calls.calls_delegate import heat_level, status_of
from console.ui.calls.sparkline import bar_heights
from console.ui.people.people_delegate import person_note, track_sign
from console.ui.state.wording import steps_of
from console.ui.transcript.notice_rows import gap_sentence
from console.ui.widgets.avatar import color_index, initials


@pytest.mark.parametrize(("heat", "level"), [(0.0, 0), (0.6, 1), (5.0, 2), (40.0, 3)])
def test_heat_levels(heat, level):
    assert heat_level(heat) == level


def test_status_of_calls(make):
    assert status_of(make.call(), gone=False)[0] == "live"
    assert status_of(make.call(backstage=True), gone=False)[0] == "backstage"
    assert status_of(make.call(unmonitored_since=1.0), gone=False) == ("gap", "warn")
    assert status_of(make.call(), gone=True)[0] == "end-call"
    assert status_of(None, gone=False)[0] == "all"


def sign_of(person, track):
    sign = track_sign(person, track)
    return (sign.icon, sign.words) if sign else None


def test_track_signs_say_the_strongest_thing(make):
    live = {"live": frozenset({"audio"}), "live_known": True}
    assert sign_of(make.person(**live), Track.AUDIO) == ("mic", "Microphone on")
    muted = make.person(**live, muted=frozenset({"audio"}))
    assert sign_of(muted, Track.AUDIO) == ("mic-off", "Microphone muted by a moderator")
    lacking = make.person(**live, capabilities=frozenset({"send-video"}))
    assert sign_of(lacking, Track.AUDIO) == ("lock", "Microphone not allowed")
    assert sign_of(lacking, Track.SCREENSHARE) is None
    revoked = make.person(**live, revoked=frozenset({"send-audio"}))
    assert sign_of(revoked, Track.AUDIO) == ("lock", "Microphone revoked")
    assert track_sign(make.person(), Track.AUDIO) is None
    assert sign_of(make.person(live_known=True), Track.VIDEO) == ("camera-off", "Camera off")
    assert track_sign(make.person(live_known=True), Track.SCREENSHARE) is None


def test_person_notes(make):
    assert person_note(make.person(banned=True, blocked=True)) == ("banned", "bad")
    asked = make.person(asked=frozenset({"send-audio"}))
    assert person_note(asked) == ("asks for send-audio", "accent")
    assert person_note(make.person(user_session_id=""))[0] == "not in the call"
    assert person_note(make.person(role="host\u202e"))[0] == "host⟦RLO⟧"


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


def test_sparkline_bars_are_never_invisible():
    assert bar_heights([0, 1, 400], [0, 0, 1], 12) == [(0, 0), (1, 0), (12, 2)]


def test_speakers_keep_their_colour_and_initials():
    assert color_index("user-1", 8) == color_index("user-1", 8)
    assert {color_index(f"user-{n}", 8) for n in range(200)} == set(range(8))
    assert initials("Ada Moreau") == "AM"
    assert initials("  <b>bob</b> ") == "B"
    assert initials("\u202e") == "R"
    assert initials("!!") == "•"


def test_gap_rows_name_their_times(make):
    assert "(9 s) · no connection" in gap_sentence(make.gap())


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
