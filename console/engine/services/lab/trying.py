"""Checks, edits and tries the policy that somebody is writing. No network, no sign-in."""

import time
from pathlib import Path

from msgspec.structs import replace

from console.base.errors import WorldError
from console.base.paths import resources
from console.domain.spoken_language import identified
from console.engine.services.handlers import Handlers, in_thread, newest_only
from console.engine.services.lab.policies import Policies
from console.engine.services.lab.policy_in_use import LivePolicy
from console.engine.services.lab.summary import ROW_EDITS, after, steps_of, summary_of
from console.engine.services.lab.vocabulary import vocabulary
from console.models.language_guesses import language_identifier
from console.policy.sections.form import Step
from console.policy.toml.edit import EditError
from console.protocol.lab import (
    AskPolicyInUse,
    AskVocabulary,
    AskWords,
    CheckPolicy,
    Edit,
    EditPolicy,
    ListWords,
    PolicyChecked,
    PolicyEdited,
    PolicyText,
    TextTried,
    TryText,
    UsePolicy,
)

MAX_ERRORS = 500
MAX_TEXT = 100_000
"""Code points of a text that is tried; a caption has a few hundred."""


class Trying:
    """Answers in threads: a policy may hold tens of thousands of words."""

    def __init__(self, policies: Policies, own_policy: Path, chat_policies: Path) -> None:
        """``own_policy``: the file whose policy gives the local verdicts; ``chat_policies``: the
        folder with those for chats alone.
        """
        live = LivePolicy(policies, own_policy, chat_policies)
        self._policies = policies
        self._identifier = language_identifier(resources() / "models")
        self.handlers: Handlers = {
            CheckPolicy: newest_only(in_thread(self._checked)),
            TryText: newest_only(in_thread(self._tried)),
            EditPolicy: in_thread(self._edited),
            AskWords: in_thread(self._words),
            AskPolicyInUse: in_thread(live.current),
            UsePolicy: in_thread(live.used),
            AskVocabulary: in_thread(lambda question: vocabulary(question.request_id)),
        }

    def _checked(self, question: CheckPolicy) -> PolicyChecked:
        ready = self._policies.read(question.policy)
        if ready.policy is None or ready.evaluator is None:
            return PolicyChecked(question.request_id, ready.errors[:MAX_ERRORS])
        summary = summary_of(ready.policy, question.policy.text, ready.evaluator.models)
        return PolicyChecked(question.request_id, summary=summary)

    def _edited(self, question: EditPolicy) -> PolicyEdited:
        return edited(question, self._policies)

    def _words(self, question: AskWords) -> ListWords:
        policy = self._policies.read(question.policy).policy
        found = policy.find_list(question.name) if policy is not None else None
        if found is None:
            raise WorldError("There is no such list in the policy.")
        return ListWords(question.request_id, found.words)

    def _tried(self, question: TryText) -> TextTried:
        evaluator = self._policies.read(question.policy).evaluator
        stale = evaluator is None
        evaluator = evaluator or self._policies.last_good(question.policy.place)
        if evaluator is None:
            raise WorldError("The policy has errors, so nothing is judged.")
        if len(question.text) > MAX_TEXT:
            sentence = f"Only the first {MAX_TEXT:,} characters were judged."
        else:
            sentence = "The last version without errors judged." if stale else ""
        began = time.perf_counter()
        text = question.text[:MAX_TEXT]
        spoken = identified(text, question.language, self._identifier).language
        judgement = evaluator.judge(text, question.language, spoken=spoken)
        took_us = (time.perf_counter() - began) * 1e6
        return TextTried(
            question.request_id, judgement, stale, took_us, language=spoken, sentence=sentence
        )


def edited(question: EditPolicy, policies: Policies) -> PolicyEdited:
    """The text after all edits; the text as it was when one of them cannot be done."""
    text = question.policy.text
    try:
        for edit in question.edits:
            text = after(text, _steps(edit, replace(question.policy, text=text), policies))
    except EditError as error:
        return PolicyEdited(question.request_id, question.policy.text, sentence=str(error))
    return PolicyEdited(question.request_id, text)


def _steps(edit: Edit, policy: PolicyText, policies: Policies) -> tuple[Step, ...]:
    if edit.op not in ROW_EDITS:
        return (Step(edit.op, edit.path, edit.value),)
    ready = policies.read(policy)
    if ready.policy is None or ready.evaluator is None:
        raise EditError("The text has an error; correct it first.")
    return steps_of(edit, ready.policy, policy.text, ready.evaluator.models)
