"""Sections of a policy as tables with cards: what a form shows, and what its edits change."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, NamedTuple

from console.base.toml_map import Path
from console.domain.local_models import LocalModels
from console.domain.policy_form import (
    FieldKind,
    FormCell,
    FormColumn,
    FormField,
    FormRow,
    FormSwitch,
    SectionForm,
    Tone,
    Word,
)
from console.domain.verdict import Severity
from console.policy.model import Policy
from console.policy.sections.schema import ASKED, Choice, Table, fields_of
from console.policy.sections.section import name_in

NO = -1
"""The number of a table that is not in the text."""


class Step(NamedTuple):
    """A change of the text of a policy: ``set``, ``remove`` or ``append``."""

    op: str
    path: Path
    value: Any = None


class Place(NamedTuple):
    """A row, and where in the text it stands: its item among the lists, and its rule."""

    row: FormRow
    item: int = NO
    rule: int = NO


class Form(ABC):
    """One section. What a row is called stands under NAME in its item and in its rule.

    Attributes:
        KEY: the section that holds the rules. OLD_KEY: what Stream called it before.
        ITEMS: the list of tables that the rules are about; empty where there is none.
        COUNTS: the switch of the whole section.
    """

    KEY: ClassVar[str]
    OLD_KEY: ClassVar[str] = ""
    TITLE: ClassVar[str]
    HELP: ClassVar[str]
    NOUN: ClassVar[str] = "rule"
    COUNTS: ClassVar[str]
    BLANK: ClassVar[str]
    COLUMNS: ClassVar[tuple[FormColumn, ...]]
    ITEMS: ClassVar[str] = ""
    NAME: ClassVar[str] = "label"
    ITEM: ClassVar[type[Table] | None] = None
    RULE: ClassVar[type[Table]]
    ACROSS: ClassVar[int] = 3
    LINES_TITLE: ClassVar[str] = ""
    SWITCHES_TITLE: ClassVar[str] = ""

    @abstractmethod
    def places(
        self, policy: Policy, raw: Mapping[str, Any], models: LocalModels
    ) -> Iterable[Place]:
        """The rows in their order; ``raw`` is the text of the policy as it was parsed."""

    @abstractmethod
    def fields(self, models: LocalModels) -> tuple[FormField, ...]:
        """What the card of a row shows."""

    @abstractmethod
    def added(self, policy: Policy, models: LocalModels) -> Iterator[Step]:
        """The steps that make a new row."""

    def section(self, policy: Policy) -> str:
        """The name of the section in this policy."""
        return name_in(policy.sections, self.KEY, self.OLD_KEY) if self.OLD_KEY else self.KEY

    def source(self, policy: Policy, models: LocalModels) -> str:
        """What judges by the section on this machine, in a sentence."""
        return ""

    def enabled(self, policy: Policy) -> bool:
        """Whether the section counts."""
        raw = policy.sections.get(self.section(policy))
        return bool(raw.get("enabled", True)) if isinstance(raw, Mapping) else True

    def switches(self, policy: Policy) -> tuple[FormSwitch, ...]:
        """The switches of the whole section."""
        path = (self.section(policy), "enabled")
        return (FormSwitch(self.COUNTS, path, self.enabled(policy)),)

    def new_rule(self, name: str) -> dict[str, Any]:
        """The rule of a new row."""
        return {self.NAME: name, "action": "flag"}

    def summary(self, policy: Policy, raw: Mapping[str, Any], models: LocalModels) -> SectionForm:
        """The section as a window shows it."""
        return SectionForm(
            key=self.KEY,
            title=self.TITLE,
            help=f"{self.HELP} ({self.KEY})",
            noun=self.NOUN,
            columns=self.COLUMNS,
            fields=self.fields(models),
            switches=self.switches(policy),
            source=self.source(policy, models),
            blank=self.BLANK,
            across=self.ACROSS,
            lines_title=self.LINES_TITLE,
            switches_title=self.SWITCHES_TITLE,
            rows=tuple(place.row for place in self.places(policy, raw, models)),
        )

    def removed(self, policy: Policy, place: Place) -> Iterator[Step]:
        """The steps that remove a row."""
        for path in self._tables(policy, place):
            yield Step("remove", path)

    def changed(self, policy: Policy, place: Place, key: str, value: Any) -> Iterator[Step]:
        """The steps that set a field of a row."""
        if key == self.NAME:
            for path in self._tables(policy, place):
                yield Step("set", (*path, key), value)
            return
        of_item = self.ITEM is not None and key in fields_of(self.ITEM)
        schema = self.ITEM if of_item else self.RULE
        path = (self.ITEMS, place.item) if of_item else (*self._rules(policy), place.rule)
        if not of_item and place.rule == NO:
            if value:
                rule = {**self.new_rule(place.row.name), key: value}
                yield Step("append", self._rules(policy), rule)
        elif not of_item and not value and self.ITEMS and key == "action":
            yield Step("remove", path)
        elif schema is not None and is_default(schema, key, value):
            yield Step("remove", (*path, key))
        else:
            yield Step("set", (*path, key), plain_number(value))

    def _rules(self, policy: Policy) -> Path:
        return (self.section(policy), "rules")

    def _tables(self, policy: Policy, place: Place) -> Iterator[Path]:
        if place.item != NO:
            yield (self.ITEMS, place.item)
        if place.rule != NO:
            yield (*self._rules(policy), place.rule)


def is_default(schema: type[Table], key: str, value: Any) -> bool:
    """Whether the table means the same without the key."""
    info = fields_of(schema)[key]
    if info.is_required() or info.json_schema_extra == ASKED:
        return False
    if isinstance(info.default, int | float) != isinstance(value, bool):
        return False
    return value in ("", info.default)


def plain_number(value: Any) -> Any:
    """80 for 80.0."""
    return int(value) if isinstance(value, float) and value == int(value) else value


def form_field(
    schema: type[Table],
    key: str,
    title: str,
    spoken: str,
    *,
    more: Iterable[str] = (),
    **rest: Any,
) -> FormField:
    """A field that changes ``key`` of ``schema``. ``more``: further words to suggest."""
    info = fields_of(schema)[key]
    choice = next((each for each in info.metadata if isinstance(each, Choice)), None)
    words = tuple(word for word in choice.words if word.name) if choice is not None else ()
    known = {word.name for word in words}
    words += tuple(Word(name) for name in more if name not in known)
    if choice is not None and not choice.names_of:
        by_name = info.annotation is str and choice.free
        kind = FieldKind.SUGGESTED if by_name else FieldKind.CHOICE
    else:
        kind = _KINDS.get(info.annotation, FieldKind.LINES)
    return FormField(
        key=key,
        title=title,
        spoken=spoken,
        kind=kind,
        help=info.description or "",
        words=words,
        **rest,
    )


_KINDS: dict[Any, FieldKind] = {
    str: FieldKind.TEXT,
    bool: FieldKind.SWITCH,
    int: FieldKind.NUMBER,
    float: FieldKind.NUMBER,
}


def free_name(wanted: Iterable[str], taken: Iterable[str], fold: Callable[[str], str] = str) -> str:
    """The first of ``wanted`` that is not ``taken``, else the last one with a number behind it."""
    known = {fold(each) for each in taken}
    last = ""
    for last in wanted:
        if fold(last) not in known:
            return last
    joint = "_" if last.isupper() else " "
    number = 2
    while fold(f"{last}{joint}{number}") in known:
        number += 1
    return f"{last}{joint}{number}"


def action_cell(action: str, empty: str) -> FormCell:
    """An action, or what none is called."""
    return FormCell(action, Tone.ACTION) if action else FormCell(empty, Tone.FAINT)


def severity_cell(severity: Severity) -> FormCell:
    """A severity; nothing for none."""
    return FormCell("" if severity is Severity.NONE else severity.value, Tone.SEVERITY)


def known_cell(known: bool) -> FormCell:
    """Whether the local classifier knows a label."""
    return FormCell("yes", Tone.GOOD) if known else FormCell("no", Tone.FAINT)
