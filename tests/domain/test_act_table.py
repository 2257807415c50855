"""What holds for every act of the table, whoever added it."""

from collections import Counter

import pytest
from msgspec.structs import replace

from console.domain.act import Act
from console.domain.acts.refusal import refusal
from console.domain.acts.spec import Scope
from console.domain.acts.table import ACTS, is_known, spec_of
from console.domain.call import BANNED_IN_CHAT, Call, Participant
from console.domain.sign_in import Method

every_act = pytest.mark.parametrize("spec", ACTS, ids=lambda spec: spec.kind)

CALL = Call(cid="default:a", type="default", id="a", name="A", people=3)
ALL_ON = frozenset({"send-audio", "send-video", "screenshare"})
CALLS = [
    CALL,
    replace(CALL, suspended=frozenset({"send-audio"}), to_give_back=2, may_be_asked=ALL_ON),
    replace(CALL, allowed=frozenset(), backstage=True),
    replace(CALL, chat_cid="videocall:a"),
    replace(CALL, chat_cid="videocall:a", chat_cooldown=30),
    replace(CALL, session_id="s", captioning=True, recording=True, transcribing=True),
    replace(
        CALL,
        session_id="s",
        captions_mode="available",
        recording_mode="available",
        transcription_mode="auto-on",
    ),
]
EVERYTHING = frozenset({"send-audio", "send-video", "screenshare", "audio", "video"})
PEOPLE = [
    Participant(cid="default:a", user_id="u", user_session_id=session, name="U", **more)
    for session in ("", "s")
    for more in (
        {},
        {"live_known": True},
        {"live": EVERYTHING, "muted": EVERYTHING},
        {"capabilities": EVERYTHING, "asked": EVERYTHING},
        {"capabilities": frozenset(), "revoked": EVERYTHING},
        {"banned": True, "blocked": True, "in_chat": BANNED_IN_CHAT},
    )
]


def test_no_kind_and_no_key_is_given_twice():
    for field in ("kind", "key"):
        given = Counter(getattr(spec, field) for spec in ACTS if getattr(spec, field))
        assert [value for value, times in given.items() if times > 1] == []


@every_act
def test_an_act_says_what_it_does_and_to_whom(spec):
    assert spec_of(spec.kind) is spec
    assert spec.label
    assert not spec.row or spec.scope is Scope.PERSON
    assert spec.icon or not spec.quick
    assert ("{who}" in spec.done) == (spec.scope is not Scope.CALL)
    assert spec.consequence.endswith(".")
    asked = spec.question.format(people="3 people", consequence=spec.consequence)
    assert "3 people" in asked
    assert asked.endswith(".")


@every_act
def test_an_undo_fits_and_is_taken_back_by_the_act_or_by_nothing(spec):
    if spec.undo is None:
        return
    back = spec_of(spec.undo)
    assert is_known(spec.undo)
    assert (back.scope, back.app_wide, back.needs_secret) == (
        spec.scope,
        spec.app_wide,
        spec.needs_secret,
    )
    assert back.undo in (spec.kind, None) or spec_of(back.undo).undo == spec.undo
    assert (back.grants, back.revokes) == (spec.revokes, spec.grants)


@every_act
def test_a_refusal_is_a_sentence_or_nothing_whatever_is_known(spec):
    answers = {
        refusal(spec.kind, method=method, call=call, person=person)
        for method in (None, *Method)
        for call in (None, *CALLS)
        for person in (None, *PEOPLE)
    }
    assert "" in answers
    assert all(answer.endswith(".") for answer in answers if answer)


@every_act
def test_changes_are_permissions_or_a_state(spec):
    act = Act(
        act_id="1",
        kind=spec.kind,
        cid="default:a",
        requested_at=0.0,
        user_ids=("u",),
        permissions=("send-audio", "send-video"),
    )
    allowed = set(spec.permissions_of(act)) or {"changed"}
    if spec.for_each:
        assert spec.changes(spec, replace(act, each=(("send-audio",),)), PEOPLE[0]) == (
            "send-audio",
        )
    assert all(set(spec.changes(spec, act, person)) <= allowed for person in PEOPLE)


@every_act
def test_only_acts_on_permissions_grant_or_revoke(spec):
    assert not (spec.grants and spec.revokes)
    assert bool(spec.permission) == bool(
        (spec.grants or spec.revokes) and spec.scope is Scope.PERSON
    )


@pytest.mark.parametrize("kind", ["praise_user", "", "{who}"])
def test_a_kind_of_a_newer_version_is_described_and_cannot_be_done(kind):
    spec = spec_of(kind)

    assert not is_known(kind)
    assert spec.done.format(who="Ann") == "did something to Ann that this version does not know"
    assert spec.label
    assert spec.undo is None
    assert refusal(kind, method=Method.SECRET, call=CALL, person=PEOPLE[0]) == spec.consequence
