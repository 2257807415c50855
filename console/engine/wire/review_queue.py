"""The review queue and its appeals as Stream sends them, read into the product's words.

Shapes: STREAM.md 6.6 to 6.8. What is malformed is left out and counted; the rest goes on.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct, field

from console.domain.review import Appeal, ReviewAction, ReviewFlag, ReviewItem
from console.domain.verdict import Severity
from console.engine.wire.bounded import CUT, Bounded, Id, believable, cut_list, cut_text
from console.engine.wire.decode import MalformedAnswerError, convert_untrusted
from console.engine.wire.limits import (
    MAX_ID,
    MAX_NAME,
    MAX_PAGE_TOKEN,
    MAX_REASON,
    MAX_TEXT,
    MAX_WORD,
)
from console.engine.wire.timestamps import Moment

MAX_ITEMS = 100
"""Items of one page; Stream ends there too."""
MAX_TEXTS = 20
MAX_PICTURES = 30
MAX_URL = 2_048
MAX_FLAGS = 30
MAX_DONE = 200
MAX_LABELS = 20

CALL_ENTITY = "stream:v1:call"
"""An entity that is a call; its id is the cid (STREAM.md 6.2)."""

_LEVELS = (Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)
_REASON = ("reason", MAX_REASON, "Reasons")
_NO_TIME = Moment()


class _User(Bounded, frozen=True):
    texts = (("name", MAX_NAME, "Names"),)

    id: Id = ""
    name: str | None = None
    banned: bool | None = None


class _Flag(Bounded, frozen=True):
    texts = (("type", MAX_WORD, "Kinds of reports"), _REASON)

    type: str = ""
    created_at: Moment | None = None
    user_id: Id | None = None
    user: _User | None = None
    labels: list[Any] | None = None
    reason: str | None = None
    result: Any = None


class _Action(Bounded, frozen=True):
    texts = (("type", MAX_WORD, "Kinds of actions"), _REASON)

    id: Id
    type: str = ""
    created_at: Moment | None = None
    user_id: Id | None = None
    user: _User | None = None
    reason: str | None = None


class _Escalation(Bounded, frozen=True):
    texts = (
        _REASON,
        ("notes", MAX_TEXT, "Notes"),
        ("priority", MAX_WORD, "Priorities"),
    )

    reason: str | None = None
    notes: str | None = None
    priority: str | None = None


class _Appeal(Bounded, frozen=True):
    texts = (
        ("appeal_reason", MAX_REASON, "Reasons"),
        ("decision_reason", MAX_REASON, "Reasons"),
        ("status", MAX_WORD, "Statuses"),
    )

    id: Id
    status: str = ""
    appeal_reason: str | None = None
    decision_reason: str | None = None
    created_at: Moment | None = None
    user: _User | None = None
    entity_type: str = ""
    entity_id: Id = ""
    review_queue_item_id: str | None = None


class _Call(Struct):
    cid: str | None = None


class _Item(Struct):
    id: Id
    entity_type: str = ""
    entity_id: Id = ""
    entity_creator_id: Id | None = None
    entity_creator: _User | None = None
    recommended_action: str = ""
    severity: float = 0
    ai_text_severity: str | None = None
    config_key: str | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None
    reviewed_at: Moment | None = None
    reviewed_by: str | None = None
    escalated: bool = False
    escalated_by: str | None = None
    escalation_metadata: _Escalation | None = None
    assigned_to: _User | None = None
    flags_count: int = 0
    flags: list[Any] | None = None
    actions: list[Any] | None = None
    bans: list[Any] | None = None
    languages: list[Any] | None = None
    moderation_payload: Any = None
    message: Any = None
    call: _Call | None = None
    appeal: Any = None


class Page(Struct, frozen=True):
    """One answer of the queue.

    Attributes:
        offered: what Stream offers for each entity type, as it came. config: what drives filters.
        stats: numbers that Stream counts over everything that fits; their names are not known (?).
    """

    items: tuple[ReviewItem, ...]
    next: str = ""
    stats: Mapping[str, Any] = field(default_factory=dict)
    offered: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)


def read_page(untrusted: Mapping[str, Any]) -> Page:
    """An answer of the review queue.

    Raises:
        MalformedAnswerError: it holds no list of items.
    """
    rows = _rows(untrusted, "items", "review items")
    token = untrusted.get("next")
    own, usual = (
        _table(untrusted.get("action_config")),
        _table(untrusted.get("default_action_config")),
    )
    return Page(
        items=tuple(item for row in rows if (item := _item(row)) is not None),
        next=token if isinstance(token, str) and len(token) <= MAX_PAGE_TOKEN else "",
        stats=_table(untrusted.get("stats")),
        offered={**usual, **{kind: rows for kind, rows in own.items() if rows}},
        config=_table(untrusted.get("filter_config")),
    )


def read_appeals(untrusted: Mapping[str, Any]) -> tuple[ReviewItem, ...]:
    """Appeals against bans, about which there is no item, in the form of one.

    Raises:
        MalformedAnswerError: the answer holds no list of appeals.
    """
    found = []
    for row in _rows(untrusted, "items", "appeals"):
        wire = _converted(row, _Appeal)
        if wire is not None and not wire.review_queue_item_id:
            found.append(_of_appeal(wire))
    return tuple(found)


def read_appeal(untrusted: Mapping[str, Any]) -> ReviewItem:
    """The appeal of an answer.

    Raises:
        MalformedAnswerError: it holds none.
    """
    wire = _converted(untrusted.get("item"), _Appeal)
    if wire is None:
        raise MalformedAnswerError("the answer holds no appeal")
    return _of_appeal(wire)


def _of_appeal(wire: _Appeal) -> ReviewItem:
    appeal = _appeal(wire)
    return ReviewItem(
        item_id=wire.id,
        entity_type=_word(wire.entity_type),
        entity_id=wire.entity_id,
        created_at=appeal.at,
        author_id=appeal.by,
        author_name=appeal.by_name,
        reviewed_at=0.0 if appeal.open else appeal.at,
        appeal=appeal,
    )


def _item(row: Any) -> ReviewItem | None:
    wire = _converted(row, _Item)
    if wire is None:
        return None
    payload = _table(wire.moderation_payload)
    author = wire.entity_creator or _User()
    flags = tuple(_flag(one) for one in _converted_all(wire.flags, _Flag, MAX_FLAGS, "Reports"))
    done = tuple(
        _action(one) for one in _converted_all(wire.actions, _Action, MAX_DONE, "Done acts")
    )
    appeal = _converted(wire.appeal, _Appeal) if wire.appeal else None
    escalation = wire.escalation_metadata or _Escalation()
    holder = wire.assigned_to or _User()
    return ReviewItem(
        item_id=wire.id,
        entity_type=_word(wire.entity_type),
        entity_id=wire.entity_id,
        created_at=_at(wire.created_at),
        author_id=author.id or wire.entity_creator_id or "",
        author_name=author.name or "",
        cid=_cid(wire, payload),
        texts=_texts(payload, wire.message),
        images=_urls(payload, "images"),
        videos=_urls(payload, "videos"),
        action=_word(wire.recommended_action),
        level=max(0, min(100, int(wire.severity))),
        severity=_severity(wire),
        labels=cut_list(
            tuple(dict.fromkeys(label for flag in flags for label in flag.labels)),
            MAX_LABELS,
            "Labels of one item",
        ),
        flags=flags,
        reports=believable(max(wire.flags_count, len(flags))),
        done=tuple(sorted(done, key=lambda action: action.at)),
        config_key=_word(wire.config_key or ""),
        languages=_words(wire.languages),
        updated_at=_at(wire.updated_at),
        reviewed_at=_at(wire.reviewed_at),
        reviewed_by=(wire.reviewed_by or "")[:MAX_NAME],
        holder=holder.id,
        holder_name=holder.name or "",
        escalated=wire.escalated,
        escalated_by=(wire.escalated_by or "")[:MAX_NAME],
        priority=escalation.priority or "",
        escalation_reason=escalation.reason or "",
        notes=escalation.notes or "",
        appeal=_appeal(appeal) if appeal is not None else None,
        banned=bool(wire.bans) or bool(author.banned),
    )


def _cid(wire: _Item, payload: Mapping[str, Any]) -> str:
    if wire.entity_type == CALL_ENTITY:
        return wire.entity_id
    named = (wire.call and wire.call.cid) or _table(payload.get("custom")).get("cid")
    return named if isinstance(named, str) and len(named) <= MAX_ID else ""


def _texts(payload: Mapping[str, Any], message: Any) -> tuple[str, ...]:
    given = payload.get("texts")
    texts = [text for text in given if isinstance(text, str)] if isinstance(given, list) else []
    written = _table(message).get("text")
    if not texts and isinstance(written, str):
        texts = [written]
    texts = cut_list(texts, MAX_TEXTS, "Texts of one review item")
    return tuple(cut_text(text, MAX_TEXT, "Texts") for text in texts if text)


def _urls(payload: Mapping[str, Any], name: str) -> tuple[str, ...]:
    given = payload.get(name)
    urls = [url for url in given if isinstance(url, str)] if isinstance(given, list) else []
    return tuple(url[:MAX_URL] for url in cut_list(urls, MAX_PICTURES, "Pictures of one item"))


def _severity(wire: _Item) -> Severity:
    word = (wire.ai_text_severity or "").lower()
    if word in Severity.__members__.values():
        return Severity(word)
    # The scale is given once, as 1 to 100 (STREAM.md 6.4): four equal parts.
    if wire.severity <= 0:
        return Severity.NONE
    return _LEVELS[min(3, int(wire.severity - 1) // 25)]


def _flag(wire: _Flag) -> ReviewFlag:
    return ReviewFlag(
        kind=wire.type,
        at=_at(wire.created_at),
        by=wire.user_id or (wire.user.id if wire.user else ""),
        by_name=(wire.user.name or "") if wire.user else "",
        labels=_words(wire.labels),
        reason=wire.reason or "",
        rule=_rule(wire.result),
    )


def _rule(result: Any) -> str:
    """The rule that a report names; its keys are not documented, so several are tried."""
    found = _table(result[0] if isinstance(result, list) and result else result)
    for key in ("rule", "rule_name", "blocklist", "blocklist_name", "name"):
        if isinstance(found.get(key), str):
            return _word(found[key])
    return ""


def _action(wire: _Action) -> ReviewAction:
    return ReviewAction(
        action_id=wire.id,
        kind=wire.type,
        at=_at(wire.created_at),
        by=wire.user_id or "",
        by_name=(wire.user.name or "") if wire.user else "",
        reason=wire.reason or "",
    )


def _appeal(wire: _Appeal) -> Appeal:
    user = wire.user or _User()
    return Appeal(
        appeal_id=wire.id,
        status=wire.status,
        reason=wire.appeal_reason or "",
        at=_at(wire.created_at),
        by=user.id,
        by_name=user.name or "",
        reply=wire.decision_reason or "",
    )


def _at(moment: Moment | None) -> float:
    return (moment or _NO_TIME).seconds


def _word(text: str) -> str:
    return cut_text(text, MAX_WORD, "Words")


def _words(untrusted: list[Any] | None) -> tuple[str, ...]:
    words = [one for one in untrusted or () if isinstance(one, str) and one]
    return tuple(map(_word, cut_list(words, MAX_LABELS, "Labels")))


def _table(untrusted: Any) -> Mapping[str, Any]:
    return untrusted if isinstance(untrusted, dict) else {}


def _rows(untrusted: Mapping[str, Any], name: str, what: str) -> list[Any]:
    rows = untrusted.get(name)
    if not isinstance(rows, list):
        raise MalformedAnswerError(f"the answer holds no list of {what}")
    return cut_list(rows, MAX_ITEMS, "Rows of one answer")


def _converted_all(rows: Any, kind: Any, most: int, what: str) -> Iterator[Any]:
    """Those that can be read; of too many the last ones, which are the newest."""
    given = rows if isinstance(rows, list) else []
    if len(given) > most:
        CUT.note(f"{what} of one review item beyond {most:,} were left out.", len(given) - most)
    for row in given[-most:]:
        one = _converted(row, kind)
        if one is not None:
            yield one


def _converted(row: Any, kind: Any) -> Any:
    try:
        return convert_untrusted(row, kind)
    except msgspec.ValidationError:
        CUT.note("Parts of the review queue that could not be read were left out.")
        return None
