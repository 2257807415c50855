from console.domain.results import NOTHING, Judgement
from console.policy.inputs.texts import TextRow
from console.policy.measures.comparison import FlipTally, flip

ROW = TextRow("a", 1)
FLAG = Judgement(action="flag", rule="r")


def test_only_another_action_is_a_flip():
    assert flip(ROW, FLAG, Judgement(action="flag", rule="other")) is None
    found = flip(ROW, NOTHING, FLAG)
    assert found is not None
    assert found.stricter


def test_flips_are_counted_by_direction_and_step():
    tally = FlipTally()
    for before, after in ((NOTHING, FLAG), (FLAG, NOTHING), (NOTHING, FLAG), (FLAG, FLAG)):
        tally.add(flip(ROW, before, after))
    assert tally.summary() == {
        "texts": 4,
        "flips": 3,
        "stricter": 2,
        "milder": 1,
        "steps": {"keep -> flag": 2, "flag -> keep": 1},
    }
    assert tally.rules == {("keep", "flag"): {"r": 2}, ("flag", "keep"): {"r": 1}}
