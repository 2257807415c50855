"""The signs of people: what they mean, in words and icons."""

from console.domain.call import Track
from console.ui.people.people_delegate import person_note, track_sign


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
    assert person_note(asked) == ("asks for microphone", "accent")
    assert person_note(make.person(user_session_id=""))[0] == "not in the call"
    assert person_note(make.person(role="host\u202e"))[0] == "host⟦RLO⟧"
