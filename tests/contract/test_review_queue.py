"""The review queue and what is done about its items, through the SDK."""

import pytest
from getstream.exceptions import StreamApiException
from getstream.models import (
    BlockListConfig,
    BlockListRule,
    DeleteUserRequestPayload,
    EscalatePayload,
    ModerationPayload,
    SortParamRequest,
)

CID = "default:talk"


@pytest.fixture
async def queued(sandbox):
    """Three items: bo's insult (remove), bo's link (flag), cy's link (flag)."""
    server = sandbox.server()
    sandbox.world.judging.put_blocklist(
        {"name": "insults", "words": ["nitwit"], "label": "INSULT", "severity": "high"}
    )
    sandbox.world.judging.put_blocklist(
        {"name": "links", "type": "regex", "words": ["https?://"], "severity": "low"}
    )
    await server.moderation.upsert_config(
        key="k",
        block_list_config=BlockListConfig(
            enabled=True,
            rules=[
                BlockListRule(name="insults", action="remove"),
                BlockListRule(name="links", action="flag"),
            ],
        ),
    )
    said = (("bo", "nitwit"), ("bo", "http://example.org"), ("cy", "http://example.org"))
    for number, (who, text) in enumerate(said):
        await server.moderation.check(
            entity_type="stream:v1:utterance",
            entity_id=str(number),
            entity_creator_id=who,
            config_key="k",
            moderation_payload=ModerationPayload(texts=[text], custom={"cid": CID, "seat": who}),
        )
    return sandbox


async def _found(peer, **filters):
    answer = await peer.user().moderation.query_review_queue(
        filter=filters, sort=[SortParamRequest(field="created_at", direction=1)]
    )
    return [item.entity_id for item in answer.data.items]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["0", "1", "2"]),
        ({"reviewed": False}, ["0", "1", "2"]),
        ({"reviewed": True}, []),
        ({"recommended_action": "remove"}, ["0"]),
        ({"label": {"$in": ["INSULT"]}}, ["0"]),
        ({"severity": {"$gte": 50}}, ["0"]),
        ({"ai_text_severity": "low"}, ["1", "2"]),
        ({"entity_creator_id": "cy"}, ["2"]),
        ({"seat": "bo"}, ["0", "1"]),
        ({"has_image": True}, []),
        ({"date_range": "2020-01-01T00:00:00Z_2020-02-01T00:00:00Z"}, []),
    ],
)
async def test_filters(queued, filters, expected):
    assert await _found(queued, **filters) == expected


async def test_pages_and_what_drives_the_filters(queued):
    moderation = queued.user().moderation
    first = (await moderation.query_review_queue(limit=2)).data
    rest = (await moderation.query_review_queue(limit=2, next=first.next)).data
    assert [item.entity_id for item in (*first.items, *rest.items)] == ["2", "1", "0"]
    assert rest.next is None
    assert first.filter_config.config_keys == ["k"]
    assert first.filter_config.ai_text_labels == ["INSULT", "links"]
    assert first.filter_config.filterable_custom_keys == ["cid", "seat"]
    assert "kick_user" in [one.action for one in first.action_config["stream:v1:utterance"]]


async def test_only_staff_see_it(queued):
    with pytest.raises(StreamApiException) as refused:
        await queued.user("cy").moderation.query_review_queue()
    assert (refused.value.status_code, refused.value.code) == (403, 17)


async def test_one_item_for_servers(queued):
    item_id = next(iter(queued.world.judging.items))
    item = (await queued.server().moderation.get_review_queue_item(id=item_id)).data.item
    assert item.entity_id == "0"
    with pytest.raises(StreamApiException) as refused:
        await queued.user().moderation.get_review_queue_item(id=item_id)
    assert refused.value.code == 17


async def test_locks_are_for_their_time(queued):
    moderation = queued.user().moderation
    await moderation.query_review_queue(limit=3, lock_items=True, lock_count=1)
    items = queued.world.judging.items.values()
    assert [item.locked_by.id if item.locked_by else "" for item in items] == [
        "",
        "",
        "moderator",
    ]
    await moderation.query_review_queue(limit=3, lock_items=False)
    assert [item.locked_by for item in items] == [None, None, None]


async def test_kick_and_end_through_an_item(queued):
    world, moderation = queued.world, queued.user().moderation
    first = next(iter(world.judging.items))
    await moderation.submit_action(action_type="kick_user", item_id=first)
    assert world.state.calls[CID].running.of_user("bo") == []
    await moderation.submit_action(action_type="end_call", item_id=first)
    assert world.state.calls[CID].ended_at is not None
    logs = (await queued.server().moderation.query_moderation_logs()).data.logs
    assert [(line.type, line.target_user_id) for line in logs] == [
        ("end_call", "bo"),
        ("kick_user", "bo"),
    ]


