"""Names of people: judged by lists, however they are written."""

import pytest

from console.domain.impersonation import SHUT_OUT
from console.domain.item import Name
from console.domain.results import NOTHING
from console.domain.verdict import FLAG, KEEP, LOOK_ALIKE, REMOVE, Severity
from console.policy.coverage import unevaluated
from console.policy.evaluator import Evaluator
from console.policy.model import NamesConfig
from console.policy.names import judge_name
from console.policy.policy_file import read_policy
from console.policy.policy_text import write_policy
from console.policy.stream_config import to_stream
from console.policy.text.name_parts import name_parts

LISTS = """
key = "custom:captions"
[block_list_config]
rules = [{ name = "insults", action = "flag" }, { name = "turkish", action = "flag" }]
[[blocklists]]
name = "insults"
words = ["dimwit", "dirty dog"]
[[blocklists]]
name = "turkish"
language = "tr"
words = ["salak"]
[[blocklists]]
name = "brands"
words = ["acme"]
"""


def policy_of(text):
    read = read_policy(text, "test")
    assert read.policy is not None, read.errors
    return read.policy


def judge(name, names=""):
    return Evaluator(policy_of(LISTS + names)).judge_name(name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("dimwit", ["dimwit"]),
        ("BigDimwit42", ["Dimwit"]),
        ("x_dimwit_x", ["dimwit"]),
        ("Dirty.Dog", ["Dirty.Dog"]),
        ("theDirtyDog", ["DirtyDog"]),
        ("Dimwitty Jones", []),
        ("Ann Lind", []),
        ("", []),
    ],
)
def test_words_are_found_however_a_name_is_put_together(name, words):
    judgement = judge(name)
    assert [name[match.start : match.end] for match in judgement.matches] == words
    assert judgement.action == (FLAG if words else KEEP)


def test_a_list_of_a_language_counts_where_the_policy_says_so():
    assert judge("Salak").action == KEEP
    assert judge("Salak", '[names]\nlanguages = ["tr"]').action == FLAG


def test_lists_may_count_for_names_alone_or_otherwise():
    more = '[names]\nrules = [{ name = "brands", action = "remove" }]'
    assert judge("AcmeSupport", more).action == REMOVE
    assert judge("dimwit", more).action == FLAG
    stronger = '[names]\nrules = [{ name = "insults", action = "remove" }]'
    assert judge("dimwit", stronger).action == REMOVE


def test_no_other_list_may_count():
    only = '[names]\nonly_these = true\nrules = [{ name = "brands", action = "flag" }]'
    assert (judge("dimwit", only).action, judge("acme", only).action) == (KEEP, FLAG)
    assert judge("dimwit", "[names]\nenabled = false") == NOTHING


def test_what_is_allowed_means_no_harm():
    allowed = '[names]\nallowed = ["Dimwit Brewery"]'
    assert judge("Dimwit Brewery", allowed).action == KEEP
    assert judge("Dimwit", allowed).action == FLAG


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ('[names]\nrules = [{ name = "none", action = "flag" }]', "no list called “none”"),
        ('[names]\nprotect = ["Support"]', "did you mean “protected”"),
        ('[names]\nlook_alikes = "shoot"', "“shoot” is unknown"),
    ],
)
def test_mistakes_are_told_with_their_line(names, sentence):
    (error,) = read_policy(LISTS + names, "test").errors
    assert sentence in error.sentence
    assert error.line > LISTS.count("\n")


def test_the_section_is_written_and_read_and_stays_here():
    section = '[names]\nprotected = ["Support"]\nlook_alike_severity = "low"'
    policy = policy_of(LISTS + section)
    again = policy_of(write_policy(policy))
    assert (
        again.names
        == policy.names
        == NamesConfig(protected=("Support",), look_alike_severity=Severity.LOW)
    )
    assert "names" not in to_stream(policy)[0]
    assert not unevaluated(policy)


def test_a_look_alike_weighs_with_what_lists_say():
    config = NamesConfig()
    found = judge_name(Name("Dimwit", "Dimwlt", "host"), config, judge("Dimwit"))
    assert [match.kind for match in found.matches] == ["word", LOOK_ALIKE]
    assert found.severity is Severity.HIGH
    off = NamesConfig.model_construct(look_alikes=KEEP)
    assert judge_name(Name("Annie", "Annle", "host"), off, NOTHING) == NOTHING
    assert judge_name(Name("A"), config, NOTHING) == NOTHING


def test_the_very_same_name_is_less_grave_than_one_that_only_passes_for_it():
    config = NamesConfig()
    same = judge_name(Name("Aoife Castillo", "Aoife Castillo", "host"), config, NOTHING)
    assert (same.severity, same.labels) == (Severity.MEDIUM, ("SAME_NAME",))
    assert same.why == "It is the same name as that of a host of this call."
    for other in ("Aoife Casti11o", "Aoife\u200b Castillo", "Aoife Castillo (host)"):
        found = judge_name(Name(other, "Aoife Castillo", "host"), config, NOTHING)
        assert (found.severity, found.labels) == (Severity.HIGH, ("IMPERSONATION",))
    protected = judge_name(Name("Support", "Support"), config, NOTHING)
    assert protected.severity is Severity.HIGH, "a name that nobody may have is nobody's"


def test_a_name_like_that_of_somebody_banned_is_low_and_a_setting():
    name = Name("Dorian Pike", "Dorian Pike", SHUT_OUT)
    found = judge_name(name, NamesConfig(), NOTHING)
    assert (found.severity, found.labels) == (Severity.LOW, ("BAN_EVASION",))
    assert found.why == "Somebody with such a name is banned or blocked under another id."
    off = policy_of(LISTS + '[names]\nbanned_names = "keep"').names
    assert judge_name(name, off, NOTHING) == NOTHING


def test_what_the_very_same_name_does_is_a_setting():
    name = Name("Aoife Castillo", "Aoife Castillo", "host")
    grave = policy_of(LISTS + '[names]\nsame_name_severity = "critical"').names
    assert judge_name(name, grave, NOTHING).severity is Severity.CRITICAL
    off = policy_of(LISTS + '[names]\nsame_names = "keep"').names
    assert judge_name(name, off, NOTHING) == NOTHING
    assert judge_name(Name("Aoife Casti11o", "Aoife Castillo", "host"), off, NOTHING) != NOTHING


@pytest.mark.parametrize("name", ["Ann", "", "ANN", "🎉", "İ", "a\u0301b"])
def test_names_of_one_part_are_left_as_they_are(name):
    assert name_parts(name) is None
