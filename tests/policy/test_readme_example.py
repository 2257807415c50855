"""The example in the policies' README is a policy, and does what its comments say."""

import re

from console.base.paths import resources
from console.policy.evaluator import Evaluator
from console.policy.policy_file import read_policy


def test_the_example_works():
    text = (resources() / "policies" / "README.md").read_text("utf-8")
    example = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    read = read_policy(example[1], "README", lambda name: "")
    assert read.errors == ()
    assert read.policy is not None
    judge = Evaluator(read.policy).judge
    disguises = re.findall(r"# (?:ours: )?(d[^;]*dim-wit|d[^;\n]*)", example[1])
    said = [each.strip() for line in disguises for each in line.split(",")]
    assert "d i m w i t" in said
    assert [each for each in said if judge(each).action != "flag"] == []
