import msgspec

from console.policy.difference import difference
from console.policy.model import Blocklist, BlocklistRule, ListType, Policy, StandIn

MINE = Policy(
    key="chat",
    blocklists=(Blocklist(name="a", words=("x", "y")),),
    block_list_rules=(BlocklistRule(name="a"),),
)


def changed(**more):
    return msgspec.structs.replace(MINE, **more)


def test_the_same_is_no_difference():
    assert difference(MINE, MINE).sentences == ()
    assert difference(MINE, MINE).config is None


def test_everything_is_new_in_an_empty_app():
    found = difference(MINE, None)
    assert found.sentences == ("The list “a” is new: 2 entries.", "The config “chat” is new.")
    assert found.config is not None
    assert found.config["block_list_config"]["rules"] == [{"name": "a", "action": "flag"}]


def test_lists_are_compared_by_entries_and_flags():
    theirs = changed(
        blocklists=(Blocklist(name="a", words=("y", "z"), is_leet_check_enabled=True),)
    )
    found = difference(MINE, theirs)
    assert found.sentences == ("The list “a” changes: 1 added, 1 removed, is_leet_check_enabled.",)
    assert found.config is None


def test_what_is_only_ours_is_no_difference():
    theirs = changed(blocklists=(Blocklist(name="a", words=("x", "y"), label="L"),))
    assert difference(MINE, theirs).sentences == ()


def test_sections_are_named():
    theirs = changed(sections={"ai_text_config": {"enabled": True}}, match_substring=True)
    assert difference(MINE, theirs).sentences == (
        "The section ai_text_config is removed.",
        "The section block_list_config changes.",
    )


def test_stand_ins_and_lists_of_the_app_alone_are_left_alone():
    standing_in = changed(blocklists=(*MINE.blocklists, StandIn(name="s")))
    theirs = changed(blocklists=(*MINE.blocklists, Blocklist(name="theirs")))
    assert difference(standing_in, theirs).sentences == ()


def test_another_type_means_that_the_list_is_created_anew():
    theirs = changed(blocklists=(Blocklist(name="a", type=ListType.REGEX, words=("x",)),))
    found = difference(MINE, theirs)
    assert found.sentences == (
        "The list “a” is deleted and created anew: regex becomes word, 1 added.",
    )
    assert (found.lists[0].new, found.lists[0].replaced) == (False, True)


def test_what_a_server_adds_of_its_own_accord_is_no_difference():
    mine = changed(sections={"ai_text_config": {"rules": [{"label": "SCAM", "action": "flag"}]}})
    rule = {"label": "SCAM", "action": "flag", "severity_rules": [], "description": ""}
    section = {"rules": [rule], "async": False, "profile": None}
    theirs = changed(
        sections={"async": False, "team": "", "ai_text_config": section, "llm_config": {}}
    )
    assert difference(mine, theirs).sentences == ()


def test_a_section_that_is_switched_off_says_something():
    mine = changed(sections={"ai_text_config": {"enabled": False}, "async": True})
    theirs = changed(sections={"ai_text_config": {}})
    assert difference(mine, theirs).sentences == (
        "The section ai_text_config is new.",
        "The setting async is new.",
    )
