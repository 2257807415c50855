from console.base.errors import WorldError
from console.domain.verdict import Severity
from console.policy.model import Blocklist, BlocklistRule, ListType
from console.policy.policy_file import read_policy

GOOD = """
key = "chat:messaging"

[block_list_config]
enabled = true
match_substring = true
rules = [{ name = "insults", action = "remove" }]

[ai_text_config]
rules = [{ label = "SCAM", severity_rules = [{ severity = "low", action = "flag" }] }]

[[blocklists]]
name = "insults"
words = ["moron"]
label = "INSULT"
severity = "high"
is_leet_check_enabled = true

[[blocklists]]
name = "numbers"
type = "regex"
words = ['\\d+']
"""


def sentences(text):
    read = read_policy(text, "p.toml")
    assert read.policy is None
    return [str(error) for error in read.errors]


def test_a_good_file_is_read_whole():
    read = read_policy(GOOD, "p.toml")
    assert read.errors == ()
    policy = read.policy
    assert policy is not None
    assert policy.key == "chat:messaging"
    assert policy.match_substring
    assert policy.block_list_rules == (BlocklistRule(name="insults", action="remove"),)
    assert policy.find_list("insults") == Blocklist(
        name="insults",
        words=("moron",),
        label="INSULT",
        severity=Severity.HIGH,
        is_leet_check_enabled=True,
    )
    assert policy.find_list("numbers") == Blocklist(
        name="numbers", type=ListType.REGEX, words=(r"\d+",)
    )
    assert policy.find_list("others") is None
    assert policy.sections["ai_text_config"]["rules"][0]["label"] == "SCAM"


def test_all_errors_come_at_once_with_line_and_key():
    text = """
key = "not a key"
colour = 1
[[blocklists]]
name = "a"
type = "regex"
words = [
  "fine",
  "(?=x)",
  7,
]
[[blocklists]]
name = "a"
severity = "awful"
lable = "A"
words = "w"
is_leet_check_enabled = "yes"
[block_list_config]
rules = [
  { name = "b", action = "explode" },
  3,
]
"""
    assert sentences(text) == [
        "p.toml:2: key: expected a key such as chat, chat:messaging or custom:captions.",
        "p.toml:3: colour: is unknown here.",
        "p.toml:9: blocklists[0].words[1]: RE2 refuses the pattern “(?=x)”: invalid perl "
        "operator: (?=.",
        "p.toml:10: blocklists[0].words[2]: expected text in quotes, not a number.",
        "p.toml:13: blocklists[1].name: there is a list called “a” already.",
        "p.toml:14: blocklists[1].severity: “awful” is unknown; expected one of none, low, "
        "medium, high, critical.",
        "p.toml:15: blocklists[1].lable: is unknown; did you mean “label”?",
        "p.toml:16: blocklists[1].words: expected a list of texts, not text.",
        "p.toml:17: blocklists[1].is_leet_check_enabled: expected true or false, not text.",
        "p.toml:20: block_list_config.rules[0].action: “explode” is unknown; expected one of "
        "flag, mask, mask_flag, shadow, remove, bounce, bounce_flag, bounce_remove.",
        "p.toml:20: block_list_config.rules[0].name: there is no list called “b”.",
        "p.toml:21: block_list_config.rules[1]: expected a table, not a number.",
    ]


def test_what_is_not_toml_is_one_error_with_its_line():
    assert sentences('key = "a"\nkey = \n') == ["p.toml:2: not TOML: Invalid value."]
    assert sentences('a = """') == ["p.toml:1: not TOML: Unterminated string."]


def test_missing_values_are_named():
    assert sentences("[[blocklists]]\n") == [
        "p.toml:1: “key” is missing.",
        "p.toml:1: blocklists[0]: “name” is missing.",
        "p.toml:1: blocklists[0]: “words” is missing.",
    ]


def test_an_entry_that_cannot_match_is_an_error():
    text = 'key = "chat"\n[[blocklists]]\nname = "a"\nwords = ["", "!!"]\n'
    assert sentences(text) == [
        "p.toml:4: blocklists[0].words[0]: an entry must not be empty.",
    ]


def test_too_long_a_list_is_an_error():
    words = ", ".join(f'"w{number}"' for number in range(10_001))
    assert sentences(f'key = "chat"\n[[blocklists]]\nname = "a"\nwords = [{words}]\n') == [
        "p.toml:4: blocklists[0].words: holds 10001 entries; at most 10000 are allowed."
    ]


FILES = """key = "chat"
blocklist_files = ["a.toml"]
[block_list_config]
rules = [{ name = "a", action = "flag" }]
"""


def test_lists_may_live_in_other_files():
    read = read_policy(
        FILES, "p", {"a.toml": '[[blocklists]]\nname = "a"\nwords = ["x"]'}.__getitem__
    )
    assert read.errors == ()
    assert read.policy is not None
    assert read.policy.blocklists == (Blocklist(name="a", words=("x",)),)


def test_errors_in_other_files_carry_their_name():
    def errors(text):
        return [str(error) for error in read_policy(FILES, "p", lambda name: text).errors]

    assert errors('[[blocklists]]\nname = "a"\nwords = [1]\n') == [
        "a.toml:3: blocklists[0].words[0]: expected text in quotes, not a number."
    ]
    assert errors("=")[1:] == ["a.toml:1: not TOML: Invalid statement."]


def test_a_file_that_cannot_be_read_is_an_error():
    def gone(name):
        raise WorldError(f"{name} is not there.")

    read = read_policy(FILES, "p", gone)
    assert str(read.errors[0]) == "p:2: blocklist_files[0]: a.toml is not there."
    read = read_policy(FILES, "p")
    assert str(read.errors[0]) == "p:2: blocklist_files[0]: “a.toml” cannot be read here."
