"""A phrase that is cut over several lines of one speaker is found, in all of them, and once."""

import json
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.paths import resources
from console.domain.verdict import EarlierWords
from console.policy.cli import main
from console.policy.evaluator import Evaluator
from console.policy.last_words import MAX_SECONDS, MAX_WORDS
from console.policy.line_judge import LineJudge
from console.policy.loader import read_policy_at
from console.policy.policy_file import read_policy
from tests.benchmarks.ordinary_speech import ordinary

POLICY = """
key = "custom:captions"
[block_list_config]
rules = [{ name = "words", action = "flag" }, { name = "numbers", action = "flag" }]
[[blocklists]]
name = "words"
severity = "high"
words = ["kill yourself", "shut up", "idiot", "nobody wants you here"]
exceptions = ["shut up shop"]
[[blocklists]]
name = "numbers"
type = "regex"
words = ['\\\\b(?:(?:one|two|three) ){3,}(?:one|two|three)\\\\b', '^start', 'end$']
""".replace("\\\\", "\\")


def own_policy():
    read = read_policy(POLICY, "p.toml")
    assert read.errors == ()
    assert read.policy is not None
    return Evaluator(read.policy)


@cache
def default_policy():
    policy = read_policy_at(resources() / "policies" / "default.toml").policy
    assert policy is not None
    return Evaluator(policy)


@pytest.fixture
def heard():
    """Judges lines of one speaker, a second apart; gives what is marked, by line."""
    judge = LineJudge(own_policy())

    def said(*lines, speaker="ann", every=1.0, begin=100.0):
        found = []
        for number, text in enumerate(lines):
            at = begin + number * every
            judgement = judge.judge(text, "", speaker, at, item=str(number))
            found.append(
                [
                    (
                        [lines[int(e.item)][e.start : e.end] for e in match.earlier],
                        text[match.start : match.end],
                    )
                    for match in judgement.matches
                ]
            )
        return found

    return said


def test_it_is_marked_in_both_lines_and_counts_for_the_later(heard):
    assert heard("you should kill", "yourself today") == [[], [(["kill"], "yourself")]]
    assert heard("shut", "up", speaker="bo") == [[], [(["shut"], "up")]]
    assert heard("i d i", "o t", speaker="cy") == [[], [(["i d i"], "o t")]]


def test_it_may_be_cut_over_more_than_two(heard):
    assert heard("well nobody", "wants", "you", "here again") == [
        [],
        [],
        [],
        [(["nobody", "wants", "you"], "here")],
    ]


def test_it_counts_once(heard):
    assert heard("oh kill", "yourself", "now", "please") == [[], [(["kill"], "yourself")], [], []]
    assert heard("you idiot", "idiot", speaker="bo") == [[([], "idiot")], [([], "idiot")]]
    one_number = heard("one two three one", "two three", "two", speaker="cy")
    assert [len(line) for line in one_number] == [1, 0, 0]


def test_other_speakers_say_other_things(heard):
    assert heard("kill") == [[]]
    assert heard("yourself", speaker="bo", begin=101.0) == [[]]


def test_after_a_pause_it_is_another_thought(heard):
    assert heard("kill", "yourself", every=MAX_SECONDS + 1) == [[], []]
    assert heard("kill", "yourself", every=MAX_SECONDS - 1, speaker="bo")[1]


def test_so_many_words_are_remembered(heard):
    filler = " ".join(["well"] * (MAX_WORDS - 1))
    assert heard(f"shut {filler}", "up") == [[], []]
    assert heard(f"{filler} shut", "up", speaker="bo")[1] == [(["shut"], "up")]


def test_an_exception_reaches_over_lines_too(heard):
    assert heard("we shut", "up shop") == [[], []]


def test_the_place_where_a_line_is_cut_is_no_edge_for_a_pattern(heard):
    filler = " ".join(["well"] * MAX_WORDS)
    assert heard(f"no start {filler}", "end well") == [[], []]
    long = " ".join(["word"] * 300)
    assert heard("well", f"end {long}", speaker="bo") == [[], []]


def test_a_line_that_comes_late_is_nobodys_last_words():
    judge = LineJudge(own_policy())
    said = [("kill", 100.0), ("other words", 95.0), ("yourself", 101.0)]
    raised = [bool(judge.judge(text, "", "ann", at, item=text).matches) for text, at in said]
    assert raised == [False, False, True]


def test_another_text_of_the_same_line_goes_on_from_the_same_words():
    judge = LineJudge(own_policy())
    judge.judge("kill", "", "ann", 100.0, item="a")
    for text, raised in (("yourse", False), ("yourself", True), ("yourself now", True)):
        assert bool(judge.judge(text, "", "ann", 101.0, item="b").matches) == raised


def test_lines_of_one_second_are_two_lines():
    judge = LineJudge(own_policy())
    judge.judge("kill", "", "ann", 100.0, item="1")
    match = judge.judge("yourself", "", "ann", 100.0, item="2").matches[0]
    assert match.earlier == (EarlierWords("1", 0, 4),)


def test_a_line_at_the_very_beginning_counts_and_lines_without_times_do_not():
    judge = LineJudge(own_policy())
    judge.judge("kill", "", "ann", 0.0, item="1")
    assert judge.judge("yourself", "", "ann", 2.0, item="2").matches
    judge.judge("kill", "", "bo", 0.0, item="1")
    assert not judge.judge("yourself", "", "bo", 0.0, item="2").matches


@pytest.mark.parametrize("group", ordinary(), ids=lambda group: group.name)
def test_ordinary_sentences_in_a_row_give_no_phrase_between_them(group):
    judge = LineJudge(default_policy())
    for number, text in enumerate(group.texts):
        judgement = judge.judge(text, group.language, "ann", 100.0 + 3 * number, item=str(number))
        assert not any(match.earlier for match in judgement.matches), text


@given(st.lists(st.text(max_size=60), max_size=6))
def test_every_place_lies_in_its_line_and_one_line_alone_is_judged_as_ever(lines):
    evaluator = default_policy()
    judge = LineJudge(evaluator)
    for number, text in enumerate((*lines, "kill", "yourself")):
        judgement = judge.judge(text, "", "ann", 100.0 + number, item=str(number))
        own = [match for match in judgement.matches if not match.earlier]
        assert own == list(evaluator.judge(text).matches)
        for match in judgement.matches:
            assert 0 <= match.start <= match.end <= len(text)
            for each in match.earlier:
                before = (*lines, "kill", "yourself")[int(each.item)]
                assert 0 <= each.start < each.end <= len(before)


def test_the_command_line_says_where_it_begins(tmp_path, capsys):
    rows = [
        {"speaker": "ann", "at": 1.0, "text": "you should kill"},
        {"speaker": "bo", "at": 1.5, "text": "excuse me"},
        {"speaker": "ann", "at": 2.0, "text": "yourself today"},
    ]
    source, policy = tmp_path / "said.jsonl", tmp_path / "p.toml"
    source.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    policy.write_text(POLICY, "utf-8")
    output = tmp_path / "out.jsonl"
    argv = ["run", str(policy), "--input", str(source), "--output", str(output), "--json"]
    assert main(argv) == 0
    assert json.loads(capsys.readouterr().out)["actions"] == {"keep": 2, "flag": 1}
    raised = json.loads(output.read_text("utf-8").splitlines()[2])
    assert raised["matches"][0]["earlier"] == [{"line": 1, "start": 11, "end": 15}]
    assert (raised["matches"][0]["start"], raised["matches"][0]["end"]) == (0, 8)
