import pytest

from console.base.paths import resources
from console.policy.evaluator import Evaluator
from console.policy.policy_file import read_policy
from tests.benchmarks.ordinary_speech import Group, ordinary


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
        ("you should kill yourself today", "remove", "THREAT"),
        ("just go and kill yourself, you clown", "remove", "THREAT"),
        ("you'll kill yourself on those stairs", "flag", "THREAT"),
        ("kys", "flag", "THREAT"),
        ("you'll regret this!", "flag", "THREAT"),
        ("you will be sorry when we find you", "flag", "THREAT"),
        ("you dirty liar", "flag", "INSULT"),
        ("what a clown you are", "flag", "INSULT"),
        ("go to free-crypto.example", "remove", "SCAM"),
        ("Double your Bitcoin today", "flag", "SCAM"),
        ("Please send me the code", "flag", "SCAM"),
        ("call me at 555-123-4567", "flag", "PII"),
        ("mail bob at gmail dot com", "flag", "PII"),
        ("my number is five five five one two three four", "flag", "PII"),
        ("add me on WhatsApp", "flag", "PLATFORM_BYPASS"),
        ("go to bit.ly/abc", "flag", "SCAM"),
        ("Nobody likes you, Tom.", "flag", "HARASSMENT"),
        ("Please read me the card number", "flag", "SCAM"),
        ("You can pay it with gift cards", "flag", "SCAM"),
        ("Free gems for everyone", "flag", "SPAM"),
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
        # figures of speech
        "don't kill yourself carrying all of that",
        "you will kill yourself laughing at this one",
        "you will be sorry when the tickets are gone",
        "you'll regret this if you don't try the soup",
        "watch your back when you lift that box",
        "I will find you a seat at the front",
        "let us shut up shop, it is late",
        # words that are no insult by themselves
        "the rodeo clown was great",
        "clown fish live in the reef",
        "the loser buys the pizza",
        "he plays a thief and a liar",
        "the cars creep forward",
        "the shepherd leans on his crook",
        "what are you wearing for the gala",
        "wire transfer details are on the invoice",
        "what a clown show that was on television",
        "click the link that we just sent you",
        # words of other languages
        "kys og kram fra os alle",
        "hun fik et kys på kinden",
        "kucing liar di jalan",
        "il clown del circo era bravo",
        "el payaso del circo hace reír a los niños",
        "er aß einen Apfel und trank ein Glas Milch",
        "buah salak ini manis dan segar",
        "am prins un crap în lacul din parc",
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


@pytest.mark.parametrize(
    ("text", "language", "action"),
    [
        ("kys", "da", "keep"),
        ("kys", "en", "flag"),
        ("kys", "en-GB", "flag"),
        ("kys", "auto", "flag"),
        ("du bist ein Ass", "de", "keep"),
        ("you idiot", "de", "flag"),
        ("je bent een salak", "nl", "keep"),
        ("sen bir salaksın, salak", "tr", "flag"),
    ],
)
def test_a_list_is_about_its_language(judge, text, language, action):
    assert judge(text, language).action == action


@pytest.mark.parametrize(
    "group", ordinary(), ids=lambda group: group.name if isinstance(group, Group) else ""
)
def test_ordinary_speech_is_never_removed_and_hardly_raised(judge, group):
    actions = [
        judge(text, language).action for text in group.texts for language in ("", group.language)
    ]
    assert set(actions) <= {"keep", "flag"}
    assert actions.count("flag") <= len(actions) * 0.04
