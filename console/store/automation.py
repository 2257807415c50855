"""Rules of automation on disk, and what they proposed."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from console.domain.automation.book import RuleBook
from console.domain.automation.decide import Earlier
from console.domain.automation.proposal import RESPONDED, Proposal, ProposalState
from console.domain.automation.record import RuleRecord, Sample, record_of
from console.domain.verdict import JudgedItem
from console.store import audit_automation, items, verdicts
from console.store.connection_thread import ConnectionThread

SAMPLES = 500
"""Cases of a rule in shadow that its record looks at, the newest ones."""

_encode = msgspec.json.Encoder().encode
_book = msgspec.json.Decoder(RuleBook).decode
_proposal = msgspec.json.Decoder(Proposal).decode

_ADD = (
    "INSERT INTO automation_proposals (app_id, proposal_id, rule_id, user_id, at, state, body)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_RESPONDED = ", ".join(f"'{state}'" for state in sorted(RESPONDED))
_ACTED = "'counting', 'sent', 'done', 'overturned'"


class AutomationStore:
    """The rules of one app and what they did. All raise WorldError where the disk fails."""

    def __init__(self, app_id: int, writer: ConnectionThread, reader: ConnectionThread) -> None:
        self._app_id = app_id
        self._writer = writer
        self._reader = reader

    async def book(self) -> RuleBook | None:
        """The rules; None where nobody changed the default."""

        def read(connection: sqlite3.Connection) -> RuleBook | None:
            row = connection.execute(
                "SELECT body FROM automation_books WHERE app_id = ?", (self._app_id,)
            ).fetchone()
            return _book(row[0]) if row else None

        return await self._reader.run(read)

    async def keep_book(self, book: RuleBook, at: float, by: str = "") -> None:
        """Replace the rules. ``by``: user id of whoever changed them, or AUTOMATION."""
        row = (self._app_id, _encode(book), at)
        statement = "INSERT OR REPLACE INTO automation_books (app_id, body, changed_at)"

        def write(connection: sqlite3.Connection) -> None:
            audit_automation.note_book(connection, self._app_id, row[1], at=at, by=by)
            connection.execute(f"{statement} VALUES (?, ?, ?)", row)

        await self._writer.run(write)

    async def add(self, proposals: Sequence[Proposal]) -> list[bool]:
        """Keep new proposals; False for each whose id is known, which stays as it is."""

        def write(connection: sqlite3.Connection) -> list[bool]:
            return [bool(connection.execute(_ADD, self._row(each)).rowcount) for each in proposals]

        return await self._writer.run(write)

    async def change(self, proposal: Proposal, at: float = 0.0) -> None:
        """Replace a proposal, at ``at`` (unix seconds)."""
        row = (proposal.state, _encode(proposal), self._app_id, proposal.proposal_id)

        def write(connection: sqlite3.Connection) -> None:
            audit_automation.note_veto(connection, self._app_id, proposal, at or proposal.at)
            connection.execute(
                "UPDATE automation_proposals SET state = ?, body = ?"
                " WHERE app_id = ? AND proposal_id = ?",
                row,
            )

        await self._writer.run(write)

    async def recent(self, limit: int) -> list[Proposal]:
        """The last proposals, newest last."""
        return await self._reader.run(
            lambda c: [
                _proposal(body)
                for (body,) in c.execute(
                    "SELECT body FROM automation_proposals WHERE app_id = ?"
                    " ORDER BY place DESC LIMIT ?",
                    (self._app_id, limit),
                ).fetchall()
            ][::-1]
        )

    async def responded(self, user_id: str) -> dict[str, list[Earlier]]:
        """The responses to one person, by rule; those that were stopped or taken back are none."""

        def read(connection: sqlite3.Connection) -> dict[str, list[Earlier]]:
            found: dict[str, list[Earlier]] = defaultdict(list)
            for (body,) in connection.execute(
                "SELECT body FROM automation_proposals WHERE app_id = ? AND user_id = ?"
                f" AND state IN ({_RESPONDED}) ORDER BY place DESC LIMIT 200",
                (self._app_id, user_id),
            ):
                each = _proposal(body)
                where = each.item.cid, each.item.session_id
                found[each.rule_id].append(Earlier(each.at, *where, each.state))
            return found

        return await self._reader.run(read)

    async def acted_at(self, since: float) -> dict[str, list[float]]:
        """When each rule acted by itself, oldest first (unix seconds)."""

        def read(connection: sqlite3.Connection) -> dict[str, list[float]]:
            found: dict[str, list[float]] = defaultdict(list)
            for rule_id, at in connection.execute(
                "SELECT rule_id, at FROM automation_proposals WHERE app_id = ? AND at >= ?"
                f" AND state IN ({_ACTED}) ORDER BY at",
                (self._app_id, since),
            ):
                found[rule_id].append(at)
            return found

        return await self._reader.run(read)

    async def records(self, rule_ids: Sequence[str]) -> list[RuleRecord]:
        """How each of these rules has done."""
        return await self._reader.run(lambda c: [self._record(c, each) for each in rule_ids])

    async def earlier(self, user_id: str, limit: int) -> tuple[JudgedItem, ...]:
        """The last items of a person with their verdicts, oldest first.

        So many of all, and so many of those that were raised, which may lie far behind: who talks
        a lot says more in one call than ``limit``.
        """
        of_person = "WHERE app_id = ? AND author_id = ?"
        raised = " AND item_id IN (SELECT item_id FROM raised_items WHERE app_id = ?)"
        newest = " ORDER BY place DESC LIMIT ?"

        def read(connection: sqlite3.Connection) -> tuple[JudgedItem, ...]:
            key = self._app_id, user_id
            last = items.select(connection, of_person + newest, *key, limit)[::-1]
            worst = items.select(
                connection, of_person + raised + newest, *key, self._app_id, limit
            )[::-1]
            known = {item.item_id for item in last}
            found = [item for item in worst if item.item_id not in known] + last
            return tuple(verdicts.judged(connection, self._app_id, found))

        return await self._reader.run(read)

    async def heard_elsewhere(self, user_id: str, cid: str, session_id: str) -> bool:
        """Whether the person was heard in another session than this one."""

        def read(connection: sqlite3.Connection) -> bool:
            return bool(
                connection.execute(
                    "SELECT 1 FROM items WHERE app_id = ? AND author_id = ?"
                    " AND NOT (cid = ? AND session_id = ?) LIMIT 1",
                    (self._app_id, user_id, cid, session_id),
                ).fetchone()
            )

        return await self._reader.run(read)

    def _record(self, connection: sqlite3.Connection, rule_id: str) -> RuleRecord:
        key = (self._app_id, rule_id)
        counts = {
            ProposalState(state): int(count)
            for state, count in connection.execute(
                "SELECT state, count(*) FROM automation_proposals WHERE app_id = ? AND rule_id = ?"
                " GROUP BY state",
                key,
            )
        }
        shadow = connection.execute(
            "SELECT body FROM automation_proposals WHERE app_id = ? AND rule_id = ?"
            " AND state = 'shadow' ORDER BY place DESC LIMIT ?",
            (*key, SAMPLES),
        ).fetchall()
        cases = [_proposal(body) for (body,) in shadow]
        samples = [Sample(each.confidence, each.severity, each.agreed) for each in cases]
        return record_of(rule_id, counts, samples)

    def _row(self, proposal: Proposal) -> tuple[object, ...]:
        return (
            self._app_id,
            proposal.proposal_id,
            proposal.rule_id,
            proposal.item.author_id,
            proposal.at,
            proposal.state,
            _encode(proposal),
        )
