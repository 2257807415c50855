from console.policy.active_policy import ActivePolicy, offered
from console.policy.policy_file import read_policy

GOOD = 'key = "chat"\n'
BETTER = 'key = "chat:messaging"\n'
BAD = 'key = "chat"\nwrong = 1\n'


def test_a_bad_version_leaves_the_good_one_in_force_and_says_so():
    good = offered(ActivePolicy(), read_policy(GOOD, "p"))
    assert good.evaluator is not None
    assert good.sentence == ""
    still = offered(offered(good, read_policy(BAD, "p")), read_policy(BAD, "p"))
    assert still.evaluator is good.evaluator
    assert still.refused == 2
    assert still.sentence == (
        "The policy has 1 error, so the last good one judges on. "
        "First: p:2: wrong: is unknown here."
    )
    after = offered(still, read_policy(BETTER, "p"))
    assert after.evaluator is not None
    assert after.evaluator.policy.key == "chat:messaging"
    assert after.errors == ()


def test_the_same_policy_again_is_not_compiled_again():
    good = offered(ActivePolicy(), read_policy(GOOD, "p"))
    assert offered(good, read_policy(GOOD + "\n", "p")).evaluator is good.evaluator


def test_with_no_good_version_nothing_is_in_force():
    bad = offered(ActivePolicy(), read_policy(BAD, "p"))
    assert bad.evaluator is None
    assert "no policy is in force" in bad.sentence
