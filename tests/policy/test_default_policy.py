import pytest

from console.base.paths import resources
from console.policy.evaluator import Evaluator
from console.policy.policy_file import read_policy


@pytest.fixture(scope="module")
def judge():
    path = resources() / "policies" / "default.toml"
    read = read_policy(path.read_text("utf-8"), path.name)
    assert read.errors == ()
    assert read.policy is not None
    return Evaluator(read.policy).judge


@pytest.mark.parametrize(
    ("text", "action", "label"),
    [
        ("You absolute IDIOT!", "flag", "INSULT"),
        ("what a st00pid m0r0n", "flag", "INSULT"),
        ("d a m n it", "flag", "VULGARITY"),
        ("Kill yourself.", "remove", "THREAT"),
        ("Double your Bitcoin today", "remove", "SCAM"),
        ("Please send me the code", "remove", "SCAM"),
        ("call me at 555-123-4567", "flag", "PII"),
        ("mail bob at gmail dot com", "flag", "PII"),
        ("my number is five five five one two three four", "flag", "PII"),
        ("add me on WhatsApp", "flag", "PLATFORM_BYPASS"),
        ("go to bit.ly/abc", "remove", "SCAM"),
        ("Nobody likes you, Tom.", "remove", "HARASSMENT"),
        ("Please read me the card number", "remove", "SCAM"),
        ("You can pay it with gift cards", "remove", "SCAM"),
        ("Free gems for everyone", "remove", "SPAM"),
        ("Use my promo code TOM10", "flag", "ADS"),
        ("Eres un payaso", "flag", "INSULT"),
        ("Ну ты и дурак", "flag", "INSULT"),
        ("तुम मूर्ख हो", "flag", "INSULT"),
        ("你是笨蛋吗", "flag", "INSULT"),
        ("buy it at shop dot com", "flag", "ADS"),
    ],
)
def test_what_should_be_raised(judge, text, action, label):
    judgement = judge(text)
    assert (judgement.action, judgement.labels[0]) == (action, label)


@pytest.mark.parametrize(
    "text",
    [
        "Welcome everyone to the town hall, we have 300 guests tonight.",
        "The class in Scunthorpe will assess a classic passage.",
        "Thank you, that was great, I'd like to ask about the budget for 2026.",
        "Let's move on to item 3.5, i.e. the e-mail rollout.",
        "Hello from Penistone, he'll be here at 10:30.",
        "See en.wikipedia.org for the details.",
        "Version 2.10.3 was released on 12-05-2026.",
        "You get bonus points for asking, and free coffee after the talk.",
        "The gift cards for the volunteers are on the table.",
        "Nobody asked about the budget, so let us go back to it.",
        "Tomorrow we double our efforts; deposit the forms in the box.",
        "バカンスはどうでしたか。",
        "Guten Morgen zusammen, schön euch zu sehen.",
        "今日はありがとうございます。",
        "Спасибо, всё понятно.",
        "शुक्रिया, बहुत अच्छा।",
    ],
)
def test_what_should_be_left_alone(judge, text):
    assert judge(text).action == "keep"
