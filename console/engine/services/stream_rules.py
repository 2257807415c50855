"""Stream's own call rules (STREAM.md 7), and what they do in the calls that are watched."""

from typing import Any, ClassVar

import msgspec
from msgspec import Struct

from console.base.errors import WorldError
from console.engine.services.notices import BY_CALL_RULES
from console.engine.services.service import Received, Service, SessionContext
from console.engine.services.stream_rule_trial import Trial
from console.engine.wire import events as e
from console.engine.wire.bounded import cut_list, cut_text
from console.engine.wire.decode import convert_untrusted
from console.engine.wire.events import Event
from console.engine.wire.limits import MAX_ID, MAX_WORD
from console.engine.wire.paths import RULE, call_rule_path
from console.engine.wire.refusals import UnreadableAnswerError
from console.policy.calls.rule_words import summary
from console.policy.calls.rules import CallRule
from console.policy.policy_file import dotted
from console.policy.sections.call_rules import stored_problems, stored_rule
from console.protocol.stream_rules import (
    AskSavedSessions,
    AskStreamRules,
    DropStreamRule,
    PutStreamRule,
    RuleEffect,
    SavedSessionsAnswer,
    StopTrial,
    StreamEffects,
    StreamRule,
    StreamRules,
    StreamRuleTried,
    TrialProgress,
    TryStreamRule,
)
from console.protocol.to_window import ToWindow

RULES = "/api/v2/moderation/moderation_rules"
MOST_RULES = 500
MOST_LABELS = 500
MOST_SESSIONS_TRIED = 1_000
MAX_DOCUMENT = 200_000
"""Characters of a rule that is written."""

_STAMPS = ("id", "created_at", "updated_at", "duration")

_Asked = (
    AskStreamRules | PutStreamRule | DropStreamRule | AskSavedSessions | TryStreamRule | StopTrial
)


class _Rules(Struct):
    rules: list[dict[str, Any]]
    closed_caption_labels: list[str] = []


