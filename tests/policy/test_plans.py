"""Which stages look at a text, and what stands for those that do not."""

from console.domain.local_models import LocalModels
from console.domain.stages import NotLooked, Reason, Stage, gap_in_meaning
from console.policy.evaluator import Evaluator
from console.policy.policy_file import read_policy
from tests.policy.word_classifiers import WordClassifier

POLICY = """
key = "chat"
[[blocklists]]
name = "insults"
words = ["fool"]
[block_list_config]
rules = [{ name = "insults", action = "flag" }]
[ai_text_config]
rules = [{ label = "SCAM", action = "flag" }]
"""
ENGLISH = WordClassifier({"prize": "SCAM"}, languages=frozenset(("en",)))
NO_PATTERNS = NotLooked(Stage.PATTERNS, Reason.NO_RULE)
NO_FILTERS = NotLooked(Stage.MEANING, Reason.NO_RULE)


def evaluator(classifier=ENGLISH):
    policy = read_policy(POLICY, "p").policy
    assert policy is not None
    return Evaluator(policy, models=LocalModels(text=classifier))


def test_what_looked_at_a_clean_text_is_said():
    judgement = evaluator().judge("good morning", spoken="en-GB")
    assert judgement.looked == (Stage.LISTS, Stage.AI_TEXT)
    assert set(judgement.not_looked) == {NO_PATTERNS, NO_FILTERS}
    assert gap_in_meaning(judgement.looked, judgement.not_looked) is None


def test_a_model_is_not_asked_about_a_language_that_it_does_not_know():
    asked = evaluator()
    judgement = asked.judge("your prize", spoken="th")
    why = NotLooked(Stage.AI_TEXT, Reason.LANGUAGE, "th")
    assert (judgement.action, judgement.looked) == ("keep", (Stage.LISTS,))
    assert why in judgement.not_looked
    assert gap_in_meaning(judgement.looked, judgement.not_looked) == why
    assert asked.judge("your prize", spoken="en").action == "flag"
    assert asked.judge("your prize").action == "flag", "not known: it is tried"
    assert asked.judge("your prize", spoken="und-Cyrl").action == "keep"
    assert evaluator(WordClassifier(ENGLISH.words)).judge("your prize", spoken="th").looked == (
        Stage.LISTS,
        Stage.AI_TEXT,
    ), "a model of any language"


def test_lists_look_whatever_the_language():
    judgement = evaluator().judge("fool", spoken="th")
    assert judgement.action == "flag"
    assert gap_in_meaning(judgement.looked, judgement.not_looked) is not None


def test_no_model_and_no_time_are_told_apart():
    without = evaluator(None).judge("your prize", spoken="en")
    hurried = evaluator().judge("your prize", spoken="en", by_models=False)
    assert NotLooked(Stage.AI_TEXT, Reason.NO_MODEL) in without.not_looked
    assert NotLooked(Stage.AI_TEXT, Reason.LOAD) in hurried.not_looked


def test_a_policy_that_asks_for_no_meaning_has_no_gap():
    policy = read_policy('key = "chat"\n', "p").policy
    assert policy is not None
    judgement = Evaluator(policy).judge("good morning", spoken="th")
    assert gap_in_meaning(judgement.looked, judgement.not_looked) is None


def test_stream_judges_meaning_by_itself():
    why = NotLooked(Stage.AI_TEXT, Reason.NO_MODEL)
    assert gap_in_meaning((Stage.LISTS,), (why,)) == why
    assert gap_in_meaning((Stage.STREAM,), (why,)) is None


LISTS = """
key = "chat"
[[blocklists]]
name = "insults"
words = ["fool"]
language = "en"
[block_list_config]
rules = [{ name = "insults", action = "flag" }]
"""


def test_lists_alone_judge_only_the_languages_that_they_are_for():
    policy = read_policy(LISTS, "p").policy
    assert policy is not None
    german, english = (Evaluator(policy).judge("guten Tag", spoken=each) for each in ("de", "en"))
    why = NotLooked(Stage.LISTS, Reason.LANGUAGE, "de")
    assert gap_in_meaning(german.looked, german.not_looked) == why
    assert (english.looked, gap_in_meaning(english.looked, english.not_looked)) == (
        (Stage.LISTS,),
        None,
    )


def test_a_model_that_looked_makes_up_for_lists_of_other_languages():
    policy = read_policy(
        LISTS + '[ai_text_config]\nrules = [{ label = "SCAM", action = "flag" }]', "p"
    )
    assert policy.policy is not None
    models = LocalModels(text=WordClassifier(ENGLISH.words))
    judgement = Evaluator(policy.policy, models=models).judge("guten Tag", spoken="de")
    assert NotLooked(Stage.LISTS, Reason.LANGUAGE, "de") in judgement.not_looked
    assert gap_in_meaning(judgement.looked, judgement.not_looked) is None
