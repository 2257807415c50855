"""Each question is answered at most once, and only the newest where that is enough."""

from console.domain.results import Judgement
from console.protocol.lab import (
    AskWords,
    CheckPolicy,
    ListWords,
    PolicyChecked,
    PolicyText,
    TextTried,
    TryText,
)
from console.protocol.lab_runs import RunProgress

POLICY = PolicyText("key = 'chat'")


def test_an_answer_reaches_who_asked_once(link, asked):
    got: list[object] = []
    link.ask(AskWords("1", POLICY, "a"), got.append)
    answer = ListWords("1", ("x",))
    link.take(answer)
    link.take(answer)
    assert got == [answer]
    assert link.waiting == 0


def test_only_the_newest_check_and_try_are_waited_for(link):
    checks: list[PolicyChecked] = []
    tries: list[TextTried] = []
    link.ask(CheckPolicy("1", POLICY), checks.append)
    link.ask(TryText("2", POLICY, "a"), tries.append)
    link.ask(CheckPolicy("3", POLICY), checks.append)
    link.take(PolicyChecked("1"))
    link.take(TextTried("2", Judgement()))
    link.take(PolicyChecked("3"))
    assert [each.request_id for each in checks] == ["3"]
    assert [each.request_id for each in tries] == ["2"]


def test_what_a_dead_engine_was_asked_is_forgotten_and_the_next_one_announced(link, qtbot):
    got: list[object] = []
    link.greet()  # the first engine: nothing was lost
    link.ask(CheckPolicy("1", POLICY), got.append)
    link.lose_engine()
    with qtbot.waitSignal(link.restarted):
        link.greet()
    link.take(PolicyChecked("1"))
    assert got == []


def test_news_of_runs_go_to_everybody(link, qtbot):
    with qtbot.waitSignal(link.run_news) as told:
        link.take(RunProgress(run_id="r", done=1))
    assert told.args[0].run_id == "r"
