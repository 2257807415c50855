"""Bans, policies, checks and the review queue through the SDK."""

import pytest
from getstream.exceptions import StreamApiException
from getstream.models import (
    AITextConfig,
    BanActionRequestPayload,
    BlockListConfig,
    BlockListRule,
    BodyguardRule,
    ModerationPayload,
    UnbanActionRequestPayload,
)

from console.base.paths import resources
from console.models.model_registry import ModelRegistry
from console.policy.coverage import when_wanted

KEY = "custom:captions"


@pytest.fixture
async def policed(sandbox):
    """A sandbox whose server holds a policy: insults are removed, links flagged."""
    server = sandbox.server()
    await server.create_block_list(name="insults", words=["nitwit", "clot"])
    await server.create_block_list(name="links", type="regex", words=[r"https?://\S+"])
    await server.moderation.upsert_config(
        key=KEY,
        block_list_config=BlockListConfig(
            enabled=True,
            rules=[
                BlockListRule(name="insults", action="remove"),
                BlockListRule(name="links", action="flag"),
            ],
        ),
    )
    return sandbox


async def _check(peer, text, entity="1", **more):
    answer = await peer.server().moderation.check(
        entity_type="stream:v1:utterance",
        entity_id=entity,
        entity_creator_id="bo",
        moderation_payload=ModerationPayload(texts=[text], custom={"cid": "default:talk"}),
        **{"config_key": KEY, **more},
    )
    return answer.data


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Good morning to all of you", "keep"),
        ("You utter nitwit", "remove"),
        ("See https://example.org/win now", "flag"),
        ("Nitwit, see http://example.org", "remove"),
    ],
)
async def test_the_stored_policy_decides(policed, text, action):
    answer = await _check(policed, text)
    assert (answer.recommended_action, answer.status) == (action, "complete")
    assert (answer.item is None) == (action == "keep")


async def test_the_item_says_why(policed):
    item = (await _check(policed, "You utter nitwit")).item
    assert (item.entity_id, item.entity_creator.id, item.config_key) == ("1", "bo", KEY)
    assert item.flags[0].labels == ["insults"]
    assert item.flags[0].result[0]["rule"] == "insults"
    assert item.moderation_payload.custom == {"cid": "default:talk"}


async def test_a_stand_in_judges_ai_text(sandbox, monkeypatch):
    shelf = ModelRegistry(None, resources() / "models")
    judging = sandbox.world.judging
    monkeypatch.setattr(judging, "_models_for", when_wanted(lambda: shelf.take().models))
    rules = [
        BodyguardRule(label="SCAM", action="remove"),
        BodyguardRule(label="THREAT", action="flag"),
    ]
    config = AITextConfig(enabled=True, rules=rules)
    await sandbox.server().moderation.upsert_config(key=KEY, ai_text_config=config)
    found = await _check(sandbox, "give me your card number and I double your money")
    assert (found.recommended_action, found.item.flags[0].type) == ("remove", "ai_text")
    assert found.item.flags[0].labels[0] == "SCAM"
    kept = await _check(sandbox, "thank you all for coming tonight", entity="2")
    assert (kept.recommended_action, kept.item) == ("keep", None)


async def test_checking_again_adds_to_the_same_item(policed):
    first = (await _check(policed, "nitwit")).item
    second = (await _check(policed, "clot")).item
    assert (second.id, second.flags_count) == (first.id, 2)
    assert len(policed.world.judging.items) == 1


async def test_the_most_specific_config_is_used(policed):
    assert (await _check(policed, "nitwit", config_key=f"{KEY}:vip")).recommended_action == "remove"
    assert (await _check(policed, "nitwit", config_key="feeds")).recommended_action == "keep"


async def test_an_inline_config_is_for_tests_only(policed):
    config = {
        "block_list_config": {"enabled": True, "rules": [{"name": "links", "action": "remove"}]}
    }
    answer = await _check(policed, "http://example.org", config=config, test_mode=True)
    assert answer.recommended_action == "remove"
    assert policed.world.judging.items == {}
    with pytest.raises(StreamApiException, match="test mode"):
        await _check(policed, "http://example.org", config=config)


async def test_a_changed_list_changes_the_verdict(policed):
    await policed.server().update_block_list(name="insults", words=["dunce"])
    assert (await _check(policed, "nitwit")).recommended_action == "keep"
    assert (await _check(policed, "dunce", entity="2")).recommended_action == "remove"


async def test_configs_are_given_back_whole(policed):
    moderation = policed.server().moderation
    config = (await moderation.get_config(key=KEY)).data.config
    assert [rule.name for rule in config.block_list_config.rules] == ["insults", "links"]
    found = (await moderation.query_moderation_configs(filter={"key": KEY})).data.configs
    assert [one.key for one in found] == [KEY]
    await moderation.delete_config(key=KEY)
    with pytest.raises(StreamApiException) as gone:
        await moderation.get_config(key=KEY)
    assert gone.value.code == 16


