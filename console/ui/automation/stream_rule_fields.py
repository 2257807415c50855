"""One of Stream's call rules (STREAM.md 7) as fields, and back into its document. Pure."""

from typing import Any

import msgspec
from msgspec import Struct

KINDS = {
    "closed_caption_rule": "what is said",
    "keyframe_rule": "what is shown",
    "keyframe_ocr_rule": "text that is shown",
}
ACTIONS = {
    "call_warning": "warn",
    "call_blur": "blur the picture",
    "mute_audio": "mute",
    "mute_video": "turn the camera off",
    "kick_user": "kick",
    "ban_user": "ban",
    "end_call": "end the call",
    "flag_user": "flag the person",
    "flag_content": "flag the content",
    "webhook_only": "tell a webhook only",
}
"""Stream's names of actions, in plain words."""

MOST_CONDITIONS, MOST_STEPS = 10, 10
NO_RULE = "This is no JSON object with a rule of the type call."
MORE = "This rule holds more than the form can show, so it is changed as JSON."


class ConditionFields(Struct, frozen=True, kw_only=True):
    """``labels``: any where there are none. ``time_window``: as Stream writes it: 30s, 1m."""

    kind: str = "closed_caption_rule"
    labels: tuple[str, ...] = ()
    threshold: int = 1
    time_window: str = ""


class StepFields(Struct, frozen=True, kw_only=True):
    """What the violation with this number leads to."""

    violation: int
    actions: tuple[str, ...] = ()
    warning_text: str = ""


class StreamRuleFields(Struct, frozen=True, kw_only=True):
    """``any``: one condition is enough. ``policies``: keys; all where there are none."""

    name: str
    enabled: bool = True
    policies: tuple[str, ...] = ()
    cooldown: str = ""
    any: bool = False
    conditions: tuple[ConditionFields, ...] = ()
    steps: tuple[StepFields, ...] = ()


def fields_of(document: str) -> tuple[StreamRuleFields | None, str]:
    """A document as fields; or None, and why it can be changed only as JSON.

    Nothing gets lost: what the fields make a document of is what they were read from.
    """
    try:
        untrusted = msgspec.json.decode(document)
    except (msgspec.DecodeError, RecursionError):
        return None, NO_RULE
    if not isinstance(untrusted, dict) or untrusted.get("rule_type") != "call":
        return None, NO_RULE
    try:
        fields = _read(untrusted)
        same = _bare(_written(fields)) == _bare({"enabled": True, **untrusted})
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None, MORE
    few = len(fields.conditions) <= MOST_CONDITIONS and len(fields.steps) <= MOST_STEPS
    return (fields, "") if same and few else (None, MORE)


def document_of(fields: StreamRuleFields) -> str:
    """The document, indented."""
    return msgspec.json.format(msgspec.json.encode(_written(fields)), indent=2).decode()


def _read(untrusted: dict[str, Any]) -> StreamRuleFields:
    return StreamRuleFields(
        name=_text(untrusted.get("name")),
        enabled=untrusted.get("enabled", True) is True,
        policies=_texts(untrusted.get("config_keys")),
        cooldown=_text(untrusted.get("cooldown_period")),
        any=untrusted.get("logic") == "OR",
        conditions=tuple(_condition(each) for each in untrusted.get("conditions") or ()),
        steps=tuple(_step(each) for each in untrusted.get("action_sequences") or ()),
    )


def _condition(untrusted: dict[str, Any]) -> ConditionFields:
    kind = untrusted["type"]
    if kind not in KINDS:
        raise ValueError(kind)
    held = untrusted.get(f"{kind}_params") or {}
    return ConditionFields(
        kind=kind,
        labels=_texts(held.get("harm_labels")),
        threshold=_number(held.get("threshold", 1)),
        time_window=_text(held.get("time_window")),
    )


def _step(untrusted: dict[str, Any]) -> StepFields:
    actions = _texts(untrusted.get("actions"))
    if not set(actions) <= ACTIONS.keys():
        raise ValueError(actions)
    return StepFields(
        violation=_number(untrusted["violation_number"]),
        actions=actions,
        warning_text=_text((untrusted.get("call_options") or {}).get("warning_text")),
    )


def _text(untrusted: Any) -> str:
    if untrusted is not None and not isinstance(untrusted, str):
        raise TypeError(untrusted)
    return untrusted or ""


def _texts(untrusted: Any) -> tuple[str, ...]:
    return tuple(_text(each) for each in untrusted or ())


def _number(untrusted: Any) -> int:
    if not isinstance(untrusted, int) or isinstance(untrusted, bool) or untrusted < 1:
        raise TypeError(untrusted)
    return untrusted


def _written(fields: StreamRuleFields) -> dict[str, Any]:
    conditions = []
    for each in fields.conditions:
        held: dict[str, Any] = {"harm_labels": list(each.labels), "threshold": each.threshold}
        if each.time_window:
            held["time_window"] = each.time_window
        conditions.append({"type": each.kind, f"{each.kind}_params": held})
    sequences = []
    for step in fields.steps:
        sequence = {"violation_number": step.violation, "actions": list(step.actions)}
        if step.warning_text:
            sequence["call_options"] = {"warning_text": step.warning_text}
        sequences.append(sequence)
    written: dict[str, Any] = {
        "name": fields.name,
        "rule_type": "call",
        "enabled": fields.enabled,
        "config_keys": list(fields.policies),
    }
    if fields.cooldown:
        written["cooldown_period"] = fields.cooldown
    if fields.any:
        written["logic"] = "OR"
    return written | {"conditions": conditions, "action_sequences": sequences}


def _bare(value: Any) -> Any:
    """``value`` without what says nothing: empty texts, lists and objects, and defaults."""
    if isinstance(value, dict):
        kept = {key: _bare(each) for key, each in value.items()}
        return {
            key: each
            for key, each in kept.items()
            if each not in (None, "", [], {})
            and (key, each) not in (("logic", "AND"), ("threshold", 1))
        }
    return [_bare(each) for each in value] if isinstance(value, list) else value
