"""Policies between the lab and the app: take, compare, write what was shown, put it back."""

import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from console.base.errors import WorldError
from console.engine.policies.exchange import compared, pull, push, put_back, standing
from console.engine.services.handlers import Handlers
from console.engine.services.lab.app_access import with_secret
from console.engine.wire.policy_keys import read_policy_keys
from console.policy.difference import Difference, ListChange, changed_fields
from console.policy.model import Policy
from console.policy.policy_text import write_policy
from console.policy.stream_config import to_stream, without_defaults
from console.protocol.lab import PolicyText
from console.protocol.lab_stream import (
    AppPolicies,
    AskAppPolicies,
    BackOut,
    ComparePolicy,
    ListDifference,
    PolicyDifference,
    PolicyPulled,
    PolicyPushed,
    PullPolicy,
    PushPolicy,
)

if TYPE_CHECKING:
    from console.engine.engine import Engine

MAX_KEPT = 20
"""Differences that can be pushed, and pushes that can be taken back."""
MAX_LISTED = 500
"""Entries named of one list."""

Read = Callable[[PolicyText], Awaitable[Policy]]
"""Reads a policy text off the loop; raises WorldError when it has errors."""


class _Shown(Struct, frozen=True):
    """A difference that was shown: of which app, and what stood and would stand there."""

    app: str
    mine: Policy
    theirs: Policy | None
    changes: Difference


class AppPolicyDesk:
    """Answers through the sign-in's gateway; each handler raises WorldError for what went wrong."""

    def __init__(self, engine: "Engine", read: Read) -> None:
        self._engine = engine
        self._read = read
        self._shown: OrderedDict[str, _Shown] = OrderedDict()
        self._pushed: OrderedDict[str, _Shown] = OrderedDict()

        self.handlers: Handlers = {
            AskAppPolicies: self._list,
            PullPolicy: self._pull,
            ComparePolicy: self._compare,
            PushPolicy: self._push,
            BackOut: self._back_out,
        }

    async def _list(self, question: AskAppPolicies) -> AppPolicies:
        keys = await read_policy_keys(with_secret(self._engine))
        return AppPolicies(question.request_id, tuple(sorted(keys)))

    async def _pull(self, question: PullPolicy) -> PolicyPulled:
        policy = await pull(with_secret(self._engine), question.key)
        if policy is None:
            raise WorldError("The app has no policy of this key.")
        return PolicyPulled(question.request_id, write_policy(policy))

    async def _compare(self, question: ComparePolicy) -> PolicyDifference:
        request_id = question.request_id
        gateway = with_secret(self._engine)
        mine = await self._read(question.policy)
        theirs = await standing(gateway, mine)
        changes = compared(mine, theirs)
        _keep(self._shown, request_id, _Shown(self._engine.app, mine, theirs, changes))
        return PolicyDifference(
            request_id=request_id,
            key=mine.key,
            lists=tuple(_list_difference(change, theirs) for change in changes.lists),
            sections=changes.config_sentences,
            before=_json(theirs),
            after=_json(mine),
        )

    async def _push(self, question: PushPolicy) -> PolicyPushed:
        request_id = question.request_id
        gateway = with_secret(self._engine)
        shown = self._shown.get(question.difference_id)
        if shown is None or shown.app != self._engine.app:
            raise WorldError("Look at what differs first; then push it.")
        if compared(shown.mine, await standing(gateway, shown.mine)) != shown.changes:
            raise WorldError(
                "The app's policy changed since this difference was shown.",
                "Compare again; nothing was written.",
            )
        # Kept before anything is written: what was written half-way can be put back as well.
        _keep(self._pushed, request_id, shown)
        try:
            await push(gateway, shown.changes)
        except WorldError as error:
            return PolicyPushed(
                request_id, undoable=True, sentence=error.sentence, advice=_HALF_WAY
            )
        self._shown.pop(question.difference_id, None)
        return PolicyPushed(request_id, undoable=True)

    async def _back_out(self, question: BackOut) -> PolicyPushed:
        gateway = with_secret(self._engine)
        shown = self._pushed.get(question.push_id)
        if shown is None or shown.app != self._engine.app:
            raise WorldError("What stood there before is not known any more.")
        await put_back(gateway, shown.changes, shown.theirs)
        self._pushed.pop(question.push_id, None)
        return PolicyPushed(question.request_id)


_HALF_WAY = "Part of it may be written; back out, or compare again."


def _keep(kept: "OrderedDict[str, _Shown]", key: str, shown: _Shown) -> None:
    kept[key] = shown
    if len(kept) > MAX_KEPT:
        kept.popitem(last=False)


def _json(policy: Policy | None) -> str:
    if policy is None or not policy.key:
        return ""
    config = without_defaults(to_stream(policy)[0])
    return json.dumps(config, indent=2, sort_keys=True, ensure_ascii=False)


def _list_difference(change: ListChange, theirs: Policy | None) -> ListDifference:
    mine = change.blocklist
    before = theirs.find_list(mine.name) if theirs is not None else None
    had = set(before.words) if before is not None else set()
    have = set(mine.words)
    return ListDifference(
        name=mine.name,
        new=change.new,
        sentence=change.sentence,
        added=tuple(word for word in mine.words if word not in had)[:MAX_LISTED],
        removed=tuple(w for w in (before.words if before else ()) if w not in have)[:MAX_LISTED],
        flags=changed_fields(mine, before) if before is not None else (),
    )