async def test_escalating_keeps_it_in_the_inbox(queued):
    moderation = queued.user().moderation
    first = next(iter(queued.world.judging.items))
    item = (
        await moderation.submit_action(
            action_type="escalate",
            item_id=first,
            escalate=EscalatePayload(reason="threat", priority="high"),
        )
    ).data.item
    assert (item.escalated, item.reviewed_by, item.escalation_metadata.priority) == (
        True,
        "",
        "high",
    )
    assert await _found(queued, escalated=True, reviewed=False) == ["0"]
    await moderation.submit_action(action_type="de_escalate", item_id=first)
    assert await _found(queued, escalated=True) == []


async def test_deleting_a_user(queued):
    first = next(iter(queued.world.judging.items))
    await queued.server().moderation.submit_action(
        action_type="delete_user",
        item_id=first,
        user_id="moderator",
        delete_user=DeleteUserRequestPayload(hard_delete=False),
    )
    assert queued.world.attendance.join(CID, "bo").reason == "deactivated"


async def test_actions_that_are_refused(queued):
    moderation = queued.user().moderation
    for wanted, status in (
        ({"action_type": "explode"}, 400),
        ({"action_type": "mark_reviewed"}, 400),
        ({"action_type": "ban"}, 400),
        ({"action_type": "mark_reviewed", "item_id": "nope"}, 404),
        ({"action_type": "ban", "escalate": EscalatePayload()}, 400),
    ):
        with pytest.raises(StreamApiException) as refused:
            await moderation.submit_action(**wanted)
        assert refused.value.status_code == status


async def test_a_report_of_a_person_joins_the_item(queued):
    told = []
    queued.world.state.events.listen(lambda event: told.append(event.type))
    await queued.user("cy").moderation.flag(
        entity_type="stream:v1:utterance", entity_id="0", reason="rude"
    )
    await queued.user("cy").moderation.flag(
        entity_type="stream:user", entity_id="bo", entity_creator_id="bo", reason="rude"
    )
    assert told == [
        "review_queue_item.updated",
        "moderation.flagged",
        "review_queue_item.new",
        "moderation.flagged",
    ]
    moderation = queued.server().moderation
    assert (await moderation.get_flag_count(entity_creator_id="bo")).data.count == 4
    flags = (await moderation.query_moderation_flags(filter={"entity_id": "0"})).data.flags
    assert sorted(one.type for one in flags) == ["block_list", "user_report"]


async def test_who_is_bypassed_is_not_judged(queued):
    moderation = queued.server().moderation
    first = next(iter(queued.world.judging.items))
    answer = await queued.ask(
        "POST",
        "/api/v2/moderation/submit_action",
        token=queued.keys.user_token("moderator"),
        body={"action_type": "bypass", "item_id": first, "bypass": {"enabled": True}},
    )
    assert answer.status_code == 201
    checked = await moderation.check(
        entity_type="x",
        entity_id="9",
        entity_creator_id="bo",
        config_key="k",
        moderation_payload=ModerationPayload(texts=["nitwit"]),
    )
    assert checked.data.recommended_action == "keep"


async def test_content_that_is_deleted_and_restored_is_counted(queued):
    staff = queued.user().moderation

    async def act(action, entity_id):
        (item,) = (await staff.query_review_queue(filter={"entity_id": entity_id})).data.items
        answer = await staff.submit_action(action_type=action, item_id=item.id)
        return answer.data.item.entity_creator.deleted_content_count

    assert await act("delete_message", "0") == 1
    assert await act("block", "0") == 1
    assert await act("delete_user_messages", "1") == 2
    assert await act("restore", "0") == 1
    assert await act("mark_reviewed", "2") == 0


async def test_deeds_of_others_are_logged_and_a_person_is_let_through(queued):
    moderation = queued.server().moderation
    await moderation.insert_action_log(
        action_type="shadow_ban",
        entity_creator_id="bo",
        entity_id="0",
        entity_type="stream:v1:utterance",
        reason="elsewhere",
    )
    (line,) = (await moderation.query_moderation_logs(filter={"type": "shadow_ban"})).data.logs
    assert (line.target_user_id, line.reporter_type) == ("bo", "api_integration")
    await moderation.bypass(enabled=True, target_user_id="bo")
    payload = ModerationPayload(texts=["nitwit"])
    answer = await moderation.check(
        entity_type="e",
        entity_id="9",
        entity_creator_id="bo",
        config_key="k",
        moderation_payload=payload,
    )
    assert answer.data.recommended_action == "keep"


async def test_entries_are_imported_into_a_block_list(queued):
    task_id = (
        await queued.server().import_block_list("insults", ["numpty", "nitwit"])
    ).data.task_id
    assert queued.world.judging.blocklists["insults"]["words"] == ["nitwit", "numpty"]
    assert queued.world.judging.blocklists["insults"]["label"] == "INSULT"
    assert queued.world.accounts.tasks[task_id].result == {"imported": 1}
