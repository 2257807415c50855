"""Evidence for training and complaints: pseudonyms for people, and no personal data in texts.

Masking is a help, not a promise: what no pattern knows stays. The page says so.
"""

import re
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from console.base.plain_text import visible
from console.domain.act import AUTOMATION, BY_CLOCK
from console.domain.evidence import Evidence, EvidenceLine, PolicyFacts
from console.domain.item import AVATAR, Body, Item, Name, Picture

_PATTERNS = (
    ("[email]", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")),
    ("[email]", re.compile(r"\b\w{1,40} (?:at|@) \w{1,40} (?:dot|\.) \w{2,10}\b", re.IGNORECASE)),
    ("[link]", re.compile(r"\b(?:https?://|www\.)\S{1,2000}", re.IGNORECASE)),
    ("[address]", re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")),
    ("[account number]", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")),
    ("[phone number]", re.compile(r"(?<!\w)\+?(?:\(?\d{1,5}\)?[ ./-]?){3,7}\d{1,5}(?!\w)")),
    (
        "[address]",
        re.compile(
            r"\b\d{1,5}[a-z]? (?:[\w.'-]{1,30} ){1,4}"
            r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|court|ct|square|boulevard|blvd|way)"
            r"\b\.?",
            re.IGNORECASE,
        ),
    ),
    (
        "[address]",
        re.compile(
            r"\b[\w.'-]{2,30}(?:straße|strasse|str\.|weg|gasse|platz|allee) ?\d{1,5}[a-z]?\b",
            re.IGNORECASE,
        ),
    ),
    ("[id]", re.compile(r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b", re.IGNORECASE)),
    ("[id]", re.compile(r"\b(?=[\w-]*\d)[\w-]{16,}\b")),
    ("[number]", re.compile(r"\d[\d ]{4,30}\d")),
    ("[handle]", re.compile(r"(?<!\w)@\w{2,40}")),
)
_LEAST_WHOLE, _LEAST_PART = 2, 3
"""Characters. Shorter names, and shorter parts of them, are words of their own too often."""
_ONE_WORD = re.compile(r"[^\W\d_]+")
_OF_FACE = "video"
"""The track of a picture that shows a person, often with their name or initials on it."""
_IDS = frozenset({"item_id", "source_id", "session_id", "cid", "channel", "act_id", "undo_of"})
_GONE = frozenset({"url", "qr", "likeness", "each", "review", "together", "call_name", "details"})


class _Called:
    """What people are called, and the pseudonym that stands for it. The first to have it counts.

    A name of several words counts however it is written. A single word counts only where it is
    written like a name, with a capital or as its owner writes it: "Desk" of "City Rebate Desk" is
    no name in "the front desk", and what was said has to stay true.
    """

    def __init__(self) -> None:
        self._any_case: dict[str, str] = {}
        self._as_written: dict[str, str] = {}
        self._pattern = re.compile(r"(?!)")

    def add_whole(self, name: str, alias: str) -> None:
        """A name or id as one."""
        for form in (name, visible(name)):
            if len(form) < _LEAST_WHOLE:
                continue
            self._as_written.setdefault(form, alias)
            if _ONE_WORD.fullmatch(form):
                self._add_word(form, alias)
            else:
                self._any_case.setdefault(form.casefold(), alias)

    def add_parts(self, name: str, alias: str) -> None:
        """Each word of a name."""
        for part in re.split(r"\W+", name):
            self._add_word(part, alias)

    def _add_word(self, word: str, alias: str) -> None:
        if len(word) >= _LEAST_PART:
            for form in (word[:1].upper() + word[1:], word.capitalize(), word.upper()):
                self._as_written.setdefault(form, alias)

    def compile(self) -> None:
        """Make ready to replace: all names are known."""
        exact = sorted(self._as_written, key=len, reverse=True)
        loose = sorted(self._any_case, key=len, reverse=True)
        words = (f"(?i:{_either(loose)})", _either(exact))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")

    def replaced(self, text: str) -> str:
        """``text`` with a pseudonym for every name."""
        return self._pattern.sub(lambda found: self._alias(found.group()), text)

    def _alias(self, found: str) -> str:
        written = self._as_written.get(found)
        return written or self._any_case.get(found.casefold()) or "Person"


class Redactor:
    """Pseudonyms of one export: the same person has the same one everywhere in it."""

    def __init__(self, evidence: Evidence) -> None:
        act = evidence.act
        self._people: dict[str, str] = {}
        for user_id in (*act.user_ids, *(each.line.item.author_id for each in evidence.lines)):
            if user_id:
                self._people.setdefault(user_id, f"Person {len(self._people) + 1}")
        self._moderators = {act.by: "Moderator 1"} if _is_person(act.by) else {}
        named = [(name, self._people.get(user_id, "Person")) for user_id, name in _names(evidence)]
        whole = [*self._moderators.items(), *self._people.items(), *named]
        self._called = _Called()
        for name, alias in whole:
            self._called.add_whole(name, alias)
        for name, alias in named:
            self._called.add_parts(name, alias)
        self._called.compile()
        self._ids: dict[str, str] = {}

    def text(self, text: str) -> str:
        """``text`` with names as pseudonyms and personal data masked; its marks made visible."""
        shown = visible(text)
        for mask, pattern in _PATTERNS:
            shown = pattern.sub(mask, shown)
        return self._called.replaced(shown)

    def words(self, item: Item) -> str:
        """The words of ``item`` in the redacted form."""
        told = self._body(item.body, item.author_id, item.kind)
        return told.name if isinstance(told, Name) else self.text(replace(item, body=told).text)

    def who(self, user_id: str) -> str:
        """The pseudonym of a person or moderator."""
        if not _is_person(user_id):
            return user_id
        return self._people.get(user_id) or self._moderators.get(user_id) or "Somebody"

    def id(self, name: str) -> str:
        """What stands for an id: the same for the same id."""
        return self._ids.setdefault(name, f"id-{len(self._ids) + 1}") if name else ""

    def evidence(self, evidence: Evidence) -> Evidence:
        """All of it in the redacted form. No picture is in it: faces cannot be masked."""
        raw = msgspec.to_builtins(replace(evidence, pictures=(), policy=PolicyFacts()))
        told = msgspec.convert(self._walk(raw, ""), Evidence)
        lines = tuple(map(self._line, evidence.lines, told.lines))
        act = replace(
            told.act,
            user_ids=tuple(map(self.who, evidence.act.user_ids)),
            names=tuple(map(self.who, evidence.act.user_ids)),
            by=self.who(evidence.act.by),
        )
        left_out = replace(
            told.left_out, pictures=evidence.left_out.pictures + len(evidence.pictures)
        )
        return replace(
            told, act=act, lines=lines, console="", policy=evidence.policy, left_out=left_out
        )

    def _line(self, known: EvidenceLine, told: EvidenceLine) -> EvidenceLine:
        """``told`` with the pseudonym of its author wherever ``known`` names them."""
        author_id, kind = known.line.item.author_id, known.line.item.kind
        alias = self.who(author_id)
        body = self._body(told.line.item.body, author_id, kind)
        item = replace(told.line.item, author_id=alias, author_name=alias, body=body)
        earlier = tuple(
            replace(one, body=self._body(one.body, author_id, kind)) for one in told.earlier
        )
        return replace(told, line=replace(told.line, item=item), earlier=earlier)

    def _body(self, body: Body, author_id: str, kind: str) -> Body:
        """A name as a pseudonym, and a picture of a person without what can be read in it."""
        match body:
            case Name():
                like = "Somebody" if body.like_role else self.text(body.like)
                return replace(body, name=self.who(author_id), like=like)
            case Picture(text=text) if text and (kind == AVATAR or body.track == _OF_FACE):
                return replace(body, text="[text]")
        return body

    def _walk(self, value: Any, key: str) -> Any:
        if isinstance(value, dict):
            return {name: self._walk(each, name) for name, each in value.items()} | {
                name: _empty(value[name]) for name in _GONE & value.keys()
            }
        if isinstance(value, list | tuple):
            return [self._walk(each, key) for each in value]
        if not isinstance(value, str) or key in ("type", "kind", "source", "action", "severity"):
            return 0 if key in ("start", "end") and isinstance(value, int) else value
        if key in ("author_id", "author_name"):
            return self.who(value) if value in self._people else self.text(value)
        if key == "user_ids":
            return self.who(value)
        if key in _IDS:
            return self.id(value)
        return value if key in _WORDS_OF_OURS else self.text(value)


_WORDS_OF_OURS = frozenset(
    {"language", "language_by", "label", "labels", "rule", "status", "stage", "reason_kind",
     "looked", "not_looked", "sha256", "audio_device", "track", "deleted", "role",
     "permissions", "picture_id", "heard_by", "second"}
)  # fmt: skip


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words)) or r"(?!)"


def _empty(value: Any) -> Any:
    return (
        []
        if isinstance(value, list | tuple)
        else None
        if isinstance(value, dict)
        else type(value)()
    )


def _is_person(user_id: str) -> bool:
    return user_id not in ("", AUTOMATION, BY_CLOCK)


def _names(evidence: Evidence) -> Iterable[tuple[str, str]]:
    yield from zip(evidence.act.user_ids, evidence.act.names, strict=False)
    for each in evidence.lines:
        item = each.line.item
        yield item.author_id, item.author_name
        for body in (item.body, *(one.body for one in each.earlier)):
            if isinstance(body, Name):
                yield item.author_id, body.name
