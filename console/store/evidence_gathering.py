"""What evidence of an act is made of: lines of its people and around them, and their pictures."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from console.domain.act import Act
from console.domain.evidence import (
    EACH_WAY,
    MOST_AROUND,
    MOST_PEOPLE,
    MOST_PICTURE_BYTES,
    MOST_PICTURES,
    MOST_TEXT,
    MOST_THEIRS,
    Earlier,
    EvidenceLine,
    KeyFrame,
    LeftOut,
)
from console.domain.item import Body, Item, Picture
from console.domain.picture import may_be_shown
from console.domain.verdict import JudgedItem
from console.store import items, surroundings, verdicts

_THEIRS = (
    "WHERE i.app_id = ? AND i.author_id = ? AND ? IN ('', i.cid) AND i.received_at <= ?"
    " ORDER BY i.place DESC LIMIT ?"
)
_AROUND = "WHERE i.app_id = ? AND i.cid = ? AND i.received_at <= ? ORDER BY i.place DESC LIMIT ?"
_EARLIER = (
    "SELECT body, received_at FROM replaced_bodies WHERE app_id = ? AND item_id = ?"
    " ORDER BY revision"
)
_WITHHELD = "SELECT 1 FROM withheld_pictures WHERE app_id = ? AND picture_id = ?"
_JPEG = "SELECT jpeg FROM pictures WHERE app_id = ? AND picture_id = ?"

_body = msgspec.json.Decoder(Body).decode


class Gathered(NamedTuple):
    """Lines and pictures of an act as they are kept now, and how much more there was.

    Attributes:
        jpegs: small ones of pictures that may be seen, by the hash of the picture.
    """

    lines: tuple[EvidenceLine, ...]
    pictures: tuple[KeyFrame, ...]
    jpegs: dict[str, bytes]
    left_out: LeftOut


def gather(connection: sqlite3.Connection, app_id: int, act: Act, at: float) -> Gathered:
    """What was said and shown until ``at`` (unix seconds) around what ``act`` is about."""
    people = act.user_ids[:MOST_PEOPLE]
    theirs: dict[str, Item] = {}
    more_theirs = 0
    for user_id in people:
        found = items.select(connection, _THEIRS, app_id, user_id, act.cid, at, MOST_THEIRS + 1)
        more_theirs += len(found) > MOST_THEIRS
        theirs |= {item.item_id: item for item in found[:MOST_THEIRS]}
    subject = _subject(connection, app_id, act)
    if subject is not None:
        theirs[subject.item_id] = subject
    around = _around(connection, app_id, act, at, subject)
    more_around = len(around) > MOST_AROUND
    kept = {item.item_id: item for item in around[:MOST_AROUND]} | theirs
    lines = _lines(connection, app_id, list(kept.values()), set(theirs), subject)
    short, dropped = _within(lines)
    pictures, jpegs, more_pictures = _pictures(connection, app_id, short)
    left_out = LeftOut(
        theirs=more_theirs,
        around=int(more_around) + dropped,
        people=len(act.user_ids) - len(people),
        pictures=more_pictures,
    )
    return Gathered(tuple(short), pictures, jpegs, left_out)


def _subject(connection: sqlite3.Connection, app_id: int, act: Act) -> Item | None:
    if act.item is None:
        return None
    found = items.with_ids(connection, app_id, [act.item.item_id])
    return found[0] if found else act.item


def _around(
    connection: sqlite3.Connection, app_id: int, act: Act, at: float, subject: Item | None
) -> list[Item]:
    """Newest first, those around what the act answers before all others."""
    near: list[Item] = []
    if subject is not None:
        near = surroundings.around(
            connection, app_id, subject.cid, subject.item_id, subject.received_at, EACH_WAY
        )
        near = [item for item in near if item.received_at <= at]
    last = items.select(connection, _AROUND, app_id, act.cid, at, MOST_AROUND + 1)
    return list({item.item_id: item for item in (*near, *last)}.values())


def _lines(
    connection: sqlite3.Connection,
    app_id: int,
    found: list[Item],
    theirs: set[str],
    subject: Item | None,
) -> list[EvidenceLine]:
    found.sort(key=lambda item: (item.start_time, item.item_id))
    return [
        EvidenceLine(
            judged,
            theirs=judged.item.item_id in theirs,
            subject=subject is not None and judged.item.item_id == subject.item_id,
            earlier=tuple(_earlier(connection, app_id, judged.item)),
        )
        for judged in verdicts.judged(connection, app_id, found)
    ]


def _earlier(connection: sqlite3.Connection, app_id: int, item: Item) -> Iterable[Earlier]:
    if not item.revision:
        return
    for body, received_at in connection.execute(_EARLIER, (app_id, item.item_id)):
        yield Earlier(_body(body), received_at)


def _within(lines: list[EvidenceLine]) -> tuple[list[EvidenceLine], int]:
    """The lines that fit into MOST_TEXT, theirs first, and how many do not."""
    room, kept = MOST_TEXT, []
    for each in sorted(lines, key=lambda each: (not each.subject, not each.theirs)):
        room -= _size(each.line) + sum(len(str(one.body)) for one in each.earlier)
        if room >= 0:
            kept.append(each)
    kept.sort(key=lambda each: (each.line.item.start_time, each.line.item.item_id))
    return kept, len(lines) - len(kept)


def _size(judged: JudgedItem) -> int:
    return len(judged.item.text) + len(judged.before) + 200


def _pictures(
    connection: sqlite3.Connection, app_id: int, lines: list[EvidenceLine]
) -> tuple[tuple[KeyFrame, ...], dict[str, bytes], int]:
    shown = [each for each in lines if isinstance(each.line.item.body, Picture)]
    shown.sort(key=lambda each: (not each.subject, not each.theirs, -each.line.item.start_time))
    frames: list[KeyFrame] = []
    jpegs: dict[str, bytes] = {}
    left_out, room = 0, MOST_PICTURE_BYTES
    for each in shown:
        item, body = each.line.item, each.line.item.body
        if not isinstance(body, Picture) or not body.picture_id:
            continue
        if len(frames) >= MOST_PICTURES:
            left_out += 1
            continue
        key = (app_id, body.picture_id)
        forbidden = body.withheld or bool(connection.execute(_WITHHELD, key).fetchone())
        forbidden |= any(not may_be_shown(verdict.labels) for verdict in each.line.verdicts)
        row = None if forbidden else connection.execute(_JPEG, key).fetchone()
        jpeg = bytes(row[0]) if row else b""
        if len(jpeg) > room:
            jpeg, left_out = b"", left_out + 1
        if jpeg and body.picture_id not in jpegs:
            jpegs[body.picture_id], room = jpeg, room - len(jpeg)
        frames.append(
            KeyFrame(body.picture_id, item.item_id, item.start_time, bool(jpeg), forbidden)
        )
    return tuple(frames), jpegs, left_out
