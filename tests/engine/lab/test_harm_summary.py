from console.domain.local_models import NO_MODELS, LocalModels
from console.engine.services.lab.summary import summary_of
from console.policy.policy_file import read_policy
from console.protocol.lab_summary import HarmSummary
from tests.policy.word_classifiers import WordClassifier

TEXT = """key = "chat"
[bodyguard_config]
enabled = false
rules = [
  { label = "hate speech", action = "flag", severity_rules = [
    { severity = "critical", action = "remove" }, { severity = "low", action = "keep" },
  ] },
  { label = "PII", action = "mask" },
]
severity_rules = [{ severity = "high", action = "flag" }]
"""
MODELS = LocalModels(text=WordClassifier({"vermin": "HATE_SPEECH"}))


def summary(text=TEXT, models=NO_MODELS):
    policy = read_policy(text, "p").policy
    assert policy is not None
    return summary_of(policy, text, models)


def test_rules_are_told_with_what_happens_at_each_severity():
    assert summary(models=MODELS).harms == (
        HarmSummary(
            index=0,
            label="hate speech",
            action="flag",
            by_severity={"critical": "remove", "low": "keep"},
            acts=("keep", "flag", "flag", "remove"),
            known=True,
            line=5,
        ),
        HarmSummary(index=1, label="PII", action="mask", acts=("mask",) * 4, line=8),
    )


def test_the_section_is_told_by_the_name_it_has():
    told = summary(models=MODELS)
    assert (told.harms_section, told.harms_enabled) == ("bodyguard_config", False)
    assert told.harm_labels == ("HATE_SPEECH",)
    assert told.harms_source == (
        "Judged by the local classifier by words; Stream's labels may differ."
    )
    on = summary(TEXT.replace("enabled = false", ""), MODELS)
    assert on.harms_source.endswith("Its old severity_rules count for every other label.")


def test_without_a_model_the_summary_says_what_is_needed():
    told = summary()
    assert told.harms_source == "Needs a local model or Stream: nothing is judged here."
    assert told.harm_labels == ()
    assert not any(harm.known for harm in told.harms)


def test_a_policy_without_the_section_has_no_harms():
    told = summary('key = "chat"\n')
    assert (told.harms, told.harms_section, told.harms_enabled) == ((), "ai_text_config", True)
