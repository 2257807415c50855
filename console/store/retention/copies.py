"""Takes one person out of evidence that is about somebody else: their lines stood around."""

import json
import sqlite3
from typing import Any

from console.store.retention import deleting

ERASED = "erased"
"""Stands where the id of whoever said a line would."""


def take_out(connection: sqlite3.Connection, app_id: int, evidence_id: str, user_id: str) -> None:
    """Empty the copied lines and pictures of ``user_id``; what hangs on them goes with them."""
    key = (app_id, evidence_id)
    row = connection.execute(
        "SELECT body FROM evidence WHERE app_id = ? AND evidence_id = ?", key
    ).fetchone()
    if row is None:
        return
    pictures: set[str] = set()
    body = _emptied(json.loads(row[0]), user_id, pictures)
    connection.execute(
        "UPDATE evidence SET body = ? WHERE app_id = ? AND evidence_id = ?",
        (json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), *key),
    )
    connection.executemany(
        "DELETE FROM evidence_pictures WHERE app_id = ? AND evidence_id = ? AND picture_id = ?",
        [(*key, picture_id) for picture_id in pictures],
    )
    connection.execute(
        "DELETE FROM evidence_people WHERE app_id = ? AND evidence_id = ? AND user_id = ?",
        (*key, user_id),
    )


def _emptied(document: Any, user_id: str, pictures: set[str]) -> Any:
    if isinstance(document, list):
        return [_emptied(each, user_id, pictures) for each in document]
    if not isinstance(document, dict):
        return document
    line = document.get("line")
    if isinstance(line, dict) and _author(line) == user_id:
        document = {**document, "earlier": []}  # what they said before they changed it
    item = document.get("item")
    if isinstance(item, dict) and item.get("author_id") == user_id:  # with what was judged of it
        rest = {name: _blank(value) for name, value in document.items() if name != "item"}
        return {**rest, "item": _emptied(item, user_id, pictures)}
    if document.get("author_id") == user_id and "body" in document:
        body = json.dumps(document["body"]).encode()
        pictures |= deleting.pictures_in([body])
        empty = {"type": "text", "text": ""}
        return {**document, "author_id": ERASED, "author_name": "", "body": empty}
    return {name: _emptied(value, user_id, pictures) for name, value in document.items()}


def _author(line: dict[str, Any]) -> str:
    item = line.get("item")
    return str(item.get("author_id", "")) if isinstance(item, dict) else ""


def _blank(value: Any) -> Any:
    if isinstance(value, str):
        return ""
    return [] if isinstance(value, list) else value
