"""Lists of words, patterns, domains and addresses, and the rules that use them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from console.base.toml_map import Path
from console.domain.local_models import LocalModels
from console.domain.policy_form import FormCell, FormColumn, FormField, FormRow, FormSwitch, Tone
from console.domain.verdict import Severity
from console.policy.fallback_lists import STAND_IN_FILES
from console.policy.model import FLAGS, Blocklist, BlocklistRule, Policy
from console.policy.sections.form import (
    NO,
    Form,
    Place,
    Step,
    action_cell,
    form_field,
    free_name,
    severity_cell,
)
from console.policy.sections.schema import (
    Config,
    Many,
    Problem,
    unique,
)

SECTION = "block_list_config"
LISTS = "blocklists"
MAX_SHOWN = 200
"""Entries that are sent with a row of the form; the window asks for the others."""


class WordListConfig(Config):
    """``block_list_config``."""

    CLOSED: ClassVar[bool] = True

    rules: Annotated[Many[BlocklistRule], unique("name", "a rule for")] = Field(
        default=(), description="What happens on a match."
    )
    match_substring: bool = Field(default=False, description="Every list matches inside words too.")
    rest: dict[str, Any] = Field(default={}, description="Goes back to Stream as it is.")

    def rest_read(self) -> dict[str, Any]:
        """What is only passed on to Stream."""
        named = "answer_first" in self.model_fields_set
        return {**self.rest, "async": self.answer_first} if named else self.rest


Blocklists = Annotated[Many[Blocklist], unique("name", "a list called")]


def strangers(config: Any, known: Collection[str], section: str = SECTION) -> Iterable[Problem]:
    """The rules of an unchecked ``section`` that name none of the ``known`` lists."""
    rows = config.get("rules") if isinstance(config, Mapping) else None
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        name = row.get("name") if isinstance(row, Mapping) else None
        if isinstance(name, str) and name and name not in known and name not in STAND_IN_FILES:
            path: Path = (section, "rules", at, "name")
            yield path, f"there is no list called “{name}”."


class WordListForm(Form):
    """The lists with the rule about each."""

    KEY = SECTION
    TITLE = "Lists"
    HELP = "Words, patterns, domains and addresses"
    NOUN = "list"
    COUNTS = "Lists count"
    BLANK = (
        "No list yet. A list says which words, patterns, domains or addresses count, and a rule "
        "what happens then."
    )
    COLUMNS = (
        FormColumn(title="List"),
        FormColumn(title="Action", width=80),
        FormColumn(title="Severity", width=72),
        FormColumn(title="Label", width=150, room=430),
        FormColumn(title="Type", width=64, room=500),
        FormColumn(title="Entries", width=60, number=True),
    )
    ITEMS = LISTS
    NAME = "name"
    ITEM = Blocklist
    RULE = BlocklistRule
    LINES_TITLE = "Entries, one a line"
    SWITCHES_TITLE = "Also finds"

    def fields(self, models: LocalModels) -> tuple[FormField, ...]:
        named = (
            form_field(Blocklist, "name", "Name", "Name of the list"),
            form_field(Blocklist, "type", "Type", "Type of the list"),
            form_field(Blocklist, "language", "Language", "Language of the list", empty="all"),
            form_field(BlocklistRule, "action", "Action", "Action of the list", empty="not used"),
            form_field(Blocklist, "severity", "Severity", "Severity of the list", empty="none"),
            form_field(Blocklist, "label", "Label", "Label of the list", empty="the list's name"),
        )
        flags = (form_field(Blocklist, flag, _SPOKEN[flag], flag) for flag in FLAGS)
        words = form_field(Blocklist, "words", self.LINES_TITLE, self.LINES_TITLE)
        return (*named, *flags, words)

    def switches(self, policy: Policy) -> tuple[FormSwitch, ...]:
        inside = FormSwitch(
            "Inside words too", (SECTION, "match_substring"), policy.match_substring
        )
        return (*super().switches(policy), inside)

    def enabled(self, policy: Policy) -> bool:
        return policy.block_list_enabled

    def places(
        self, policy: Policy, raw: Mapping[str, Any], models: LocalModels
    ) -> Iterable[Place]:
        rules = {rule.name: at for at, rule in enumerate(policy.block_list_rules)}
        own = len(raw.get(LISTS, ()))
        for at, each in enumerate(policy.blocklists):
            rule = rules.get(each.name, NO)
            action = policy.block_list_rules[rule].action if rule != NO else ""
            here = at < own and not each.stand_in
            yield Place(_row(each, action, here=here), at if here else NO, rule)

    def added(self, policy: Policy, models: LocalModels) -> Iterator[Step]:
        name = free_name(("new list",), (each.name for each in policy.blocklists))
        label = name.upper().replace(" ", "_")
        made = {"name": name, "label": label, "severity": "medium", "words": ["example"]}
        yield Step("append", (LISTS,), made)
        yield Step("append", self._rules(policy), self.new_rule(name))


_SPOKEN = {
    "is_leet_check_enabled": "Digits (1d10t)",
    "is_plural_check_enabled": "Plurals",
    "is_substring_matching_enabled": "Inside words",
    "is_confusable_folding_enabled": "Look-alike letters",
    "is_spacing_check_enabled": "Spaces (i d i o t)",
    "is_repetition_check_enabled": "Repeats (idiooot)",
    "is_ending_check_enabled": "Endings (-ed, -ing)",
    "is_respelling_check_enabled": "Misspellings (idoit)",
    "is_compound_check_enabled": "Compounds (idiothead)",
    "is_transliteration_check_enabled": "Latin letters (suka)",
}


def _row(each: Blocklist, action: str, *, here: bool) -> FormRow:
    place = "" if here else " · in another file, change it there"
    shown = each.model_dump(mode="json", exclude={"words", "rest"})
    return FormRow(
        name=each.name,
        cells=(
            FormCell(each.name),
            action_cell(action, "not used"),
            severity_cell(each.severity),
            FormCell(each.label, Tone.DIM),
            FormCell(each.type.replace("_", " "), Tone.DIM),
            FormCell(f"{len(each.words):,}"),
        ),
        values={
            **shown,
            "action": action,
            "severity": "" if each.severity is Severity.NONE else each.severity.value,
            "words": each.words[:MAX_SHOWN],
        },
        fixed=() if here else ("", "words", *shown),
        cut=len(each.words) > MAX_SHOWN,
        note=f"{len(each.words):,} entries{place}",
    )
