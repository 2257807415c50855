"""Whatever an answer of the review queue holds, it is read or left out, and has an end."""

from hypothesis import given

from console.engine.services.review.counts import due_count
from console.engine.services.review.offered import offered_actions
from console.engine.services.review.policy_lines import policy_lines, relevant
from console.engine.services.review.views import saved_views
from console.engine.wire.answer import Answer, read_object
from console.engine.wire.decode import MalformedAnswerError
from console.engine.wire.limits import MAX_NAME, MAX_TEXT
from console.engine.wire.refusals import StreamRefusedError
from console.engine.wire.review_queue import MAX_DONE, MAX_FLAGS, MAX_TEXTS, read_page
from console.protocol import codec
from console.protocol.review import QueueItems
from tests.engine.hostile import spoiled

USER = {"id": "mia", "name": "Mia", "banned": False}
FLAG = {
    "type": "user_report",
    "created_at": 1_800_000_000_000_000_000,
    "user_id": "mia",
    "user": USER,
    "labels": ["SCAM"],
    "reason": "scam",
    "result": [{"rule": "scams"}],
}
APPEAL = {
    "id": "p",
    "status": "submitted",
    "appeal_reason": "no",
    "created_at": "2026-01-01T00:00:00Z",
    "user": USER,
    "entity_type": "stream:user",
    "entity_id": "bo",
}
ITEM = {
    "id": "i",
    "entity_type": "stream:v1:utterance",
    "entity_id": "u1",
    "entity_creator": USER,
    "recommended_action": "remove",
    "severity": 70,
    "ai_text_severity": "high",
    "created_at": 1_800_000_000_000_000_000,
    "flags": [FLAG],
    "flags_count": 1,
    "actions": [{"id": "a", "type": "ban", "created_at": 1, "user_id": "mia", "user": USER}],
    "bans": [{}],
    "moderation_payload": {"texts": ["x"], "images": ["https://e"], "custom": {"cid": "a:b"}},
    "assigned_to": USER,
    "escalation_metadata": {"reason": "r", "notes": "n", "priority": "high"},
    "appeal": APPEAL,
}
CONFIG = {
    "block_list_config": {"rules": [{"name": "scams", "action": "remove"}]},
    "ai_text_config": {"rules": [{"label": "SCAM", "severity_rules": [{"severity": "low"}]}]},
}
PAGE = {
    "items": [ITEM],
    "next": "more",
    "stats": {"unreviewed": 1},
    "action_config": {"t": [{"action": "ban", "order": 1, "custom": {"reasons": ["spam"]}}]},
    "default_action_config": {},
    "filter_config": {"ai_text_labels": ["SCAM"]},
    "queues": [{"id": "q", "name": "Mine", "filters": {}}],
    "config": CONFIG,
}


@given(spoiled(PAGE))
def test_any_answer_is_read_or_refused(body):
    try:
        answer = read_object(Answer(status=200, body=body, whole=True))
        page = read_page(answer)
    except (StreamRefusedError, MalformedAnswerError):
        return
    for item in page.items:
        assert len(item.author_name) < MAX_NAME + 20
        assert all(len(text) < MAX_TEXT + 20 for text in item.texts)
        assert len(item.texts) <= MAX_TEXTS
        assert len(item.flags) <= MAX_FLAGS
        assert len(item.done) <= MAX_DONE
        assert 0 <= item.level <= 100
    line = codec.encode(QueueItems(changed=page.items))
    (told,) = codec.window_reader().feed(line)
    assert isinstance(told, QueueItems)
    assert len(offered_actions(page.offered)) < 2_000
    assert len(saved_views(answer)) <= 100
    assert due_count(page.stats, len(page.items), more=bool(page.next))[0] >= len(page.items)
    config = answer.get("config")
    lines = policy_lines(config if isinstance(config, dict) else {})
    for item in page.items:
        assert set(relevant(lines, item)) <= {line for line, _ in lines}
