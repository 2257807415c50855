"""What the controls of the form ask the engine to change."""

from console.protocol.lab import Edit
from console.protocol.lab_summary import ListSummary, PolicySummary, RuleSummary
from console.ui.lab import form_edits

INSULTS = ListSummary(
    index=0,
    name="insults",
    type="word",
    words=("a",),
    count=1,
    action="flag",
)
LONELY = ListSummary(index=1, name="lonely", type="word", words=(), count=0)
SUMMARY = PolicySummary(
    key="chat",
    lists=(INSULTS, LONELY),
    rules=(RuleSummary(index=4, name="insults", action="flag"),),
)


def test_an_action_changes_the_rule_makes_one_or_takes_it_away():
    rules = ("block_list_config", "rules")
    assert form_edits.acting(SUMMARY, INSULTS, "remove") == (
        Edit((*rules, 4, "action"), "set", "remove"),
    )
    assert form_edits.acting(SUMMARY, INSULTS, "") == (Edit((*rules, 4), "remove"),)
    assert form_edits.acting(SUMMARY, LONELY, "flag") == (
        Edit(rules, "append", {"name": "lonely", "action": "flag"}),
    )
    assert form_edits.acting(SUMMARY, LONELY, "") == ()


def test_another_name_goes_to_the_rule_as_well():
    assert form_edits.renamed(SUMMARY, INSULTS, "rude") == (
        Edit(("blocklists", 0, "name"), "set", "rude"),
        Edit(("block_list_config", "rules", 4, "name"), "set", "rude"),
    )


def test_switches_are_written_only_where_they_are_not_the_default():
    leet, spacing = "is_leet_check_enabled", "is_spacing_check_enabled"
    assert form_edits.switched(INSULTS, leet, True)[0] == Edit(("blocklists", 0, leet), "set", True)
    assert form_edits.switched(INSULTS, leet, False)[0].op == "remove"
    assert form_edits.switched(INSULTS, spacing, True)[0].op == "remove"
    assert form_edits.switched(INSULTS, spacing, False)[0].value is False


def test_an_empty_field_is_taken_away():
    assert form_edits.field(INSULTS, "label", "") == (Edit(("blocklists", 0, "label"), "remove"),)


def test_a_list_goes_with_its_rule():
    assert [edit.path for edit in form_edits.without_list(SUMMARY, INSULTS)] == [
        ("blocklists", 0),
        ("block_list_config", "rules", 4),
    ]
    assert len(form_edits.without_list(SUMMARY, LONELY)) == 1


def test_names_do_not_collide():
    assert form_edits.free_name(SUMMARY, "lonely") == "lonely 2"
    assert form_edits.free_name(SUMMARY, "new list") == "new list"


def test_entries_are_the_lines_without_doubles():
    assert form_edits.lines_of(" a \n\nb\na\n") == ("a", "b")
