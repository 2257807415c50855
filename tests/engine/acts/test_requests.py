"""Every kind of act becomes the right request."""

import pytest

from console.domain.act import WHOLE_CALL, Act, Receipt, ReceiptState
from console.domain.acts.spec import Scope
from console.domain.acts.table import ACTS, spec_of
from console.domain.item import MESSAGE, Item, Text
from console.domain.review import ReviewDecision
from console.engine.acts.families.registry import FAMILIES, PROOFS, family_of, requests_of
from console.engine.acts.pending_acts import Entry
from console.engine.acts.validation import validate

CID = "default:a"
CALL = "/api/v2/video/call/default/a/"
PERMISSIONS = CALL + "user_permissions"
MODERATION = "/api/v2/moderation/"


MESSAGE_OF_A = Item(
    item_id="m1",
    kind=MESSAGE,
    cid=CID,
    session_id="",
    author_id="a",
    author_name="A",
    body=Text("Hello.", channel="messaging:one"),
    start_time=1.0,
    end_time=1.0,
    received_at=1.0,
    source_id="m1",
)


def act(kind: str, *user_ids: str, **fields) -> Act:
    return Act(
        **{
            "act_id": "1",
            "kind": kind,
            "cid": CID,
            "requested_at": 1.0,
            "user_ids": user_ids,
            **fields,
        }
    )


def entry(act: Act, **fields) -> Entry:
    receipt = Receipt(act_id="1", state=ReceiptState.QUEUED)
    wanted = dict.fromkeys(act.user_ids, spec_of(act.kind).permissions_of(act))
    return Entry(act=act, receipt=receipt, **{"permissions": wanted, **fields})


def sent(act: Act, actor: str = "", done=(), **fields):
    requests = requests_of(entry(act, **fields), done, actor)
    return [(request.path, request.body) for request in requests]


SCREEN = {"screenshare": True, "screenshare_audio": True}
EVERYTHING = {"audio": True, "video": True, **SCREEN}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (
            act("mute_audio", "a", "b"),
            [(CALL + "mute_users", {"audio": True, "user_ids": ["a", "b"]})],
        ),
        (act("mute_video", "a"), [(CALL + "mute_users", {"video": True, "user_ids": ["a"]})]),
        (
            act("mute_screenshare", "a"),
            [(CALL + "mute_users", {**SCREEN, "user_ids": ["a"]})],
        ),
        (
            act("mute_screenshare_audio", "a"),
            [(CALL + "mute_users", {"screenshare_audio": True, "user_ids": ["a"]})],
        ),
        (
            act("mute_all_tracks", "a", "b"),
            [(CALL + "mute_users", {**EVERYTHING, "user_ids": ["a", "b"]})],
        ),
        (
            act("mute_everyone_all_tracks"),
            [(CALL + "mute_users", {**EVERYTHING, "mute_all_users": True})],
        ),
        (
            act("mute_everyone_audio"),
            [(CALL + "mute_users", {"audio": True, "mute_all_users": True})],
        ),
        (
            act("mute_everyone_video"),
            [(CALL + "mute_users", {"video": True, "mute_all_users": True})],
        ),
        (
            act("mute_everyone_screenshare"),
            [(CALL + "mute_users", {**SCREEN, "mute_all_users": True})],
        ),
        (
            act("revoke_audio", "a", "b"),
            [
                (PERMISSIONS, {"user_id": "a", "revoke_permissions": ["send-audio"]}),
                (PERMISSIONS, {"user_id": "b", "revoke_permissions": ["send-audio"]}),
            ],
        ),
        (
            act("revoke_video", "a"),
            [(PERMISSIONS, {"user_id": "a", "revoke_permissions": ["send-video"]})],
        ),
        (
            act("revoke_screenshare", "a"),
            [(PERMISSIONS, {"user_id": "a", "revoke_permissions": ["screenshare"]})],
        ),
        (
            act("grant_audio", "a"),
            [(PERMISSIONS, {"user_id": "a", "grant_permissions": ["send-audio"]})],
        ),
        (
            act("grant_video", "a"),
            [(PERMISSIONS, {"user_id": "a", "grant_permissions": ["send-video"]})],
        ),
        (
            act("grant_screenshare", "a"),
            [(PERMISSIONS, {"user_id": "a", "grant_permissions": ["screenshare"]})],
        ),
        (
            act("accept_request", "a", permissions=("send-audio", "screenshare")),
            [(PERMISSIONS, {"user_id": "a", "grant_permissions": ["send-audio", "screenshare"]})],
        ),
        (
            act("refuse_request", "a", permissions=("send-video",)),
            [(PERMISSIONS, {"user_id": "a", "revoke_permissions": ["send-video"]})],
        ),
        (
            act("kick", "a", "b"),
            [(CALL + "kick", {"user_id": "a"}), (CALL + "kick", {"user_id": "b"})],
        ),
        (act("block", "a"), [(CALL + "block", {"user_id": "a"})]),
        (act("unblock", "a"), [(CALL + "unblock", {"user_id": "a"})]),
        (
            act("ban", "a", minutes=5, reason="spam", ip_ban=True),
            [
                (
                    MODERATION + "ban",
                    {"target_user_id": "a", "timeout": 5, "reason": "spam", "ip_ban": True},
                )
            ],
        ),
        (act("ban", "a"), [(MODERATION + "ban", {"target_user_id": "a"})]),
        (
            act("unban", "a", reason="ignored"),
            [
                (
                    MODERATION + "submit_action",
                    {"action_type": "unban", "unban": {"target_user_id": "a"}},
                )
            ],
        ),
        (act("deactivate_user", "a/b"), [("/api/v2/users/a%2Fb/deactivate", {})]),
        (act("reactivate_user", "a"), [("/api/v2/users/a/reactivate", {})]),
        (act("end_call"), [(CALL + "mark_ended", None)]),
    ],
    ids=lambda value: value.kind if isinstance(value, Act) else "",
)
def test_each_kind_is_its_request(wanted, expected):
    assert sent(wanted) == expected


