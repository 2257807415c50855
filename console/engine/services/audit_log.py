"""The log that cannot be changed silently: what no other part of the store writes into it."""

import asyncio
from collections import deque
from datetime import UTC, datetime
from typing import ClassVar

from console.audit.head_signatures import KEY_NAME, new_key, signed
from console.base.errors import WorldError
from console.base.secrets import Secrets
from console.domain.audit import AuditEntry, AuditKind, PersonalText
from console.engine.services.service import Service, SessionContext
from console.policy.evaluator import Evaluator
from console.policy.policy_hash import policy_hash
from console.protocol.audit import NoteExport, NoteSetting
from console.store.audit_heads import Signature

LOOK_S = 60.0
"""Between two looks at whether a day is over."""
AGAIN_S = 2.0
MOST_WAITING = 1_000
"""Rows that wait for a store that takes nothing; of more the oldest are lost, and counted."""
MAX_VALUE = 2_000
"""Characters of a setting's value that are kept."""


class AuditLog(Service):
    """Signing in and out, settings and exports of the window, and a signed head for each day."""

    handles: ClassVar = (NoteSetting, NoteExport)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._waiting: deque[AuditEntry] = deque()
        self._writing = asyncio.Lock()
        self._lost = 0
        self._secrets = Secrets()
        self._key: str | None = None
        self._judges: Evaluator | None = None
        self._policy = ""

    async def start(self) -> None:
        now = self.context.clock.now()
        facts = {
            "profile": self.context.profile.name,
            "method": self.context.profile.method.value,
        }
        await self._add(self._entry(AuditKind.SIGN_IN, now, facts))
        self.context.keep_running(self._run, "audit")

    async def close(self) -> None:
        """Note the end of the sign-in. What the store does not take now is lost, and told."""
        await self._add(self._entry(AuditKind.SIGN_OUT, self.context.clock.now()))
        await self._write_head(day_over=False)
        self._lost += len(self._waiting)
        if self._lost:
            self._tell(f"Rows of the log that could not be written: {self._lost}.")

    async def answer(self, message: NoteSetting | NoteExport) -> None:
        match message:
            case NoteSetting():
                facts = {"setting": message.name}
                values = ("before", message.before), ("after", message.after)
                texts = tuple(PersonalText(what, text[:MAX_VALUE]) for what, text in values)
                await self._add(self._entry(AuditKind.SETTING, message.at, facts, texts))
            case NoteExport():
                facts = {"what": message.what, "count": str(message.count)}
                file = (PersonalText("file", message.file[:MAX_VALUE]),)
                await self._add(self._entry(AuditKind.EXPORT, message.at, facts, file))

    def numbers(self, now: float) -> dict[str, int]:
        return {"audit_unwritten": len(self._waiting), "audit_lost": self._lost}

    def _entry(
        self,
        kind: AuditKind,
        at: float,
        facts: dict[str, str] | None = None,
        texts: tuple[PersonalText, ...] = (),
    ) -> AuditEntry:
        by = self.context.user_id
        return AuditEntry(kind=kind, at=at, by=by, facts=facts or {}, texts=texts)

    async def _add(self, entry: AuditEntry) -> None:
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.popleft()
            self._lost += 1
        self._waiting.append(entry)
        await self._write_waiting()

    async def _write_waiting(self) -> None:
        async with self._writing:
            while self._waiting:
                entry = self._waiting[0]
                try:
                    await self.context.store.audit.add(entry)
                except WorldError as error:
                    self._tell(f"A row waits for the store: {error.sentence}")
                    return
                if self._waiting and self._waiting[0] is entry:
                    self._waiting.popleft()

    async def _run(self) -> None:
        clock = self.context.clock
        self._key = await self._find_key()
        await self._write_head(day_over=True)
        looked = clock.monotonic()
        while True:
            await self._note_policy()
            await clock.sleep(AGAIN_S)
            await self._write_waiting()
            if clock.monotonic() - looked >= LOOK_S:
                looked = clock.monotonic()
                await self._write_head(day_over=True)

    async def _note_policy(self) -> None:
        """Note which policy judges from now on, by the hash of its content."""
        judges = self.context.evaluator()
        if judges is self._judges:
            return
        self._judges = judges
        now_in_force = policy_hash(judges.policy) if judges is not None else ""
        if now_in_force == self._policy:
            return
        facts = {"setting": "policy", "before": self._policy, "after": now_in_force}
        self._policy = now_in_force
        entry = AuditEntry(kind=AuditKind.SETTING, at=self.context.clock.now(), facts=facts)
        await self._add(entry)

    async def _write_head(self, *, day_over: bool) -> None:
        """Write a head; with ``day_over`` only if the last row is of a day before this one."""
        now = self.context.clock.now()
        today = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%d") if day_over else ""
        try:
            await self.context.store.audit.add_head(self._sign, at=now, before_day=today)
        except WorldError as error:
            self._tell(f"The head of the log could not be written: {error.sentence}")

    def _sign(self, day: str, place: int, last_hash: str) -> Signature:
        if not self._key:
            return Signature("", "")
        head = signed(day, place, last_hash, self._key)
        return Signature(head.key_id, head.signature)

    async def _find_key(self) -> str | None:
        try:
            key = await self._secrets.find(KEY_NAME)
            if key is None and await self._secrets.lasting():
                await self._secrets.save(KEY_NAME, new_key())
                # Another console may have made one at the same time: what is kept counts.
                key = await Secrets().find(KEY_NAME)
        except WorldError as error:
            self._tell(f"Heads of the log are not signed: {error.sentence}")
            return None
        return key

    def _tell(self, sentence: str) -> None:
        self.context.channel.problem("audit", sentence)
