"""Local verdicts: words at once, models within a limit, and nothing lost to a mistake."""

import threading

import pytest
from msgspec.structs import replace

from console.domain.item import Item, Text
from console.domain.local_models import Harm, LocalModels
from console.domain.spoken_language import KnownBy
from console.domain.stages import NotLooked, Reason, Stage
from console.domain.verdict import Severity
from console.engine.local_policy import BY_WORDS, MODELS_S, LocalJudge
from console.policy.evaluator import Evaluator
from console.policy.policy_file import read_policy

POLICY = """
key = "custom:captions"
[block_list_config]
rules = [{ name = "rude", action = "flag" }]
[[blocklists]]
name = "rude"
words = ["muppet"]
[ai_text_config]
rules = [{ label = "SCAM", action = "remove" }]
"""


class Watch:
    """A clock that stands still but for what classifying takes."""

    def __init__(self):
        self.at = 100.0

    def now(self):
        return self.at

    def monotonic(self):
        return self.at

    async def sleep(self, seconds):
        self.at += seconds


class Classifier:
    """Finds a scam where "prize" is said; every text takes ``seconds`` of ``clock``."""

    name = "words of the test"
    labels = ("SCAM",)
    languages = frozenset(("en",))

    def __init__(self, clock, seconds):
        self._clock = clock
        self._seconds = seconds
        self.threads = set()

    def ready(self):
        pass

    def classify(self, text):
        self.threads.add(threading.current_thread())
        self._clock.at += self._seconds
        if text == "boom":
            raise RuntimeError(text)
        return (Harm("SCAM", Severity.HIGH, 0.9),) if "prize" in text else ()


def line(number, text):
    return Item(
        item_id=f"u{number}",
        kind="caption",
        cid="default:a",
        session_id="s",
        author_id="ann",
        author_name="Ann",
        body=Text(text),
        start_time=float(number),
        end_time=float(number),
        received_at=99.0,
    )


@pytest.fixture
def clock():
    return Watch()


def judge_with(clock, classifier, problems=None, *, provisional=True):
    models = LocalModels(text=classifier) if classifier is not None else LocalModels()
    policy = read_policy(POLICY, "p").policy
    assert policy is not None
    evaluator = Evaluator(policy, models=models)
    told = problems if problems is not None else []
    return LocalJudge(
        lambda: evaluator, clock, provisional=provisional, problem=lambda *what: told.append(what)
    )


async def test_no_policy_gives_no_verdict(clock):
    judge = LocalJudge(lambda: None, clock, provisional=True, problem=print)
    assert await judge.judge([line(1, "muppet"), line(2, "hi")]) == [None, None]


async def test_words_alone_are_looked_up_at_once(clock):
    verdicts = await judge_with(clock, None).judge([line(1, "you muppet"), line(2, "a prize")])
    assert [(each.item_id, each.action) for each in verdicts] == [
        ("u1", "flag"),
        ("u2", "keep"),
    ]
    assert [each.waited_ms for each in verdicts] == [1000.0, 1000.0]


def test_a_text_is_weighed_by_its_words_alone(clock):
    judge = judge_with(clock, None)
    assert judge.weigh("you muppet", "en") > judge.weigh("a prize", "en") == 0
    assert LocalJudge(lambda: None, clock, provisional=True, problem=print).weigh("x", "en") == 0


async def test_a_model_judges_in_another_thread(clock):
    classifier = Classifier(clock, 0.002)
    judge = judge_with(clock, classifier)
    [verdict] = await judge.judge([line(1, "you won a prize")])
    assert (verdict.action, verdict.labels, verdict.severity) == ("remove", ("SCAM",), "high")
    assert verdict.why.startswith("Local classifier words of the test: SCAM, high (0.90)")
    assert verdict.checked_ms == pytest.approx(2.0)
    assert classifier.threads.isdisjoint({threading.main_thread()})
    assert judge.skipped_models == 0


async def test_beyond_the_limit_words_judge_alone_say_so_and_are_counted(clock):
    judge = judge_with(clock, Classifier(clock, MODELS_S / 2 + 0.001))
    texts = ["a prize", "a prize", "a prize, muppet", "a prize"]
    verdicts = await judge.judge([line(at, text) for at, text in enumerate(texts)])
    assert [each.action for each in verdicts] == ["remove", "remove", "flag", "keep"]
    assert verdicts[2].why == f"Word list “rude” matched 1 word. {BY_WORDS}"
    assert verdicts[3].why == BY_WORDS
    assert judge.skipped_models == 2
    [later] = await judge.judge([line(9, "a prize")])
    assert later.action == "remove"
    assert judge.skipped_models == 2


@pytest.mark.expects_errors
async def test_a_mistake_costs_one_verdict_and_is_told(clock):
    problems: list[tuple[str, ...]] = []
    judge = judge_with(clock, Classifier(clock, 0.001), problems)
    verdicts = await judge.judge([line(1, "boom"), line(2, "you muppet")])
    assert verdicts[0] is None
    assert verdicts[1].action == "flag"
    assert problems == [("policy", "The local policy failed (RuntimeError).")]


async def test_a_line_says_which_stages_looked_at_it_and_which_did_not(clock):
    classifier = Classifier(clock, 0.0)
    with_secret = judge_with(clock, classifier)
    without = judge_with(clock, classifier, provisional=False)
    thai = replace(line(1, "prize"), language="th", language_by=KnownBy.LETTERS)

    (english,) = await with_secret.judge([line(2, "a prize")])
    (other,) = await without.judge([thai])

    assert english is not None
    assert other is not None
    assert (english.action, english.looked, english.gap) == (
        "remove",
        (Stage.LISTS, Stage.AI_TEXT),
        None,
    )
    assert other.action == "keep"
    assert other.gap == NotLooked(Stage.AI_TEXT, Reason.LANGUAGE, "th")
    assert NotLooked(Stage.STREAM, Reason.NO_SECRET) in other.not_looked


async def test_a_line_that_came_with_too_many_others_says_that_no_model_looked(clock):
    judging = judge_with(clock, Classifier(clock, 1.0))
    _, second = await judging.judge([line(1, "a"), line(2, "b")])
    assert second is not None
    assert second.gap == NotLooked(Stage.AI_TEXT, Reason.LOAD)
