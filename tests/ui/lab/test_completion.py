"""What is offered where, in texts that are not TOML yet."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.paths import resources
from console.engine.services.lab.vocabulary import vocabulary
from console.ui.lab.completion import list_names, offer, open_tables, table_at

VOCABULARY = vocabulary("1")


def offered(text):
    """The names offered at the bar in ``text``."""
    before, _, after = text.partition("¦")
    return [word.name for word in offer(before + after, len(before), VOCABULARY).words]


def test_sections_after_a_bracket():
    assert "block_list_config" in offered("[¦")
    assert offered("[[bl¦") == ["blocklists"]
    assert offered("[[¦") == ["blocklists", "semantic_filters"]


def test_a_section_is_written_with_its_brackets():
    assert offer("[[bl", 4, VOCABULARY).words[0].text == "[[blocklists]]"
    assert offer("[bl", 3, VOCABULARY).typed == "[bl"


def test_fields_of_the_section_the_cursor_is_in():
    assert offered("[[blocklists]]\nna¦") == ["name", "names"]  # the latter is a section
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
    assert list_names(text, "blocklists") == ("insults", "scam")


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


RULES = "[ai_text_config]\nrules = [\n"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (RULES + '  { label = "A", ¦', ["label", "action", "severity_rules"]),
        (RULES + '  { label = "A", severity_rules = [{ ¦', ["severity", "action"]),
        (RULES + '  { label = "{", severity_rules = [{ severity = "low" }, { ac¦', ["action"]),
        (RULES + '  { severity_rules = [{ severity = "low" }], ac¦', ["action"]),
        (RULES + "  # { severity_rules = [{\n  { la¦", ["label"]),
        ("[ai_image_config]\nocr_rules = [{ ¦", ["label", "action"]),
        ("[ai_image_config]\nrules = [{ min¦", ["min_confidence"]),
        ("[video_call_rule_config]\nrules = [{ action_sequences = [{ warning_t¦", ["warning_text"]),
        ("[flood_config]\nsimilar = { sim¦", ["similarity_distance"]),
        ("[flood_config]\nidentical = { sim¦", []),
    ],
)
def test_keys_of_tables_inside_tables(text, keys):
    assert offered(text) == keys


def test_actions_are_those_of_the_section():
    assert "mask_flag" in offered(RULES + '{ action = "¦')
    assert offered(RULES + '{ severity_rules = [{ action = "ke¦') == ["keep"]
    assert "mask" not in offered('[ai_image_config]\nrules = [{ action = "¦')
    assert offered('[velocity_filter_config]\nrules = [{ action = "¦') == [
        "flag",
        "shadow",
        "remove",
        "ban",
    ]
    assert "keep" not in offered('[automod_toxicity_config]\nrules = [{ action = "¦')


def test_labels_are_those_of_texts_or_images():
    assert "HATE_SPEECH" in offered(RULES + '{ label = "¦')
    assert offered('[ai_image_config]\nrules = [{ label = "viol¦') == ["Violence"]


@given(st.text(st.sampled_from("[]{}=,#\"' ab\n"), max_size=80))
def test_open_tables_bears_any_text(text):
    assert len(open_tables(text.split("\n"))) <= text.count("{")


def test_the_section_is_found_above():
    assert table_at(["[[blocklists]] # one", 'name = "a"', ""]) == "blocklists"
    assert table_at(["key = 1"]) == ""


def test_tables_with_headers_of_their_own_are_offered_their_keys():
    text = '[[video_call_rule_config.rules]]\nharm_types = ["HATE"]\naction_seq¦'
    assert offered(text) == ["action_sequences"]


def test_filters_are_offered_by_name():
    text = (
        '[[semantic_filters]]\nname = "phishing"\n'
        '[automod_semantic_filters_config]\nrules = [{ name = "¦'
    )
    assert offered(text) == ["phishing"]


def test_every_section_has_keys_and_every_key_has_a_sentence():
    for head in VOCABULARY.heads:
        assert VOCABULARY.tables[head.name], head
        assert head.help.endswith("."), head
    for path, keys in VOCABULARY.tables.items():
        for key in keys:
            assert key.word.help.endswith("."), (path, key)


def test_every_key_of_the_default_policy_is_known():
    data = tomllib.loads((resources() / "policies" / "default.toml").read_text(encoding="utf-8"))
    known = {key.word.name for key in VOCABULARY.tables["blocklists"]}
    assert {key for table in data["blocklists"] for key in table} <= known
