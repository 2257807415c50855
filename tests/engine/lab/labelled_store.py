"""A store with labelled lines, as a moderator would have left it."""

from console.domain.given_label import Says, given_label
from console.domain.item import CAPTION, FRAME, Item, Picture, Text
from console.domain.verdict import JudgedItem, Severity, Source, Verdict
from console.store.store import Store

APP = "key-one"
HARMFUL = (
    "you are a complete idiot and everybody hates you",
    "shut up you worthless piece of trash",
    "you are the dumbest person I have ever met",
    "nobody likes you, you pathetic loser",
    "you stupid moron, leave this call",
    "what an idiot you are, just get lost",
    "you disgusting pig, go away",
    "you are a filthy liar and a loser",
    "everyone here thinks you are a worthless idiot",
    "you brainless fool, stop talking",
)
HARMLESS = (
    "good morning everybody, can you hear me",
    "the meeting begins at ten",
    "thank you for the kind words",
    "my stupid printer is out of paper again",
    "the stupid deadline is killing me",
)
POLICY = """\
key = "custom:lab"

[ai_text_config]
rules = [{ label = "INSULT", action = "flag" }, { label = "HATE_SPEECH", action = "flag" }]
"""


def item(key, text):
    return Item(
        item_id=key,
        kind=CAPTION,
        cid="default:hall",
        session_id="s",
        author_id="ann",
        author_name="Ann",
        body=Text(text),
        start_time=1.8e9,
        end_time=1.8e9,
        received_at=1.8e9,
        language="en",
    )


def label(line, says, action, at, other=""):
    labels = ("INSULT",) if action != "keep" else ()
    stands = Verdict(
        item_id=line.item_id,
        source=Source.STREAM,
        action=action,
        labels=labels,
        severity=Severity.HIGH if labels else Severity.NONE,
    )
    return given_label(
        line, (stands,), stands, says=says, label=other, by="mod", at=at, policy="0" * 12
    )


async def fill(path):
    """Labels of ten harmful and five harmless lines and of one picture; all lines are saved."""
    store = await Store.open(path)
    app = await store.use_app(APP)
    for number, text in enumerate(HARMFUL + HARMLESS):
        line = item(f"line{number}", text)
        action = "flag" if text in HARMFUL else "keep"
        await app.keep_items([JudgedItem(line)])
        await app.labels.keep(label(line, Says.RIGHT, action, 100.0 - number))
    picture = Item(
        item_id="frame",
        kind=FRAME,
        cid="default:hall",
        session_id="s",
        author_id="ann",
        author_name="Ann",
        body=Picture(url="https://example.test/a.jpg", text="=cmd()"),
        start_time=1.8e9,
        end_time=1.8e9,
        received_at=1.8e9,
    )
    await app.labels.keep(label(picture, Says.OTHER, "flag", 1.0, other="NUDITY"))
    await store.close()
