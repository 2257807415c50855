"""Each question is answered at most once, and survives a restart or is failed with a sentence."""

import shiboken6
from PySide6.QtCore import QObject

from console.domain.sign_in import Method, Profile
from console.protocol.connection import ConnectionTested, TestConnection
from console.protocol.lab import (
    AskWords,
    CheckPolicy,
    ListWords,
    PolicyChecked,
    PolicyText,
    PolicyUsed,
    TextTried,
    TryText,
    UsePolicy,
)
from console.protocol.lab_runs import RunProgress

POLICY = PolicyText("key = 'chat'")
PROFILE = Profile(name="main", api_key="key", method=Method.SECRET)


def test_an_answer_reaches_who_asked_once(link, engine):
    got: list[object] = []
    link.ask(AskWords("1", POLICY, "a"), got.append)
    answer = ListWords("1", ("x",))
    engine.say(answer)
    engine.say(answer)
    assert got == [answer]
    assert link.waiting == 0


def test_only_the_newest_check_and_try_are_waited_for(link, engine):
    checks: list[PolicyChecked] = []
    tries: list[TextTried] = []
    link.ask(CheckPolicy("1", POLICY), checks.append)
    link.ask(TryText("2", POLICY, "a"), tries.append)
    link.ask(CheckPolicy("3", POLICY), checks.append)
    engine.say(PolicyChecked("1"))
    engine.say(TextTried("2"))
    engine.say(PolicyChecked("3"))
    assert [each.request_id for each in checks] == ["3"]
    assert [each.request_id for each in tries] == ["2"]


def test_a_question_that_may_be_repeated_is_asked_again_of_the_next_engine(link, engine, qtbot):
    got: list[object] = []
    engine.begin()  # the first engine: nothing was lost
    question = CheckPolicy("1", POLICY)
    link.ask(question, got.append)
    engine.die()
    assert got == []
    with qtbot.waitSignal(link.restarted):
        engine.begin()
    assert engine.sent == [question, question]
    engine.say(PolicyChecked("1"))
    assert got == [PolicyChecked("1")]


def test_a_question_that_may_not_be_repeated_is_failed_with_a_sentence(link, engine):
    tested: list[ConnectionTested] = []
    used: list[PolicyUsed] = []
    link.ask(TestConnection("1", PROFILE, "hush"), tested.append)
    link.ask(UsePolicy("2", POLICY), used.append)
    engine.die("The engine crashed.")
    engine.begin()
    assert tested == [ConnectionTested("1", sentence="The engine crashed.")]
    assert used == [PolicyUsed("2", sentence="The engine crashed.")]
    assert len(engine.sent) == 2


def test_what_is_asked_without_an_engine_waits_for_the_next_one(link, engine):
    used: list[PolicyUsed] = []
    engine.die()
    question = UsePolicy("1", POLICY)
    link.ask(question, used.append)
    assert engine.sent == []
    engine.die()  # it fails to start once more
    engine.begin()
    assert engine.sent == [question]
    assert used == []


def test_an_engine_of_another_version_answers_nothing(link, engine):
    got: list[ListWords] = []
    link.ask(AskWords("1", POLICY, "a"), got.append)
    engine.refused.emit("The engine speaks version 9.")
    assert got == [ListWords("1", sentence="The engine speaks version 9.")]


class Asker(QObject):
    def __init__(self, got):
        super().__init__()
        self.got = got

    def answered(self, answer):
        self.got.append(answer)


def test_a_dialog_that_is_gone_gets_no_answer(link, engine):
    got: list[object] = []
    asker = Asker(got)
    link.ask(AskWords("1", POLICY, "a"), asker.answered)
    shiboken6.delete(asker)
    engine.say(ListWords("1"))
    assert got == []


def test_a_question_that_is_forgotten_gets_no_answer(link, engine):
    got: list[object] = []
    link.forget(link.ask(AskWords("1", POLICY, "a"), got.append))
    engine.say(ListWords("1"))
    assert got == []


def test_news_of_runs_go_to_everybody(link, engine, qtbot):
    with qtbot.waitSignal(link.run_news) as told:
        engine.say(RunProgress(run_id="r", done=1))
    assert told.args[0].run_id == "r"
