"""What a form shows of each section, and what its edits make of the text."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.local_models import LocalModels
from console.domain.policy_form import FieldKind, Tone
from console.engine.services.lab.policies import Policies
from console.engine.services.lab.trying import edited
from console.policy.sections.confidence import KEY as CONFIDENCE
from console.policy.sections.registry import FORMS
from console.policy.sections.required import KEY as REQUIRED
from console.policy.sections.words import HARM_ACTIONS, SEVERITIES, names
from console.protocol.lab import Edit, EditPolicy, PolicyText
from tests.engine.lab.section_forms import (
    ALL,
    HARMS,
    IMAGE_MODEL,
    IMAGES,
    LISTS,
    PHRASES,
    PICTURES,
    SEMANTIC,
    TEXT_MODEL,
    TEXTS,
    WORDS,
    added,
    after,
    cells,
    changed,
    dropped,
    form_of,
)

# -- of every section


@pytest.mark.parametrize("key", ALL)
def test_every_row_has_a_cell_for_each_column_and_a_value_for_each_field(key):
    form = form_of(ALL[key], key)
    assert form.rows
    assert [field.key for field in form.fields].count(form.fields[0].key) == 1
    for row in form.rows:
        assert len(row.cells) == len(form.columns)
        assert {field.key for field in form.fields} <= set(row.values)
    for field in form.fields:
        assert field.spoken
        assert field.help
        assert (field.kind is FieldKind.NUMBER) == (field.most > 0)
        assert field.kind is not FieldKind.CHOICE or field.words


def test_the_forms_are_those_tried_here():
    # What is required has rows of its own making: test_required_form.py.
    assert [form.KEY for form in FORMS] == [*ALL, REQUIRED, CONFIDENCE]


@pytest.mark.parametrize("key", ALL)
def test_a_row_can_be_added_to_a_policy_without_the_section_renamed_and_removed(key):
    text = 'key = "chat"  # mine\n'
    for _ in range(3):
        text = added(text, key)
    first, *_ = rows = form_of(text, key).rows
    assert len({row.name for row in rows}) == 3
    name = next(field.key for field in form_of(text, key).fields)
    text = changed(text, key, 1, name, "another")
    assert [row.name for row in form_of(text, key).rows][::2] == [rows[0].name, rows[2].name]
    assert form_of(text, key).rows[1].name == "another"
    text = dropped(text, key, 1)
    assert [row.name for row in form_of(text, key).rows] == [first.name, rows[2].name]
    assert text.startswith('key = "chat"  # mine\n')


@pytest.mark.parametrize("key", ALL)
def test_a_section_is_switched_off_where_it_stands(key):
    switch = form_of(ALL[key], key).switches[0]
    text = after(ALL[key], Edit(switch.path, "set", not switch.on))
    form = form_of(text, key)
    assert form.switches[0].on == (not switch.on)
    assert cells(form) == cells(form_of(ALL[key], key))


@pytest.mark.parametrize(
    "edit",
    [
        Edit((TEXTS, 9, "label"), "change", "A"),
        Edit((TEXTS, 0, "colour"), "change", "A"),
        Edit((TEXTS,), "drop"),
        Edit(("elsewhere",), "add"),
    ],
)
def test_a_row_that_is_not_there_leaves_the_text_as_it_is(edit):
    answer = edited(EditPolicy("1", PolicyText(HARMS), (edit,)), Policies())
    assert answer.sentence
    assert answer.text == HARMS


def test_a_text_with_errors_is_not_changed_by_rows():
    answer = edited(EditPolicy("1", PolicyText("key = 1\n"), (Edit((TEXTS,), "add"),)), Policies())
    assert answer.sentence == "The text has an error; correct it first."


# -- lists


def test_lists_are_shown_with_the_rule_about_each():
    form = form_of(WORDS, LISTS)
    assert cells(form) == [
        ["insults", "flag", "", "RUDE", "word", "1"],
        ["far", "flag", "", "", "domain allowlist", "1"],
        ["lonely", "not used", "", "", "word", "1"],
    ]
    assert form.rows[0].values["is_leet_check_enabled"]
    assert form.rows[0].values["is_spacing_check_enabled"]
    assert [switch.title for switch in form.switches] == ["Lists count", "Inside words too"]


def test_an_action_changes_the_rule_makes_one_or_takes_it_away():
    def rules(text):
        return [
            (rule["name"], rule["action"]) for rule in tomllib.loads(text)[LISTS].get("rules", ())
        ]

    far = ("far", "flag")
    assert rules(changed(WORDS, LISTS, 0, "action", "remove")) == [far, ("insults", "remove")]
    assert rules(changed(WORDS, LISTS, 0, "action", "")) == [far]
    lonely = changed(WORDS, LISTS, 2, "action", "flag")
    assert rules(lonely) == [far, ("insults", "flag"), ("lonely", "flag")]
    assert changed(WORDS, LISTS, 2, "action", "") == WORDS


def test_another_name_goes_to_list_and_rule_and_both_go_together():
    data = tomllib.loads(changed(WORDS, LISTS, 0, "name", "rude"))
    assert data["blocklists"][0]["name"] == "rude"
    assert data[LISTS]["rules"][1]["name"] == "rude"
    data = tomllib.loads(dropped(WORDS, LISTS, 0))
    assert [each["name"] for each in data["blocklists"]] == ["far", "lonely"]
    assert [each["name"] for each in data[LISTS]["rules"]] == ["far"]


def test_what_is_as_usual_is_not_written():
    text = changed(WORDS, LISTS, 0, "is_leet_check_enabled", False)
    text = changed(text, LISTS, 0, "label", "")
    text = changed(text, LISTS, 0, "is_spacing_check_enabled", False)
    assert tomllib.loads(text)["blocklists"][0] == {
        "name": "insults",
        "words": ["a"],
        "is_spacing_check_enabled": False,
    }
    text = changed(text, LISTS, 0, "is_spacing_check_enabled", True)
    text = changed(text, LISTS, 0, "words", ["c", "d"])
    assert tomllib.loads(text)["blocklists"][0] == {"name": "insults", "words": ["c", "d"]}


def test_a_list_of_another_file_keeps_all_but_its_action(tmp_path):
    (tmp_path / "more.toml").write_text('[[blocklists]]\nname = "more"\nwords = ["x"]\n', "utf-8")
    text = 'key = "chat"\nblocklist_files = ["more.toml"]\n'
    policies = Policies()
    place = str(tmp_path / "p.toml")
    edit = Edit((LISTS, 0, "action"), "change", "remove")
    answer = edited(EditPolicy("1", PolicyText(text, place), (edit,)), policies)
    assert tomllib.loads(answer.text)[LISTS]["rules"] == [{"name": "more", "action": "remove"}]
    policy = policies.read(PolicyText(answer.text, place)).policy
    assert policy is not None
    (found,) = FORMS[0].places(policy, tomllib.loads(answer.text), LocalModels())
    assert set(found.row.values) - set(found.row.fixed) == {"action"}
    assert "" in found.row.fixed
    assert found.row.note == "1 entries · in another file, change it there"


# -- semantic filters


def test_filters_come_first_then_rules_about_those_elsewhere():
    form = form_of(PHRASES, SEMANTIC)
    assert cells(form) == [
        ["phishing", "bounce_remove", "0.8", "", "high", "1"],
        ["unused", "not used", "", "", "", "1"],
        ["elsewhere", "flag", "0.5", "", "", "at Stream"],
    ]
    assert [row.fixed for row in form.rows] == [
        (),
        ("threshold",),
        ("label", "severity", "phrases"),
    ]
    assert form.source.startswith("Likeness of words, without a model")


def test_threshold_and_action_are_the_rules_the_rest_is_the_filters():
    text = changed(PHRASES, SEMANTIC, 0, "threshold", 0.6)
    text = changed(text, SEMANTIC, 0, "label", "SCAM")
    text = changed(text, SEMANTIC, 0, "severity", "")
    text = changed(text, SEMANTIC, 0, "phrases", ["a", "b"])
    text = changed(text, SEMANTIC, 1, "action", "flag")
    data = tomllib.loads(text)
    assert data["semantic_filters"][0] == {
        "name": "phishing",
        "phrases": ["a", "b"],
        "label": "SCAM",
    }
    assert data[SEMANTIC]["rules"][1:] == [
        {"name": "phishing", "action": "bounce_remove", "threshold": 0.6},
        {"name": "unused", "action": "flag", "threshold": 0.75},
    ]
    assert "# Stream's" in text


# -- AI text


def test_rules_about_harms_say_what_happens_at_each_severity():
    form = form_of(HARMS, TEXTS, TEXT_MODEL)
    assert cells(form) == [
        ["hate speech", "keep", "flag", "flag", "remove", "yes"],
        ["PII", *["mask_flag"] * 4, "no"],
    ]
    tones = [cell.tone for cell in form.rows[0].cells]
    action, dim = Tone.ACTION, Tone.DIM
    assert tones == [Tone.PLAIN, action, dim, dim, action, Tone.GOOD]
    assert form.switches[0].path == ("bodyguard_config", "enabled")
    assert form.source == ("Judged by the local classifier by words; Stream's labels may differ.")
    on = form_of(HARMS.replace("enabled = false", ""), TEXTS, TEXT_MODEL)
    assert on.source.endswith("Its old severity_rules count for every other label.")
    assert form.rows[1].note == "The local classifier does not know this label; only Stream may."
    assert form.rows[1].more == "The local classifier knows HATE_SPEECH."
    label = form.fields[0]
    assert "HATE_SPEECH" in [word.name for word in label.words]


def test_without_a_model_the_form_says_what_is_needed():
    form = form_of(HARMS, TEXTS)
    assert form.source == "Needs a local model or Stream: nothing is judged here."
    assert form.rows[0].note == "No local model: only Stream judges by this rule."


@given(
    st.lists(
        st.tuples(
            st.integers(0, 1),
            st.sampled_from(("action", *names(SEVERITIES))),
            st.sampled_from(("", *names(HARM_ACTIONS))),
        ),
        max_size=6,
    )
)
def test_whatever_is_chosen_is_what_the_text_says_then(choices):
    text = HARMS
    for at, field, action in choices:
        if form_of(text, TEXTS).rows[at].values[field] != action:
            text = changed(text, TEXTS, at, field, action)
        assert form_of(text, TEXTS).rows[at].values[field] == action
    assert text.startswith('key = "chat"  # mine\n')


def test_a_new_rule_has_a_label_that_is_known_here_and_free():
    text = 'key = "chat"\n'
    for _ in range(3):
        text = added(text, TEXTS, TEXT_MODEL)
    labels = [row.name for row in form_of(text, TEXTS).rows]
    assert labels == ["HATE_SPEECH", "NEW_LABEL", "NEW_LABEL_2"]


# -- AI images


def test_rules_about_images_say_from_which_confidence_on():
    form = form_of(PICTURES, IMAGES, IMAGE_MODEL)
    assert cells(form) == [
        ["Violence", "remove", "80", "yes"],
        ["Alcohol", "bounce_flag", "50", "no"],
    ]
    assert [row.note for row in form.rows] == [
        "",
        "Also Drinking. The local classifier does not know this label; only Stream may.",
    ]
    assert form.source == "Judged by the local classifier by bytes; Stream's labels may differ."
    without = form_of(PICTURES, IMAGES)
    assert without.source == (
        "Judged here on pictures of calls. Others need a model of your own, or Stream."
    )


@pytest.mark.parametrize(("value", "written"), [(72.5, "72.5"), (60.0, "60")])
def test_a_confidence_is_written_as_a_person_would(value, written):
    text = changed(PICTURES, IMAGES, 0, "min_confidence", value)
    assert f"min_confidence = {written} }},  # sure" in text


def test_new_rules_about_images_take_the_labels_that_are_left():
    text = 'key = "chat"\n'
    for _ in range(12):
        text = added(text, IMAGES)
    labels = [row.name for row in form_of(text, IMAGES).rows]
    assert labels[0] == "Explicit"
    assert labels[-2:] == ["New label", "New label 2"]
    assert len(set(labels)) == 12
