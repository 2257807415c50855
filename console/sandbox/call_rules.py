"""Stream's own call rules: what is said or shown is judged live, and acted on (STREAM.md 7).

How hits become violations and violations actions is for the policy package to say; here a rule
listens, and its actions are carried out. Violations, and with them a cooldown (?), are counted for
each rule, session and person.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from console.domain.verdict import Severity
from console.policy.calls.rules import (
    CAPTION,
    KEY_FRAME,
    NEW,
    CallRule,
    Observed,
    RuleState,
    Triggered,
    labelled,
    observe,
)
from console.policy.calls.watch import labels_of
from console.policy.sections.call_rules import stored_rule
from console.sandbox.api_errors import input_error
from console.sandbox.call_control import CallControl
from console.sandbox.collection import Collection
from console.sandbox.events import WorldEvent
from console.sandbox.judging import Judging
from console.sandbox.records import CallRecord
from console.sandbox.review_service import ReviewService
from console.sandbox.sanctions import Sanctions
from console.sandbox.state import State
from console.sandbox.timestamps import Stamp

_PERIOD = re.compile(r"\d+[smhd]", re.ASCII)
_HEARD = ("call.closed_caption", "call.frame_recording_ready")

Fields = Mapping[str, Any]


@dataclass(slots=True, eq=False)
class Rule:
    """One rule as it was stored; only ``call`` rules act here."""

    id: str
    created_at: float
    updated_at: float
    document: dict[str, Any]
    compiled: CallRule

    @property
    def name(self) -> str:
        return str(self.document["name"])

    def wire(self) -> dict[str, Any]:
        """ModerationRuleV2Response."""
        whole = {"description": "", "enabled": True, "team": "", "config_keys": []}
        return {
            **whole,
            **self.document,
            "id": self.id,
            "created_at": Stamp(self.created_at),
            "updated_at": Stamp(self.updated_at),
        }


class CallRules:
    """Stores the rules, listens to events and carries out actions."""

    def __init__(
        self,
        state: State,
        judging: Judging,
        sanctions: Sanctions,
        control: CallControl,
        reviews: ReviewService,
        labels_of: Callable[[str], tuple[str, ...]] = lambda url: (),
    ) -> None:
        self._state = state
        self._labels_of = labels_of
        self._judging = judging
        self._sanctions = sanctions
        self._control = control
        self._reviews = reviews
        self._standings: dict[tuple[str, str, str], RuleState] = {}
        self.rules: Collection[Rule] = Collection("moderation rule {} does not exist")
        state.events.listen(self._on_event)

    def put(self, document: Fields) -> Rule:
        """Store a rule under its name, new or changed.

        Raises:
            ApiError: 400, a part is missing or unreadable.
        """
        _check(document)
        now = self._state.now()
        rule = next((one for one in self.rules.values() if one.name == document["name"]), None)
        compiled = stored_rule(document)
        if rule is None:
            rule = Rule(self._state.new_id(), now, now, {}, compiled)
            self.rules[rule.id] = rule
        rule.document, rule.compiled = dict(document), compiled
        rule.updated_at = now
        return rule

    def _on_event(self, event: WorldEvent) -> None:
        if event.type == "call.session_ended":
            for key in [key for key in self._standings if key[1] == event.cid]:
                del self._standings[key]
        if event.type not in _HEARD or not self.rules:
            return
        call = self._state.calls.get(event.cid)
        if call is None:
            return
        for rule in list(self.rules.values()):
            if rule.document["rule_type"] != "call":
                continue
            who, seen = self._seen(rule, call, event)
            standing = self._standings.get((rule.id, call.cid, who), NEW)
            standing, triggered = observe(rule.compiled, standing, seen)
            self._standings[rule.id, call.cid, who] = standing
            if triggered is not None and triggered.sequence is not None:
                self._act(rule, call, who, triggered)

    def _seen(self, rule: Rule, call: CallRecord, event: WorldEvent) -> tuple[str, Observed]:
        """Who said or showed something, and what of it the rules judge."""
        if event.type == "call.closed_caption":
            caption = event.payload["closed_caption"]
            who, kind, labels = caption["speaker_id"], CAPTION, self._heard(rule, caption["text"])
        else:
            names = self._labels_of(event.payload["url"])
            who, kind = event.targets[0], KEY_FRAME
            labels = labelled(dict.fromkeys(names, Severity.NONE))
        return who, Observed(
            kind=kind,
            labels=labels,
            at=self._state.now(),
            call_type=call.type,
            properties=call.custom,
        )

    def _heard(self, rule: Rule, text: str) -> dict[str, Severity]:
        """The labels that the rule's policies, or all of them, give a caption."""
        out: dict[str, Severity] = {}
        for key in rule.document.get("config_keys") or list(self._judging.configs):
            found = self._judging.evaluator_for(key)
            if found is None:
                continue
            for label, severity in labels_of(found[1].judge(text)).items():
                if label not in out or severity.rank > out[label].rank:
                    out[label] = severity
        return out

    def _act(self, rule: Rule, call: CallRecord, speaker: str, triggered: Triggered) -> None:
        sequences = rule.document["action_sequences"]
        options = sequences[triggered.sequence].get("call_options") or {}
        self._state.emit(
            "moderation_rule.triggered",
            cid=call.cid,
            payload={
                "rule": {
                    "id": rule.id,
                    "name": rule.name,
                    "type": "call",
                    "description": rule.document.get("description") or "",
                },
                "triggered_actions": list(triggered.actions),
                "entity_id": call.cid,
                "entity_type": "stream:v1:call",
                "user_id": speaker,
                "violation_number": triggered.violation_number,
            },
            targets=(speaker,),
        )
        for action in triggered.actions:
            self._carry_out(action, options, call, speaker)

    def _carry_out(self, action: str, options: Fields, call: CallRecord, speaker: str) -> None:
        cid = call.cid
        reason = str(options.get("reason") or "")
        match action:
            case "mute_audio":
                self._sanctions.mute(cid, [speaker], ["audio"])
            case "mute_video":
                self._sanctions.mute(cid, [speaker], ["video"])
            case "warning" | "call_warning":
                payload: dict[str, Any] = {
                    "user_id": speaker,
                    "message": options.get("warning_text") or "",
                    "custom": {},
                }
                self._state.emit("call.moderation_warning", cid=cid, payload=payload)
            case "blur" | "call_blur":
                self._state.emit(
                    "call.moderation_blur", cid=cid, payload={"user_id": speaker, "custom": {}}
                )
            case "kick_user":
                self._sanctions.kick(cid, speaker)
            case "ban_user":
                self._sanctions.ban(speaker, minutes=options.get("duration"), reason=reason)
            case "end_call":
                self._control.end(cid, reason="PolicyViolationModeration")
            case "flag_user" | "flag_content":
                self._reviews.report(
                    "stream:v1:call",
                    cid,
                    speaker,
                    {"custom": {"cid": cid}},
                    reason=str(options.get("flag_reason") or ""),
                    custom={},
                    by="",
                )
            case _:
                return  # webhook_only and the actions of chat: the event above is all


