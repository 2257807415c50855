"""Stream's own call rules: what is said or shown is judged live, and acted on (STREAM.md 7).

Where sources contradict each other: hits within ``time_window`` are counted when one is given,
consecutive ones otherwise; violations are counted per session and person; past the last sequence
the last one is repeated (?); a cooldown holds per rule, call and person (?).
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from console.domain.verdict import KEEP, Severity
from console.sandbox.api_errors import input_error, not_found
from console.sandbox.call_control import CallControl
from console.sandbox.events import WorldEvent
from console.sandbox.judging import Judging
from console.sandbox.records import CallRecord
from console.sandbox.review_desk import ReviewDesk
from console.sandbox.sanctions import Sanctions
from console.sandbox.stamps import Stamp
from console.sandbox.state import State

RULE_TYPES = ("user", "content", "call", "flood")
_HEARD = ("call.closed_caption", "call.frame_recording_ready")
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}

Fields = Mapping[str, Any]


@dataclass(slots=True, eq=False)
class Rule:
    """One rule as it was stored; only ``call`` rules act here."""

    id: str
    created_at: float
    updated_at: float
    document: dict[str, Any]

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


@dataclass(slots=True, frozen=True)
class Seen:
    """What an image model says of one key frame."""

    labels: tuple[str, ...]

    def among(self, params: Fields) -> bool:
        """Whether a label is one that a condition names; any, where it names none."""
        wanted = {str(label).casefold() for label in params.get("harm_labels") or ()}
        seen = {label.casefold() for label in self.labels}
        return bool(seen & wanted if wanted else seen)


@dataclass(slots=True)
class _Standing:
    """Where one person stands with one rule in one session."""

    hits: deque[float] = field(default_factory=deque)
    violations: deque[float] = field(default_factory=deque)
    quiet_until: float = 0.0


def seconds_of(period: object) -> float:
    """``5m``, ``24h``, ``7d`` as seconds; 0 for none.

    Raises:
        ApiError: 400, it is not such a period.
    """
    text = str(period or "")
    if not text:
        return 0.0
    number, unit = text[:-1], _UNITS.get(text[-1])
    if unit is None or not number.isdecimal():
        raise input_error(f"{text} is not a period like 5m, 24h or 7d")
    return int(number) * unit


class CallRules:
    """Keeps the rules, listens to the world, acts."""

    def __init__(
        self,
        state: State,
        judging: Judging,
        sanctions: Sanctions,
        control: CallControl,
        reviews: ReviewDesk,
        labels_of: Callable[[str], tuple[str, ...]] = lambda url: (),
    ) -> None:
        self._state = state
        self._labels_of = labels_of
        self._judging = judging
        self._sanctions = sanctions
        self._control = control
        self._reviews = reviews
        self._standings: dict[tuple[str, str, str], _Standing] = {}
        self.rules: dict[str, Rule] = {}
        state.happenings.listen(self._hear)

    def put(self, document: Fields) -> Rule:
        """Store a rule under its name, new or changed.

        Raises:
            ApiError: 400, a part is missing or unreadable.
        """
        _check(document)
        now = self._state.now()
        rule = next((one for one in self.rules.values() if one.name == document["name"]), None)
        if rule is None:
            rule = Rule(self._state.new_id(), now, now, {})
            self.rules[rule.id] = rule
        rule.document = dict(document)
        rule.updated_at = now
        return rule

    def find(self, rule_id: str) -> Rule:
        """The rule.

        Raises:
            ApiError: 404.
        """
        rule = self.rules.get(rule_id)
        if rule is None:
            raise not_found(f"moderation rule {rule_id} does not exist")
        return rule

    def _hear(self, event: WorldEvent) -> None:
        if event.type == "call.session_ended":
            for key in [key for key in self._standings if key[1] == event.cid]:
                del self._standings[key]
        if event.type not in _HEARD or not self.rules:
            return
        call = self._state.calls.get(event.cid)
        if call is None:
            return
        what: Seen | str
        if event.type == "call.closed_caption":
            caption = event.payload["closed_caption"]
            who, what = caption["speaker_id"], caption["text"]
        else:
            who, what = event.targets[0], Seen(self._labels_of(event.payload["url"]))
        for rule in list(self.rules.values()):
            document = rule.document
            if document["rule_type"] == "call" and document.get("enabled") is not False:
                self._judge(rule, call, who, what)

    def _judge(self, rule: Rule, call: CallRecord, speaker: str, text: "Seen | str") -> None:
        now = self._state.now()
        standing = self._standings.setdefault((rule.id, call.cid, speaker), _Standing())
        if not _holds(rule.document, lambda one: self._met(rule, one, call, text, standing, now)):
            return
        if now < standing.quiet_until:
            return
        standing.hits.clear()
        standing.violations.append(now)
        standing.quiet_until = now + seconds_of(rule.document.get("cooldown_period"))
        self._act(rule, call, speaker, len(standing.violations))

    def _met(
        self,
        rule: Rule,
        condition: Fields,
        call: CallRecord,
        what: "Seen | str",
        standing: _Standing,
        now: float,
    ) -> bool:
        params = _params(condition)
        match condition.get("type"):
            case "closed_caption_rule" if isinstance(what, str):
                return self._counted(self._harmful(rule, params, what), params, standing, now)
            case "keyframe_rule" if isinstance(what, Seen):
                return self._counted(what.among(params), params, standing, now)
            case "call_type":
                return bool(params.get("call_type") == call.type)
            case "call_custom_property":
                there = params.get("property_key") in call.custom
                return there != str(params.get("operator", "")).startswith("not")
            case "call_violation_count":
                window = seconds_of(params.get("time_window"))
                recent = [at for at in standing.violations if not window or at > now - window]
                return len(recent) >= int(params.get("threshold") or 1)
            case _:
                # Texts in key frames: nobody reads pictures here. Or the other sense's rule.
                return False

    def _counted(self, harmful: bool, params: Fields, standing: _Standing, now: float) -> bool:
        """Whether this makes enough of it; what is harmless breaks a row of hits."""
        if not harmful:
            if not params.get("time_window"):
                standing.hits.clear()
            return False
        standing.hits.append(now)
        window = seconds_of(params.get("time_window"))
        while window and standing.hits[0] <= now - window:
            standing.hits.popleft()
        return len(standing.hits) >= int(params.get("threshold") or 1)

    def _harmful(self, rule: Rule, params: Fields, text: str) -> bool:
        wanted = {str(label).casefold() for label in params.get("harm_labels") or ()}
        least = Severity(params.get("severity") or Severity.NONE).rank
        for key in rule.document.get("config_keys") or list(self._judging.configs):
            found = self._judging.evaluator_for(key)
            if found is None:
                continue
            judgement = found[1].judge(text)
            labels = {label.casefold() for label in judgement.labels}
            if judgement.action == KEEP or judgement.severity.rank < least:
                continue
            if not wanted or wanted & labels:
                return True
        return False

    def _act(self, rule: Rule, call: CallRecord, speaker: str, number: int) -> None:
        sequences = sorted(
            rule.document.get("action_sequences") or (),
            key=lambda one: one.get("violation_number") or 1,
        )
        due = [one for one in sequences if (one.get("violation_number") or 1) <= number]
        if not due:
            return
        actions = list(due[-1].get("actions") or ())
        options = due[-1].get("call_options") or {}
        self._state.tell(
            "moderation_rule.triggered",
            cid=call.cid,
            payload={
                "rule": {
                    "id": rule.id,
                    "name": rule.name,
                    "type": "call",
                    "description": rule.document.get("description") or "",
                },
                "triggered_actions": actions,
                "entity_id": call.cid,
                "entity_type": "stream:v1:call",
                "user_id": speaker,
                "violation_number": number,
            },
            targets=(speaker,),
        )
        for action in actions:
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
                self._state.tell("call.moderation_warning", cid=cid, payload=payload)
            case "blur" | "call_blur":
                self._state.tell(
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
                return  # webhook_only and what belongs to chat: told above, nothing more


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
    rule_type: str
    config_keys: list[str] | None = None
    conditions: list[_Condition] | None = None
    groups: list[_Group] | None = None
    action_sequences: list[_Sequence] | None = None


def _check(document: Fields) -> None:
    try:
        shape = msgspec.convert(dict(document), _Shape)
    except msgspec.ValidationError as error:
        raise input_error(f"invalid request: {error}") from error
    if shape.rule_type not in RULE_TYPES:
        raise input_error(f"rule_type must be one of {', '.join(RULE_TYPES)}")
    seconds_of(document.get("cooldown_period"))
    for condition in _conditions(document):
        params = _params(condition)
        seconds_of(params.get("time_window"))
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


def _params(condition: Fields) -> Fields:
    """The parameters, whatever their key is called for this type of condition."""
    for name, value in condition.items():
        if name.endswith("_params") and isinstance(value, Mapping):
            return value
    return {}


def _holds(document: Fields, met: Any) -> bool:
    """Whether the conditions hold; each is asked once, as asking counts hits."""
    parts = [met(one) for one in document.get("conditions") or ()]
    for group in document.get("groups") or ():
        answers = [met(one) for one in group.get("conditions") or ()]
        parts.append(any(answers) if group.get("logic") == "OR" else all(answers))
    if not parts:
        return False
    return any(parts) if document.get("logic") == "OR" else all(parts)
