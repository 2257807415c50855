from console.engine.services.lab.call_totals import CallTotals, file_of
from console.engine.services.lab.run_worker_messages import Begin, RunLine
from console.policy.evaluator import Evaluator
from console.policy.policy_file import read_policy
from console.protocol.lab import PolicyText
from console.protocol.lab_runs import FileSource, HumanAct, PastedSource, StartRun

POLICY = """key = "chat"
block_list_config = { rules = [{ name = "rude", action = "flag" }] }
video_call_rule_config = { rules = [{ harm_types = ["rude"], threshold = 2 }] }
[[blocklists]]
name = "rude"
words = ["nitwit"]
"""


def policy_of(text):
    policy = read_policy(text, "p").policy
    assert policy is not None
    return policy


def observed(totals, *lines, text=POLICY):
    evaluator = Evaluator(policy_of(text))
    return [totals.observe(line, evaluator.judge(line.text), row) for row, line in enumerate(lines)]


def totals_of(text=POLICY, **more):
    return CallTotals(policy_of(text), **{"saved": False, **more})


def said(at, text="nitwit", **more):
    return RunLine(text=text, speaker="Ann", speaker_id="ann", at=float(at), **more)


def test_a_file_without_calls_is_one():
    totals = totals_of(file="talk.jsonl")
    assert observed(totals, said(1), said(2)) == [(), ()]  # a violation that nothing answers
    found = totals.result()
    assert (found.triggered, found.listed[0].call, found.listed[0].rows) == (
        1,
        "talk.jsonl",
        (0, 1),
    )
    assert (found.listed[0].speaker, found.listed[0].actions) == ("Ann", ())
    assert found.beside is None


def test_lines_without_a_call_or_a_time_are_no_call():
    totals = totals_of()
    observed(totals, said(1), said(2), said(0, call="a:b"), said(0, call="a:b"))
    assert totals.result().triggered == 0


def test_only_so_many_rows_are_named():
    text = POLICY.replace("threshold = 2", "threshold = 30")
    totals = totals_of(text)
    observed(totals, *[said(at, call="a:b", line=at + 1) for at in range(1, 31)], text=text)
    (found,) = totals.result().listed
    assert found.rows == tuple(range(10, 30))
    assert (found.line, found.number) == (31, 31)


def test_acts_that_were_taken_back_do_not_count():
    kick = HumanAct(kind="kick", by="mo", at=5.0)
    undone = HumanAct(kind="ban", by="mo", at=6.0, undone=True)
    totals = totals_of(saved=True)
    observed(totals, said(1, "hello", call="a:b", acts=(kick, undone)))
    beside = totals.result().beside
    assert (beside.agreed, beside.only_rules, beside.only_moderators) == (0, 0, 1)


def test_without_call_rules_there_is_no_result():
    plain = POLICY.replace("video_call_rule_config = {", "flood_config = { identical = 2 }\n# {")
    assert totals_of(plain).result() is None


def test_the_name_of_the_file():
    a = PolicyText(POLICY)
    assert file_of(Begin(StartRun(run_id="r", a=a, source=FileSource("/x/talk.csv")))) == "talk.csv"
    assert file_of(Begin(StartRun(run_id="r", a=a, source=PastedSource("x")))) == ""
