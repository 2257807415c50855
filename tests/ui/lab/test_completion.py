"""What is offered where, in texts that are not TOML yet."""

import pytest

from console.base.paths import resources
from console.engine.lab.vocabulary import vocabulary
from console.ui.lab.completion import list_names, offer, section_at
from console.ui.lab.vocabulary import (
    ACTIONS,
    INLINE,
    KEYS,
    LIST_TYPES,
    MANY,
    SECTIONS,
    SEVERITIES,
)

OLD_NAMES = {"bodyguard_config", "aws_rekognition_config", "google_vision_config"}
"""Sections that Stream calls otherwise today; they are read, but not offered."""

HANDED_ON = {"rest"}
"""What an app added and this program does not know: nobody writes it by hand."""


def offered(text):
    """The names offered at the bar in ``text``."""
    before, _, after = text.partition("¦")
    return [word.name for word in offer(before + after, len(before)).words]


def test_sections_after_a_bracket():
    assert "block_list_config" in offered("[¦")
    assert offered("[[bl¦") == ["blocklists"]
    assert offered("[[¦") == ["blocklists", "semantic_filters"]


def test_a_section_is_written_with_its_brackets():
    assert offer("[[bl", 4).words[0].text == "[[blocklists]]"
    assert offer("[bl", 3).typed == "[bl"


def test_fields_of_the_section_the_cursor_is_in():
    assert offered("[[blocklists]]\nna¦") == ["name"]
    assert "is_leet_check_enabled" in offered("[[blocklists]]\nleet¦")
    assert "match_substring" in offered("[block_list_config]\n¦")
    assert "key" in offered("¦\n[block_list_config]\n")


def test_actions_and_severities_inside_quotes():
    assert offered('[block_list_config]\nrules = [{ name = "a", action = "rem¦') == [
        "remove",
        "bounce_remove",
    ]
    assert offered('[[blocklists]]\nseverity = "¦') == ["low", "medium", "high", "critical"]
    assert offered('[[blocklists]]\ntype = "dom¦') == ["domain", "domain_allowlist"]


def test_rules_are_offered_the_names_of_the_lists():
    text = (
        '[block_list_config]\nrules = [\n  { name = "¦" },\n]\n\n'
        '[[blocklists]]\nname = "insults"\n\n[[blocklists]]\nname = "scam"\n'
    )
    assert offered(text) == ["insults", "scam"]
    assert list_names(text) == ("insults", "scam")


def test_truths_for_switches():
    assert offered("[block_list_config]\nenabled = ¦") == ["true", "false"]
    assert offered("[[blocklists]]\nis_leet_check_enabled = t¦") == ["true"]


@pytest.mark.parametrize(
    "text", ["# [¦", "words = ['''[¦''']", '[[blocklists]]\nname = "a" # sev¦']
)
def test_nothing_in_comments_and_long_strings(text):
    assert offered(text) == []


def test_nothing_when_the_word_is_complete():
    assert offered('[[blocklists]]\nseverity = "low¦') == []


def test_keys_of_inline_tables():
    assert offered('[block_list_config]\nrules = [{ name = "a", ac¦') == ["action"]
    assert "threshold" in offered("[automod_semantic_filters_config]\nrules = [{ ¦")


def test_the_section_is_found_above():
    assert section_at(["[[blocklists]] # one", 'name = "a"', ""]) == "blocklists"
    assert section_at(["key = 1"]) == ""


def test_every_section_has_fields_and_every_field_of_the_default_policy_is_known():
    import tomllib

    assert {name for name in KEYS if name} == set(SECTIONS)
    assert set(SECTIONS) >= MANY
    data = tomllib.loads((resources() / "policies" / "default.toml").read_text(encoding="utf-8"))
    known = {word.name for word in KEYS["blocklists"]}
    assert {key for table in data["blocklists"] for key in table} <= known


def test_everything_the_engine_knows_is_offered():
    told = vocabulary("1")
    for table, keys in told.keys.items():
        section, _, rules = table.partition(".")
        ours = INLINE[section] if rules else KEYS[section]
        assert {*keys} - {word.name for word in ours} <= HANDED_ON | OLD_NAMES | set(SECTIONS), (
            table
        )
    assert {head.strip("[]") for head in told.tables} <= {*SECTIONS} | OLD_NAMES
    assert {word.name for word in ACTIONS} == {*told.values["action"]}
    assert {word.name for word in LIST_TYPES} == {*told.values["type"]}
    assert {word.name for word in SEVERITIES} | {"none"} == {*told.values["severity"]}
