"""Pictures beside names, served by a sandbox: looked at here, and by Stream."""

from console.base.clock import SystemClock
from console.base.paths import Paths
from console.domain.acts.appearance import REMOVE_PICTURE, RESTORE_PICTURE
from console.domain.item import AVATAR, Picture
from console.domain.raised import RaisedState
from console.domain.sign_in import Method
from console.domain.verdict import FLAG, KEEP, Source
from console.engine.sources.names import CONFIG_KEY
from console.protocol.frames import AskAvatar, AskPicture, AvatarAnswer, PictureAnswer
from console.protocol.raised import RaisedChanged
from console.protocol.to_window import Problem
from tests.engine.acts.test_against_sandbox import seen
from tests.engine.conftest import Console
from tests.media_extra import need_media

CID = "default:one"
CARD = "Hate Symbols"
RULES = f'[ai_image_config]\nrules = [{{ label = "{CARD}", action = "remove" }}]\n'
LOOKS_S = 60.0
"""The models are loaded at the first picture."""


def judge_pictures(sandbox):
    """The sandbox's policy for how people appear: a rule for one label."""
    rules = [{"label": CARD, "action": "flag", "min_confidence": 80}]
    config = {"ai_image_config": {"enabled": True, "rules": rules}}
    sandbox.world.judging.put_config(CONFIG_KEY, config)


async def begin(sandbox, console, method=Method.SECRET):
    sandbox.call("one", "ann", "bob")
    console.router.answer(sandbox.sign_in(method))
    await console.live(CID)


def avatars(console):
    return [item for item in console.lines if item.kind == AVATAR]


def states(console):
    return {
        one.item.author_id: one.state
        for message in console.of(RaisedChanged)
        for one in message.changed
        if one.item.kind == AVATAR
    }


def verdicts(console):
    ids = {item.item_id for item in avatars(console)}
    return [(each.source, each.action) for each in console.verdicts if each.item_id in ids]


async def test_a_picture_is_looked_at_and_judged_by_both_policies(sandbox, console):
    need_media("onnxruntime", "PIL", "zxingcpp", "rapidocr")
    judge_pictures(sandbox)
    await begin(sandbox, console)

    url = sandbox.world.avatars.give("ann", (CARD,))
    await console.until(lambda: len(verdicts(console)) == 2, timeout=LOOKS_S)

    (item,) = avatars(console)
    assert isinstance(item.body, Picture)
    assert (item.author_id, item.body.url, item.body.seen) == ("ann", url, True)
    assert verdicts(console) == [(Source.LOCAL, FLAG), (Source.STREAM, FLAG)]
    assert states(console) == {"ann": RaisedState.OPEN}


async def test_a_removed_picture_is_handled_and_raised_again_by_the_undo(sandbox, console):
    need_media("onnxruntime", "PIL", "zxingcpp", "rapidocr")
    judge_pictures(sandbox)
    await begin(sandbox, console)
    url = sandbox.world.avatars.give("ann", (CARD,))
    await console.until(lambda: len(verdicts(console)) == 2, timeout=LOOKS_S)

    receipt = await seen(console, REMOVE_PICTURE, "ann")
    assert states(console) == {"ann": RaisedState.HANDLED}
    await console.until(lambda: avatars(console)[-1].body == Picture())

    await seen(console, RESTORE_PICTURE, "ann", undo_of=receipt.act_id)
    assert sandbox.world.state.users["ann"].image == url
    await console.until(lambda: states(console) == {"ann": RaisedState.OPEN}, timeout=LOOKS_S)


async def test_who_takes_a_bad_picture_away_themself_is_raised_no_more(sandbox, console):
    need_media("onnxruntime", "PIL", "zxingcpp", "rapidocr")
    judge_pictures(sandbox)
    await begin(sandbox, console)
    sandbox.world.avatars.give("ann", (CARD,))
    await console.until(lambda: len(verdicts(console)) == 2, timeout=LOOKS_S)

    sandbox.world.avatars.give("ann", ())
    await console.until(lambda: states(console) == {"ann": RaisedState.WITHDRAWN})
    assert verdicts(console)[-1] == (Source.LOCAL, KEEP)


async def test_where_the_policy_says_so_nothing_is_fetched_and_stream_judges_alone(
    sandbox, console, tmp_path
):
    folder = Paths.under(tmp_path).config
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "policy.toml").write_text(
        'key = "custom:captions"\n[names]\npictures = false\n' + RULES
    )
    again = Console(tmp_path, SystemClock())
    again.engine.start()
    fetched = []
    picture = sandbox.world.avatars.picture

    def counted(name):
        fetched.append(name)
        return picture(name)

    sandbox.world.avatars.picture = counted
    judge_pictures(sandbox)
    try:
        await begin(sandbox, again)
        sandbox.world.avatars.give("ann", (CARD,))
        await again.until(lambda: states(again) == {"ann": RaisedState.OPEN})
        assert verdicts(again) == [(Source.STREAM, FLAG)]
        assert not fetched
    finally:
        await again.close()


async def test_a_picture_that_cannot_be_fetched_is_left_to_stream(sandbox, console):
    need_media("onnxruntime", "PIL", "zxingcpp", "rapidocr")
    await begin(sandbox, console)
    judge_pictures(sandbox)
    gone = f"http://127.0.0.1:{sandbox.port}/sandbox-media/avatars/none.png"
    sandbox.world.accounts.change("ann", {"image": gone}, ())
    sandbox.world.accounts.change("bob", {"image": "file:///etc/passwd"}, ())

    sentences = ("The picture's address answered 404.", "begins with https://")
    await console.until(
        lambda: all(any(each in str(m) for m in console.messages) for each in sentences)
    )
    assert not avatars(console)


async def test_the_card_is_told_which_picture_somebody_shows(sandbox, console):
    need_media("onnxruntime", "PIL", "zxingcpp", "rapidocr")
    judge_pictures(sandbox)
    await begin(sandbox, console)
    url = sandbox.world.avatars.give("ann", (CARD,))
    await console.until(lambda: len(verdicts(console)) == 2, timeout=LOOKS_S)
    for number, user_id in enumerate(("ann", "bob", "nobody")):
        console.router.answer(AskAvatar(f"q{number}", CID, user_id))
    await console.until(lambda: len(console.of(AvatarAnswer)) == 3)
    ann, bob, nobody = (
        next(each for each in console.of(AvatarAnswer) if each.request_id == f"q{number}").picture
        for number in range(3)
    )
    assert (ann.url, ann.seen) == (url, True)
    assert (bob, nobody) == (Picture(), Picture())
    console.router.answer(AskPicture("p", ann.picture_id))
    await console.until(lambda: console.of(PictureAnswer))
    assert console.of(PictureAnswer)[0].jpeg.startswith(b"\xff\xd8")


async def test_many_who_show_no_picture_keep_nobody_from_being_looked_at(sandbox, console):
    judge_pictures(sandbox)
    sandbox.call("one", *(f"p{number}" for number in range(2_200)))
    sandbox.world.avatars.give("p7", (CARD,))
    console.router.answer(sandbox.sign_in())
    await console.until(lambda: states(console) == {"p7": RaisedState.OPEN}, timeout=LOOKS_S)
    told = [(one.sentence, one.count) for one in console.of(Problem)]
    assert told == [("The picture's address is none that begins with https://.", 1)]