class StreamCallRules(Service):
    """Only a server token may read and write them."""

    handles: ClassVar = (
        AskStreamRules,
        PutStreamRule,
        DropStreamRule,
        AskSavedSessions,
        TryStreamRule,
        StopTrial,
    )
    needs_secret = True

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._trials: dict[str, Trial] = {}

    async def answer(self, message: _Asked) -> ToWindow | None:
        match message:
            case TryStreamRule():
                return await self._try(message)
            case StopTrial(request_id=request_id):
                self._stop(request_id)
                return None
            case AskSavedSessions(request_id=request_id):
                found = await self.context.store.sessions.all()
                return SavedSessionsAnswer(request_id, sessions=tuple(found))
            case PutStreamRule(document=document):
                await self.context.gateway.ask("POST", RULE, _read(document))
            case DropStreamRule(rule_id=rule_id):
                await self.context.gateway.ask("DELETE", call_rule_path(rule_id))
        return await self._all(message.request_id)

    async def on_event(self, received: Received) -> None:
        if received.act_id:
            return
        effect = self._effect(received.event, received.at)
        if effect is not None:
            self.context.channel.put(StreamEffects((effect,)))

    async def _all(self, request_id: str) -> StreamRules:
        answer = await self.context.gateway.ask("POST", RULES, {"limit": 100})
        try:
            found = convert_untrusted(answer, _Rules)
        except msgspec.ValidationError as error:
            raise UnreadableAnswerError("Stream's rules could not be read.") from error
        rules = cut_list(found.rules, MOST_RULES, "Rules of Stream")
        labels = cut_list(found.closed_caption_labels, MOST_LABELS, "Labels of captions")
        return StreamRules(
            request_id, rules=tuple(_told(each) for each in rules), labels=tuple(labels)
        )

    async def _try(self, message: TryStreamRule) -> StreamRuleTried:
        rule = _compiled(_read(message.document))
        if not message.sessions:
            raise WorldError("No saved call is chosen.")
        if len(message.sessions) > MOST_SESSIONS_TRIED:
            raise WorldError(f"More than {MOST_SESSIONS_TRIED:,} saved calls are chosen.")
        request_id, put = message.request_id, self.context.channel.put
        for earlier in self._trials:
            self._stop(earlier)  # only the newest is answered
        trial = self._trials[request_id] = Trial(rule, self.context.store.sessions)
        try:
            await trial.run(
                message.sessions, lambda done, total: put(TrialProgress(request_id, done, total))
            )
        finally:
            del self._trials[request_id]
        return StreamRuleTried(
            request_id,
            summary=summary(rule),
            sessions=trial.sessions,
            captions=trial.captions,
            frames=trial.frames,
            violations=trial.violations,
            by_part=dict(trial.by_part),
            effects=tuple(trial.effects),
            stopped=trial.stopped,
        )

    def _stop(self, request_id: str) -> None:
        trial = self._trials.get(request_id)
        if trial is not None:
            trial.stopped = True

    def _effect(self, event: Event, at: float) -> RuleEffect | None:
        """What a call rule did, as far as an event that nobody else is named in shows it."""
        match event:
            case e.ModerationWarning(user_id=user_id, message=message):
                return self._seen(event, user_id, f"warning “{message}”", at)
            case e.ModerationBlur(user_id=user_id):
                return self._seen(event, user_id, "blur", at)
            case e.CallEnded(reason=reason) if reason == BY_CALL_RULES:
                return self._seen(event, "", "end_call", at)
            case e.KickedUser(user=user, kicked_by_user=None):
                return self._seen(event, user.id, "kick_user", at, sure=False)
            case e.UserMuted(muted_user_ids=(user_id,), from_user_id=""):
                return self._seen(event, user_id, "mute", at, sure=False)
        return None

    def _seen(
        self, event: e.CallEvent, user_id: str, what: str, at: float, *, sure: bool = True
    ) -> RuleEffect:
        cid = event.call_cid
        name = self.context.directory.name_of(cid, user_id) if user_id else ""
        return RuleEffect(at=at, cid=cid, user_id=user_id, name=name, what=what, sure=sure)


def _read(document: str) -> dict[str, Any]:
    """A rule that a person wrote as JSON.

    Raises:
        WorldError: it is no JSON object with a name and a type, or too long.
    """
    if len(document) > MAX_DOCUMENT:
        raise WorldError(f"The rule has more than {MAX_DOCUMENT:,} characters.")
    try:
        read = msgspec.json.decode(document)
    except msgspec.DecodeError as error:
        raise WorldError(f"This is no JSON: {error}.") from error
    if not isinstance(read, dict):
        raise WorldError("A rule is a JSON object, between { and }.")
    for key in ("name", "rule_type"):
        if not isinstance(read.get(key), str) or not read[key].strip():
            raise WorldError(f"A rule needs a {key}.")
    return {str(key): value for key, value in read.items() if key not in _STAMPS}


def _compiled(document: dict[str, Any]) -> CallRule:
    if document["rule_type"] != "call":
        raise WorldError("Only rules of the type call can be tried on calls.")
    if found := stored_problems(document):
        path, sentence = found[0]
        raise WorldError(f"The rule was not tried. {dotted(path)}: {sentence}")
    return stored_rule(document)


def _told(untrusted: dict[str, Any]) -> StreamRule:
    def word(key: str, most: int) -> str:
        value = untrusted.get(key)
        return cut_text(value, most, "Rules of Stream") if isinstance(value, str) else ""

    document = {key: value for key, value in untrusted.items() if key not in _STAMPS}
    text = msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
    kind = word("rule_type", MAX_WORD)
    return StreamRule(
        rule_id=word("id", MAX_ID),
        name=word("name", MAX_WORD),
        rule_type=kind,
        enabled=untrusted.get("enabled") is not False,
        document=cut_text(text, MAX_DOCUMENT, "Rules of Stream"),
        summary=summary(stored_rule(untrusted)) if kind == "call" else "",
    )
