"""Call rules stored through the SDK act on what is said."""

import pytest
from getstream.exceptions import StreamApiException

from console.sandbox.events import WorldEvent

CID = "default:talk"


def _rule(**changes):
    return {
        "name": "captions",
        "rule_type": "call",
        "config_keys": ["k"],
        "conditions": [
            {
                "type": "closed_caption_rule",
                "closed_caption_rule_params": {"harm_labels": ["INSULT"], "threshold": 2},
            }
        ],
        "action_sequences": [
            {
                "violation_number": 1,
                "actions": ["call_warning", "mute_audio"],
                "call_options": {"warning_text": "Please be kind"},
            },
            {"violation_number": 2, "actions": ["kick_user"]},
        ],
        **changes,
    }


@pytest.fixture
def say(sandbox, presence_of):
    """Bo says something in default:talk; returns the types of Stream's events it caused."""
    world = sandbox.world
    world.judging.put_blocklist({"name": "insults", "words": ["nitwit"], "label": "INSULT"})
    rules = [{"name": "insults", "action": "flag"}]
    world.judging.put_config("k", {"block_list_config": {"enabled": True, "rules": rules}})
    world.control.captions(CID, True)
    bo = presence_of(world, "bo")
    told: list[WorldEvent] = []
    world.state.events.listen(told.append)

    def speak(text):
        told.clear()
        world.attendance.publish(CID, bo.user_session_id, "audio")
        world.speech.speak(
            CID, bo.user_session_id, text, start=world.state.now(), end=world.state.now()
        )
        return [event.type for event in told if "moderation" in event.type or "user" in event.type]

    return speak


async def _put(sandbox, rule):
    path = "/api/v2/moderation/moderation_rule"
    return await sandbox.ask("POST", path, token=sandbox.keys.server_token(), body=rule)


async def test_consecutive_hits_then_the_next_sequence(sandbox, say):
    assert (await _put(sandbox, _rule())).status_code == 201
    assert say("nitwit") == []
    assert say("good morning") == []
    assert say("nitwit") == []
    assert say("nitwit again") == [
        "moderation_rule.triggered",
        "call.moderation_warning",
        "call.user_muted",
    ]
    assert say("nitwit") == []
    assert say("nitwit")[:2] == ["moderation_rule.triggered", "call.kicked_user"]
    assert sandbox.world.state.calls[CID].running.of_user("bo") == []


async def test_within_a_window_kind_words_do_not_count_back(sandbox, say):
    rule = _rule()
    rule["conditions"][0]["closed_caption_rule_params"]["time_window"] = "1m"
    await _put(sandbox, rule)
    assert say("nitwit") == []
    assert say("good morning") == []
    assert "call.user_muted" in say("nitwit")


async def test_a_cooldown_holds_the_next_violation_back(sandbox, say):
    rule = _rule(cooldown_period="5m")
    rule["conditions"][0]["closed_caption_rule_params"]["threshold"] = 1
    await _put(sandbox, rule)
    assert "call.user_muted" in say("nitwit")
    assert say("nitwit") == []


async def test_ending_a_call_says_why(sandbox, say):
    rule = _rule(action_sequences=[{"violation_number": 1, "actions": ["end_call"]}])
    rule["conditions"][0]["closed_caption_rule_params"]["threshold"] = 1
    ended = []
    sandbox.world.state.events.listen(
        lambda event: ended.append(event) if event.type == "call.ended" else None
    )
    await _put(sandbox, rule)
    say("nitwit")
    assert [event.payload["reason"] for event in ended] == ["PolicyViolationModeration"]


@pytest.mark.parametrize(
    ("conditions", "acts"),
    [
        ([{"type": "call_type", "call_type_rule_params": {"call_type": "default"}}], True),
        ([{"type": "call_type", "call_type_rule_params": {"call_type": "livestream"}}], False),
        (
            [
                {
                    "type": "call_custom_property",
                    "call_custom_property_params": {"property_key": "name"},
                }
            ],
            True,
        ),
        ([{"type": "keyframe_rule", "keyframe_rule_params": {}}], False),
    ],
)
async def test_conditions_about_the_call(sandbox, say, conditions, acts):
    rule = _rule(conditions=[*_rule()["conditions"], *conditions])
    rule["conditions"][0]["closed_caption_rule_params"]["threshold"] = 1
    await _put(sandbox, rule)
    assert ("call.user_muted" in say("nitwit")) is acts


async def test_rules_are_kept_changed_and_removed(sandbox, say):
    first = (await _put(sandbox, _rule())).json()["rule"]
    again = (await _put(sandbox, _rule(enabled=False))).json()["rule"]
    assert (again["id"], again["enabled"]) == (first["id"], False)
    moderation = sandbox.server().moderation
    found = (await moderation.query_moderation_rules(filter={"rule_type": "call"})).data
    assert [one.name for one in found.rules] == ["captions"]
    assert found.closed_caption_labels == ["INSULT"]
    assert say("nitwit") + say("nitwit") == []
    await moderation.delete_moderation_rule(id=first["id"])
    with pytest.raises(StreamApiException) as gone:
        await moderation.get_moderation_rule(id=first["id"])
    assert gone.value.status_code == 404


async def test_rules_that_are_refused(sandbox):
    for rule in (
        _rule(name=""),
        _rule(rule_type="weather"),
        _rule(cooldown_period="soon"),
        _rule(conditions="many"),
        _rule(conditions=[{"type": "closed_caption_rule", "x_params": {"severity": "dire"}}]),
        _rule(conditions=[{"type": "closed_caption_rule", "x_params": {"threshold": "two"}}]),
        _rule(action_sequences=[{"actions": "kick_user"}]),
    ):
        assert (await _put(sandbox, rule)).status_code == 400