class _Condition(Struct):
    type: str = ""


class _Group(Struct):
    logic: str | None = None
    conditions: list[_Condition] | None = None


class _Sequence(Struct):
    violation_number: int | None = None
    actions: list[str] | None = None
    call_options: dict[str, Any] | None = None


class _Shape(Struct):
    """What a rule must look like; whatever else it holds is kept."""

    name: Annotated[str, Meta(min_length=1)]
    rule_type: Literal["user", "content", "call", "flood"]
    config_keys: list[str] | None = None
    conditions: list[_Condition] | None = None
    groups: list[_Group] | None = None
    action_sequences: list[_Sequence] | None = None


def _check(document: Fields) -> None:
    try:
        msgspec.convert(dict(document), _Shape)
    except msgspec.ValidationError as error:
        raise input_error(f"invalid request: {error}") from error
    _check_period(document.get("cooldown_period"))
    for condition in _conditions(document):
        named = (each for key, each in condition.items() if key.endswith("_params"))
        params = next((each for each in named if isinstance(each, Mapping)), {})
        _check_period(params.get("time_window"))
        if (params.get("severity") or "none") not in list(Severity):
            raise input_error(f"{params['severity']} is not a severity")
        if not isinstance(params.get("threshold") or 1, int):
            raise input_error("threshold must be a whole number")
        if not isinstance(params.get("harm_labels") or [], list):
            raise input_error("harm_labels must be a list")


def _conditions(document: Fields) -> list[Fields]:
    groups = document.get("groups") or ()
    grouped = [one for group in groups for one in group.get("conditions") or ()]
    return [*(document.get("conditions") or ()), *grouped]


def _check_period(period: object) -> None:
    if period and (not isinstance(period, str) or not _PERIOD.fullmatch(period)):
        raise input_error(f"{period} is not a period like 5m, 24h or 7d")
