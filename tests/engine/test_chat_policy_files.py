"""Policies for chats alone: found by their key, the most specific first, read again on change."""

import pytest

from console.base.clock import SystemClock
from console.base.paths import Paths
from console.domain.sign_in import Method
from console.domain.verdict import FLAG, KEEP, REMOVE
from console.engine.chat_policy_files import ChatPolicyFiles, chat_policies, file_of
from tests.engine.sources.test_messages import CHANNEL, CID

TEXT = """
key = "{key}"
[block_list_config]
rules = [{{ name = "rude", action = "{action}" }}]
[[blocklists]]
name = "rude"
words = ["muppet"]
"""


@pytest.fixture
def folder(tmp_path):
    made = chat_policies(Paths.under(tmp_path))
    made.mkdir(parents=True)
    return made


def write(folder, key, action, name=""):
    file = folder / name if name else file_of(folder, key)
    file.write_text(TEXT.format(key=key, action=action))
    return file


@pytest.fixture
def told():
    return []


@pytest.fixture
def files(folder, told):
    return ChatPolicyFiles(folder, SystemClock(), lambda *what: told.append(what))


def action(files, channel):
    judge = files.judge_of(channel)
    return judge.judge("a muppet").action if judge is not None else None


async def test_the_most_specific_one_judges_a_channel(folder, files):
    await files.look()
    assert action(files, "videocall:one") is None
    for key, does in (("chat", "flag"), ("chat:videocall", "remove"), ("chat:x:y", "bounce")):
        write(folder, key, does)
    await files.look()
    assert action(files, "videocall:one") == REMOVE
    assert action(files, "x:y") == "bounce"
    assert action(files, "x:z") == FLAG

    file_of(folder, "chat:videocall").unlink()
    await files.look()
    assert action(files, "videocall:one") == FLAG


async def test_a_bad_version_never_takes_over_and_is_told(folder, files, told):
    file = write(folder, "chat", "flag")
    await files.look()
    file.write_text("key = ")
    await files.look()
    assert action(files, "a:b") == FLAG
    assert "the last good one judges on" in told[-1][1]


async def test_what_is_not_for_chats_and_what_is_there_twice_is_told(folder, files, told):
    write(folder, "custom:captions", "remove", "a.toml")
    write(folder, "chat", "flag", "b.toml")
    write(folder, "chat", "remove", "c.toml")
    await files.look()
    await files.look()
    assert action(files, "a:b") == FLAG
    assert [sentence for _, sentence in told] == [
        "a.toml has the key custom:captions, which is not for chats.",
        "c.toml has the key chat as another file has; it is left out.",
    ]


async def test_a_message_and_a_caption_are_judged_each_by_its_own(sandbox, console, folder):
    write(folder, "chat:videocall", "remove")
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in(Method.TOKEN))
    await console.live(CID)
    await console.until(lambda: console.calls[CID].chat_cid == CHANNEL)
    sandbox.world.chat.write(CHANNEL, "ann", "a muppet, in writing")
    await console.until(lambda: console.verdicts)
    sandbox.say(ann, "a muppet, said")
    await console.until(lambda: len(console.verdicts) == 2)

    by_text = {item.item_id: item.text for item in console.lines}
    assert {by_text[one.item_id]: one.action for one in console.verdicts} == {
        "a muppet, in writing": REMOVE,
        "a muppet, said": KEEP,
    }
