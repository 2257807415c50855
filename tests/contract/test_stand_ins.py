"""What only Stream has: its own list, and semantic filters, which the models here stand in for."""

import pytest
from getstream.exceptions import StreamApiException
from getstream.models import (
    AutomodSemanticFiltersConfig,
    AutomodSemanticFiltersRule,
    BlockListConfig,
    BlockListRule,
    ModerationPayload,
)

OWN = "profanity_en_2020_v1"


async def _verdict(sandbox, text, key="custom:captions"):
    answer = await sandbox.server().moderation.check(
        entity_type="custom:captions",
        entity_id=text,
        entity_creator_id="bo",
        config_key=key,
        moderation_payload=ModerationPayload(texts=[text]),
    )
    return answer.data


async def _lists(sandbox, action):
    rules = [BlockListRule(name=OWN, action=action)]
    await sandbox.server().moderation.upsert_config(
        key="custom:captions", block_list_config=BlockListConfig(enabled=True, rules=rules)
    )


@pytest.mark.parametrize(("action", "severity"), [("flag", 25), ("remove", 75)])
async def test_a_config_may_name_streams_own_list(sandbox, action, severity):
    await _lists(sandbox, action)
    found = await _verdict(sandbox, "you are full of shit")
    assert (found.recommended_action, found.item.severity) == (action, severity)
    assert (await _verdict(sandbox, "good evening everybody")).recommended_action == "keep"


async def test_streams_own_list_is_read_and_never_changed(sandbox):
    server = sandbox.server()
    assert len((await server.get_block_list(name=OWN)).data.blocklist.words) > 100
    for refused in (
        server.create_block_list(name=OWN, words=["x"]),
        server.update_block_list(name=OWN, words=["x"]),
        server.delete_block_list(name=OWN),
        server.import_block_list(id=OWN, items=["x"]),
    ):
        with pytest.raises(StreamApiException) as error:
            await refused
        assert error.value.status_code == 400
    assert "x" not in sandbox.world.judging.blocklists[OWN]["words"]


async def _filters(sandbox, name):
    rules = [AutomodSemanticFiltersRule(name=name, action="flag", threshold=0.6)]
    await sandbox.server().moderation.upsert_config(
        key="custom:captions",
        automod_semantic_filters_config=AutomodSemanticFiltersConfig(enabled=True, rules=rules),
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("gambling", "place a bet on the match tonight"),
        ("meet_me_in_person", "let us meet me in person"),
    ],
)
async def test_a_semantic_filter_is_judged(sandbox, name, text):
    await _filters(sandbox, name)
    found = await _verdict(sandbox, text)
    assert found.recommended_action == "flag"
    assert found.item.flags[0].type == "semantic_filter"
    assert (await _verdict(sandbox, "the weather is fine")).recommended_action == "keep"


async def test_a_filter_has_the_phrases_it_is_given(sandbox):
    await _filters(sandbox, "ours")
    assert (await _verdict(sandbox, "sell me your account")).recommended_action == "keep"
    sandbox.world.judging.put_seeds("ours", ["sell me your account please"])
    assert (await _verdict(sandbox, "Sell me your account!")).recommended_action == "flag"
