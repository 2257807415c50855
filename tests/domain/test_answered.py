"""Which content an act on a person answers, by what the act takes from them."""

import pytest
from msgspec.structs import replace

from console.domain.act import Act
from console.domain.acts.table import ACTS
from console.domain.answered import is_answered
from console.domain.item import Body, Item, Name, Picture, Text
from console.domain.review import ReviewDecision

BODIES: dict[str, tuple[str, Body]] = {
    "spoken": ("caption", Text("fool")),
    "heard": ("caption", Text("fool", heard_by="whisper")),
    "written": ("message", Text("fool", channel="videocall:one")),
    "attached": ("attachment", Picture(url="https://x/y", channel="videocall:one")),
    "camera": ("frame", Picture(track="video")),
    "screen": ("frame", Picture(track="screenshare")),
    "untold": ("frame", Picture()),
    "name": ("name", Name("Admin")),
    "avatar": ("avatar", Picture(url="https://x/z")),
}
SPOKEN, WRITTEN = {"spoken", "heard"}, {"written", "attached"}
CAMERA, SCREEN = {"camera"}, {"screen"}
LOOKS = {"name", "avatar"}
DONE = set(BODIES) - LOOKS
ANSWERED = {
    "mute_audio": SPOKEN,
    "revoke_audio": SPOKEN,
    "keep_muted": SPOKEN,
    "mute_video": CAMERA,
    "revoke_video": CAMERA,
    "blur_video": CAMERA,
    "mute_screenshare": SCREEN,
    "revoke_screenshare": SCREEN,
    "mute_screenshare_audio": set(),
    "mute_all_tracks": SPOKEN | CAMERA | SCREEN,
    "chat_ban": WRITTEN,
    "chat_shadow_ban": WRITTEN,
    "warn": set(),
    "delete_message": set(),
    "delete_message_for_good": set(),
    "kick": DONE | LOOKS,
    "block": DONE | LOOKS,
    "block_for": DONE | LOOKS,
    "ban": DONE | LOOKS,
    "deactivate_user": DONE | LOOKS,
    "queue_ban": DONE | LOOKS,
    "queue_kick_user": DONE | LOOKS,
    "queue_delete_user": DONE | LOOKS,
}


def item(what):
    kind, body = BODIES[what]
    return Item(
        item_id=what,
        kind=kind,
        cid="default:one",
        session_id="s",
        author_id="ben",
        author_name="Ben",
        body=body,
        start_time=1.0,
        end_time=2.0,
        received_at=3.0,
        source_id=f"m-{kind}",
    )


def act(kind, names="", review=None):
    return Act(
        act_id="a1",
        kind=kind,
        cid="default:one",
        requested_at=5.0,
        user_ids=("ben",),
        item=item(names) if names else None,
        review=review,
    )


def test_the_table_here_is_about_every_sanction():
    assert {spec.kind for spec in ACTS if spec.sanction} == set(ANSWERED)


@pytest.mark.parametrize("kind", ANSWERED)
def test_an_act_answers_what_it_ends_and_nothing_else(kind):
    assert {what for what in BODIES if is_answered(item(what), act(kind))} == ANSWERED[kind]


@pytest.mark.parametrize("kind", ["warn", "flag"])
@pytest.mark.parametrize("named", BODIES)
def test_a_warning_and_a_flag_answer_the_one_item_that_they_name(kind, named):
    assert [what for what in BODIES if is_answered(item(what), act(kind, named))] == [named]


def test_of_a_colleagues_act_only_the_id_of_the_item_is_known():
    theirs = act("warn", review=ReviewDecision(item_id="", entity_id="screen"))
    assert [what for what in BODIES if is_answered(item(what), theirs)] == ["screen"]


def test_what_is_done_to_a_message_answers_it_and_the_pictures_on_it():
    deleted = act("delete_message", "written")
    hanging = replace(item("attached"), source_id="m-message")
    assert is_answered(item("written"), deleted)
    assert is_answered(hanging, deleted)
    assert not is_answered(item("attached"), deleted)
    assert not is_answered(replace(item("written"), item_id="another"), deleted)
    assert not is_answered(hanging, act("delete_message"))


def test_a_name_is_answered_by_what_changes_it():
    assert is_answered(item("name"), act("reset_name"))
    assert not is_answered(item("avatar"), act("reset_name"))
    assert is_answered(item("avatar"), act("remove_picture"))
    assert not is_answered(item("spoken"), act("reset_name"))