@pytest.mark.parametrize("spec", ACTS, ids=lambda spec: spec.kind)
@pytest.mark.parametrize("actor", ["", "mod"])
def test_every_act_of_the_table_can_be_sent_and_proven(spec, actor):
    people: tuple[str, ...] = ("a", "b")
    if spec.scope is Scope.CALL and not spec.for_each:
        people = ()
    each = (("send-audio",), ("send-video",)) if spec.for_each else ()
    item = ReviewDecision(item_id="i", custom_id="c") if spec.scope is Scope.ITEM else None
    if item is not None or spec.of_message:
        people = ("a",)  # whose item it is
    wanted = act(
        spec.kind,
        *people,
        permissions=("send-audio",),
        each=each,
        review=item,
        reason="why",
        channel="messaging:one" if spec.of_chat else "",
        item=MESSAGE_OF_A if spec.of_message else None,
    )

    requests = requests_of(entry(wanted), (), actor)

    assert validate(wanted) == ""
    assert [target for request in requests for target in request.targets] == list(wanted.targets)
    assert len(requests) == 1 or not spec.many or spec.for_each
    assert all(request.path.startswith("/api/v2/") for request in requests)
    family = family_of(spec.kind)
    assert family.proofs[spec.kind] or family.looked_at_once
    assert set(family.proofs[spec.kind]) <= set(PROOFS)


def test_every_act_of_the_table_has_one_family():
    kinds = [spec.kind for family in FAMILIES for spec in family.acts]
    assert sorted(kinds) == sorted(spec.kind for spec in ACTS)


def test_whoever_acts_is_named_where_the_api_has_a_field_for_it():
    (mute,) = sent(act("mute_audio", "a"), "mod")
    (kick,) = sent(act("kick", "a"), "mod")
    (ban,) = sent(act("ban", "a"), "mod")

    assert mute[1]["muted_by_id"] == kick[1]["kicked_by_id"] == ban[1]["banned_by_id"] == "mod"


def test_a_server_token_unbans_with_a_query():
    (request,) = requests_of(entry(act("unban", "a")), (), "mod")

    assert request.path == MODERATION + "unban"
    assert (request.query, request.body) == ({"target_user_id": "a"}, {"unbanned_by_id": "mod"})


def test_ids_cannot_leave_their_place_in_the_path():
    ((path, _),) = sent(act("kick", "a", cid="default:one/../../users?x=#y"))

    assert path == "/api/v2/video/call/default/one%2F..%2F..%2Fusers%3Fx%3D%23y/kick"


def test_people_who_are_done_are_left_alone_and_named_once():
    assert sent(act("kick", "a", "b", "a"), done={"b"}) == [(CALL + "kick", {"user_id": "a"})]
    assert sent(act("mute_audio", "a", "b"), done={"a"}) == [
        (CALL + "mute_users", {"audio": True, "user_ids": ["b"]})
    ]
    assert sent(act("end_call"), done={WHOLE_CALL}) == []


def test_an_undo_touches_only_what_was_changed():
    wanted = act("refuse_request", "a", "b", permissions=("send-audio", "send-video"))

    assert sent(wanted, permissions={"a": ("send-audio",), "b": ()}) == [
        (PERMISSIONS, {"user_id": "a", "revoke_permissions": ["send-audio"]})
    ]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (act("kick"), "The act names no person."),
        (act("kick", ""), "The act names no person."),
        (act("end_call", "a"), "The act is on a whole call, but names people."),
        (act("accept_request", "a"), "It is not known what was asked for."),
        (act("ban", "a", minutes=0), "A time is at least one minute."),
        (act("kick", "a", cid=""), "The act names no call."),
        (act("ban", "a", cid=""), ""),
        (act("praise_user", "a"), "This version does not know this act."),
    ],
)
def test_what_cannot_be_a_request_says_why(wanted, sentence):
    assert validate(wanted) == sentence