async def test_lists_and_configs_that_are_refused(policed):
    server = policed.server()
    with pytest.raises(StreamApiException, match="already exists"):
        await server.create_block_list(name="insults", words=["x"])
    with pytest.raises(StreamApiException) as refused:
        await server.create_block_list(name="broken", type="regex", words=["(unclosed"])
    assert refused.value.status_code == 400
    with pytest.raises(StreamApiException, match="Blocklist not found"):
        await server.moderation.upsert_config(
            key="x", block_list_config=BlockListConfig(rules=[BlockListRule("flag", "nope")])
        )


async def test_a_team_has_its_own_config_of_a_key(policed):
    server = policed.server()
    moderation = server.moderation
    rules = [BlockListRule(name="insults", action="shadow")]
    await moderation.upsert_config(
        key=KEY, team="red", block_list_config=BlockListConfig(enabled=True, rules=rules)
    )
    of_all = (await moderation.get_config(key=KEY)).data.config
    of_red = (await moderation.get_config(key=KEY, team="red")).data.config
    assert (of_all.team, of_red.team) == ("", "red")
    assert of_red.block_list_config.rules[0].action == "shadow"
    assert of_all.block_list_config.rules[0].action != "shadow"
    found = (await moderation.query_moderation_configs(filter={"key": KEY})).data.configs
    assert sorted(one.team for one in found) == ["", "red"]
    checked = {}
    for team in ("", "red", "blue"):
        answer = await moderation.check(
            entity_type="x",
            entity_id=team or "all",
            entity_creator_id="cy",
            moderation_payload=ModerationPayload(texts=["nitwit"]),
            config_key=KEY,
            config_team=team,
        )
        checked[team] = answer.data.recommended_action
    assert checked["red"] == "shadow"
    assert checked[""] == checked["blue"] != "shadow"
    await moderation.delete_config(key=KEY, team="red")
    assert (await moderation.get_config(key=KEY)).data.config.team == ""
    with pytest.raises(StreamApiException):
        await moderation.get_config(key=KEY, team="red")


async def test_a_list_keeps_its_name_and_type(policed):
    server = policed.server()
    path = "/api/v2/blocklists/insults"
    body = {"name": "other", "type": "regex", "words": ["oaf"]}
    await policed.ask("PUT", path, token=policed.keys.server_token(), body=body)
    kept = (await server.get_block_list(name="insults")).data.blocklist
    assert (kept.name, kept.type, kept.words) == ("insults", "word", ["oaf"])


async def test_lists_are_listed_and_removed(policed):
    server = policed.server()
    listed = (await server.list_block_lists()).data.blocklists
    assert [(one.name, one.type) for one in listed] == [
        ("insults", "word"),
        ("links", "regex"),
        ("profanity_en_2020_v1", "word"),
    ]
    assert (await server.get_block_list(name="insults")).data.blocklist.words == ["nitwit", "clot"]
    await server.delete_block_list(name="links")
    with pytest.raises(StreamApiException):
        await server.get_block_list(name="links")


async def test_ban_and_unban(sandbox):
    server = sandbox.server()
    await server.moderation.ban(
        target_user_id="cy", banned_by_id="moderator", timeout=5, reason="spam"
    )
    assert sandbox.world.attendance.join("default:talk", "cy").reason == "banned"
    bans = (
        await server.chat.query_banned_users({"filter_conditions": {"user_id": {"$in": ["cy"]}}})
    ).data.bans
    assert [(one.user.id, one.banned_by.id, one.reason) for one in bans] == [
        ("cy", "moderator", "spam")
    ]
    await server.moderation.unban(target_user_id="cy", unbanned_by_id="moderator")
    assert sandbox.world.attendance.join("default:talk", "cy").user_id == "cy"


async def test_a_user_token_bans_and_unbans(sandbox):
    moderation = sandbox.user().moderation
    await moderation.ban(target_user_id="cy")
    assert sandbox.world.state.users["cy"].banned
    assert sandbox.world.state.users["cy"].ban_expires is None
    await moderation.submit_action(
        action_type="unban", unban=UnbanActionRequestPayload(target_user_id="cy")
    )
    assert not sandbox.world.state.users["cy"].banned


async def test_an_item_is_reviewed(policed):
    item = (await _check(policed, "nitwit")).item
    moderation = policed.user().moderation
    answer = (await moderation.submit_action(action_type="mark_reviewed", item_id=item.id)).data
    assert (answer.item.reviewed_by, answer.item.latest_moderator_action) == (
        "moderator",
        "mark_reviewed",
    )
    banned = (
        await moderation.submit_action(
            action_type="ban", item_id=item.id, ban=BanActionRequestPayload(timeout=10)
        )
    ).data.item
    assert [one.type for one in banned.actions] == ["mark_reviewed", "ban"]
    assert banned.actions[1].target_user_id == "bo"
    assert policed.world.state.users["bo"].banned
