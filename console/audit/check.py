"""Goes through a log row by row and says which is the first that is not as it was written."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from console.audit.heads import head_of
from console.audit.rows import FoundHead, FoundRow, FoundText, Result, UnreadableRowError

_START = "0" * 64
_ERASING = frozenset({"erased", "retention", "evidence_deleted"})
_KEYS = {"n", "app", "at_ms", "by", "facts", "kind", "texts"}


@dataclass
class _Erased:
    """Texts that one row is said to have erased: how many, the first, and their hashes."""

    first: int
    count: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def add(self, text_hash: str) -> None:
        self.digest.update(("\n" if self.count else "").encode() + text_hash.encode("ascii"))
        self.count += 1


class _BadRowError(Exception):
    """What is wrong with the row that is looked at."""


class _Check:
    def __init__(self, heads: Iterable[FoundHead]) -> None:
        self.last = _START
        self.rows = self.texts = self.erased_texts = self.compared = 0
        self.heads: list[FoundHead] = []
        self._day = ""
        self._erased: dict[int, _Erased] = {}
        self._heads: dict[int, list[FoundHead]] = defaultdict(list)
        for head in heads:
            self._heads[head.place].append(head)

    def take(self, row: FoundRow) -> None:
        """Raises _BadRowError where ``row`` is not what was written at its place."""
        self.rows += 1
        place = self.rows
        if row.place != place or isinstance(row.place, bool):
            raise _BadRowError(f"Where row {place} should be there is row {row.place!r}.")
        body = _parsed(row.body)
        if body.keys() != _KEYS or body["n"] != place or not isinstance(body["facts"], dict):
            raise _BadRowError("Its body is not that of this row.")
        before, self.last = self.last, _sha(f"{self.last}\n{row.body}")
        if row.hash != self.last:
            raise _BadRowError("Its hash does not follow from the row before and its body.")
        for name, value in row.beside:
            if body[name] != value:
                raise _BadRowError(f"Its field {name} says something else than its body.")
        self._take_texts(place, row.texts, body["texts"])
        self._settle_erasing(place, body)
        if body["kind"] == "head":
            self._take_head(place, before, body["facts"])
        self._day = _day(body["at_ms"])
        self._compare(place)

    def end(self) -> tuple[int, str] | None:
        """The place and the reason, where something is missing at the end."""
        if self._erased:
            by, texts = min(self._erased.items(), key=lambda each: each[1].first)
            return texts.first, f"A text was emptied by row {by}, which says nothing of it."
        if self._heads:
            head = min((h for heads in self._heads.values() for h in heads), key=lambda h: h.place)
            return self.rows + 1, f"On {head.day} there were {head.place} rows already."
        return None

    def _take_head(self, place: int, before: str, facts: object) -> None:
        try:
            head = head_of(facts)
        except ValueError as error:
            raise _BadRowError("It is no head of the log.") from error
        if (head.place, head.hash, head.day) != (place - 1, before, self._day):
            raise _BadRowError("It says that the log stood elsewhere before it.")
        self.heads.append(head)

    def _compare(self, place: int) -> None:
        for head in self._heads.pop(place, ()):
            self.compared += 1
            if (head.hash, head.day) != (self.last, self._day):
                raise _BadRowError(f"It was another one when the head of {head.day} was exported.")

    def _take_texts(self, place: int, texts: tuple[FoundText, ...], digest: object) -> None:
        hashes = [text.hash for text in texts]
        if not all(isinstance(each, str) and each.isascii() for each in hashes):
            raise _BadRowError("One of its texts has no hash.")
        if digest != (_sha("\n".join(map(str, hashes))) if texts else ""):
            raise _BadRowError("Its texts are not those that it was written with.")
        for text in texts:
            if text.text is None and text.salt is None:
                self._note_erased(place, text)
            else:
                self._take_text(text)

    def _take_text(self, text: FoundText) -> None:
        self.texts += 1
        if not (isinstance(text.salt, str) and isinstance(text.text, str)):
            raise _BadRowError("One of its texts was emptied in part.")
        if _sha(f"{text.salt}\n{text.text}") != text.hash or text.erased_by is not None:
            raise _BadRowError("One of its texts is another one than it was written with.")
        if text.who is None or _parsed(text.text).get("who") != text.who:
            raise _BadRowError("One of its texts is kept under another person.")

    def _note_erased(self, place: int, text: FoundText) -> None:
        self.erased_texts += 1
        by = text.erased_by
        if not isinstance(by, int) or by <= place or text.who is not None:
            raise _BadRowError("One of its texts was emptied, and no row says so.")
        self._erased.setdefault(by, _Erased(place)).add(str(text.hash))

    def _settle_erasing(self, place: int, body: dict[str, Any]) -> None:
        facts = body["facts"]
        found = self._erased.pop(place, None)
        says = body["kind"] in _ERASING and "digest" in facts
        if not says and found is None:
            return
        if not says:
            raise _BadRowError("Texts were emptied in its name, and it says nothing of it.")
        found = found or _Erased(place)
        if (facts.get("texts"), facts["digest"]) != (str(found.count), found.digest.hexdigest()):
            raise _BadRowError("It says that other texts were erased than those that are gone.")


def check(rows: Iterable[FoundRow], heads: Iterable[FoundHead] = ()) -> Result:
    """Go through ``rows`` from the first on, and compare them with ``heads``."""
    state = _Check(heads)
    bad: tuple[int, str] | None
    try:
        for row in rows:
            state.take(row)
        bad = state.end()
    except UnreadableRowError as error:
        bad = error.place, error.why
    except _BadRowError as error:
        bad = state.rows, str(error)
    found = Result(
        rows=state.rows,
        texts=state.texts,
        erased=state.erased_texts,
        heads=tuple(state.heads),
        compared=state.compared,
    )
    return found if bad is None else replace(found, first_bad=bad[0], why=bad[1])


def _parsed(text: object) -> dict[str, Any]:
    """A document in the one form that is hashed; anything else is no text of the log."""
    try:
        found = json.loads(text) if isinstance(text, str) and text.isascii() else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _BadRowError("It holds no document.")
    return found


def _day(at_ms: object) -> str:
    try:
        at = datetime.fromtimestamp(at_ms / 1000, UTC) if isinstance(at_ms, int) else None
    except (OverflowError, OSError, ValueError):
        at = None
    return at.strftime("%Y-%m-%d") if at else ""


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
