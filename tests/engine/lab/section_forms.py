"""Forms of a policy and their edits, without an engine."""

from console.domain.local_models import NO_MODELS, LocalModels
from console.engine.services.lab.policies import Policies
from console.engine.services.lab.summary import summary_of
from console.engine.services.lab.trying import edited
from console.policy.policy_file import read_policy
from console.protocol.lab import Edit, EditPolicy, PolicyText
from tests.policy.word_classifiers import ByteClassifier, WordClassifier

LISTS, SEMANTIC = "block_list_config", "automod_semantic_filters_config"
TEXTS, IMAGES = "ai_text_config", "ai_image_config"

WORDS = """key = "chat"  # mine
[block_list_config]
rules = [
  { name = "far", action = "flag" },
  { name = "insults", action = "flag" },  # mild
]
[[blocklists]]
name = "insults"
words = ["a"]
label = "RUDE"
is_leet_check_enabled = true
[[blocklists]]
name = "far"
type = "domain_allowlist"
words = ["good.example"]
[[blocklists]]
name = "lonely"
words = ["b"]
"""
PHRASES = """key = "chat"
[automod_semantic_filters_config]
rules = [
  { name = "elsewhere", action = "flag", threshold = 0.5 },  # Stream's
  { name = "phishing", action = "bounce_remove", threshold = 0.8 },
]
[[semantic_filters]]
name = "phishing"
phrases = ["tell me your password"]  # more to come
severity = "high"
[[semantic_filters]]
name = "unused"
phrases = ["x"]
"""
HARMS = """key = "chat"  # mine
[bodyguard_config]
enabled = false
rules = [
  { label = "hate speech", action = "flag", severity_rules = [{ severity = "critical", action = "remove" }, { severity = "low", action = "keep" }] },
  { label = "PII", action = "mask_flag" },  # always
]
severity_rules = [{ severity = "high", action = "flag" }]
"""  # noqa: E501  # a table in braces stands on one line
PICTURES = """key = "chat"
[aws_rekognition_config]
rules = [
  { label = "Violence", action = "remove", min_confidence = 80 },  # sure
  { label = "Alcohol", action = "bounce_flag", subclassifications = { Drinking = true } },
]
"""
TEXT_MODEL = LocalModels(text=WordClassifier({"vermin": "HATE_SPEECH"}))
IMAGE_MODEL = LocalModels(image=ByteClassifier())
ALL = {LISTS: WORDS, SEMANTIC: PHRASES, TEXTS: HARMS, IMAGES: PICTURES}


def form_of(text, key, models=NO_MODELS):
    """The form of a section."""
    read = read_policy(text, "p")
    assert read.errors == ()
    assert read.policy is not None
    return next(each for each in summary_of(read.policy, text, models).sections if each.key == key)


def after(text, *edits, models=NO_MODELS):
    """The text once ``edits`` were made."""
    answer = edited(EditPolicy("1", PolicyText(text), edits), Policies(lambda policy: models))
    assert answer.sentence == ""
    return answer.text


def changed(text, key, row, field, value):
    """The text once a field was changed."""
    return after(text, Edit((key, row, field), "change", value))


def added(text, key, models=NO_MODELS):
    """The text with a new row."""
    return after(text, Edit((key,), "add"), models=models)


def dropped(text, key, row):
    """The text without a row."""
    return after(text, Edit((key, row), "drop"))


def cells(form):
    """What the cells of a form say."""
    return [[cell.text for cell in row.cells] for row in form.rows]
