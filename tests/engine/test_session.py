"""The engine against the served sandbox: the main job, without a window."""

import msgspec
import pytest

from console.domain.act import ReceiptState
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.domain.verdict import Source
from console.protocol.connection import SignIn, SignOut
from console.protocol.people import AskPerson, PersonCard
from console.protocol.to_window import Gap, NoticeKind, Problem
from console.sandbox.tokens import AppKeys

CID = "default:one"


async def test_signs_in_and_hears_what_is_said(sandbox, console):
    ann, bob = sandbox.call("one", "ann", "bob")

    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    sandbox.say(ann, "Good evening, everyone.")
    sandbox.say(bob, "Hello Ann.")
    await console.until(lambda: len(console.lines) == 2)

    assert console.texts == ["Good evening, everyone.", "Hello Ann."]
    assert [line.author_name for line in console.lines] == ["Ann", "Bob"]
    call = console.calls[CID]
    assert (call.name, call.people) == ("Call one", 2)
    assert call.session_id == console.lines[0].session_id
    await console.until(lambda: sum(v.source is Source.STREAM for v in console.verdicts) == 2)
    local = [v for v in console.verdicts if v.source is Source.LOCAL]
    assert [v.provisional for v in local] == [True, True]
    stream = [v for v in console.verdicts if v.source is Source.STREAM]
    assert [(v.action, v.provisional) for v in stream] == [("keep", False), ("keep", False)]


async def test_with_a_user_token_the_local_verdict_stands(sandbox, console):
    (ann,) = sandbox.call("one", "ann")

    console.router.answer(sandbox.sign_in(Method.TOKEN))
    await console.live(CID)
    sandbox.say(ann, "Good evening.")
    await console.until(lambda: console.lines)

    assert [(v.source, v.provisional) for v in console.verdicts] == [(Source.LOCAL, False)]
    assert "mute-users" in console.calls[CID].own_capabilities
    await console.until(lambda: (console.pulse.heard, console.pulse.judged) == (1, 1))


@pytest.mark.clock_speed(5)
async def test_calls_that_begin_later_are_found_and_ended_ones_go(sandbox, console):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)

    (bob,) = sandbox.call("two", "bob")
    await console.live(CID, "default:two")
    sandbox.say(bob, "Anybody here?")
    await console.until(lambda: console.texts == ["Anybody here?"])

    sandbox.world.attendance.leave(bob.cid, bob.user_session_id)
    await console.until(lambda: "default:two" not in console.calls)
    assert CID in console.calls


@pytest.mark.clock_speed(5)
async def test_a_dropped_socket_leaves_a_gap_and_loses_nothing_else(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    sandbox.say(ann, "before")
    await console.until(lambda: console.texts == ["before"])

    assert sandbox.sockets.drop(1011) > 0
    await console.until(lambda: console.state.phase is Phase.RECONNECTING)
    assert console.state.retry_at > 0
    assert not console.state.directory_complete
    await console.until(lambda: console.of(Gap))
    await console.live(CID)
    sandbox.say(ann, "after")
    await console.until(lambda: len(console.lines) == 2)

    assert console.texts == ["before", "after"]
    (gap,) = console.of(Gap)
    assert gap.cids == (CID,)
    assert gap.since < gap.until
    assert gap.reason == "Stream closed the connection (code 1011)."


@pytest.mark.clock_speed(5)
async def test_close_code_1000_is_no_reason_to_stay_deaf(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)

    sandbox.sockets.drop(1000)
    await console.until(lambda: console.of(Gap))
    sandbox.say(ann, "still here?")

    await console.until(lambda: console.texts == ["still here?"])


@pytest.mark.clock_speed(5)
async def test_a_server_that_is_gone_and_comes_back(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)

    await sandbox.down()
    await console.until(lambda: console.state.phase is Phase.RECONNECTING)
    await console.until(lambda: console.state.sentence == "Stream could not be reached.")
    await sandbox.up()
    await console.until(lambda: console.of(Gap), timeout=20)
    sandbox.say(ann, "back again")

    await console.until(lambda: console.texts == ["back again"])


async def test_the_same_caption_again_is_a_duplicate_and_another_text_a_revision(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    start = 1_800_000_000_000_000_001

    for text in ("first", "first", "revised", "first", "revised"):
        sandbox.sockets.send_raw(_caption(text, start, "ann"))
    sandbox.sockets.send_raw(_caption("one nanosecond later", start + 1, "ann"))
    sandbox.say(ann, "the end")
    await console.until(lambda: "the end" in console.texts)

    shown = {line.item_id: (line.text, line.revision) for line in console.lines}
    assert list(shown.values()) == [
        ("revised", 1),
        ("one nanosecond later", 0),
        ("the end", 0),
    ]
    await console.until(lambda: console.pulse.duplicates == 3)
    assert console.pulse.heard == 4


HOSTILE = [
    "<b onclick=alert(1)>bold</b> &amp; <script>evil()</script>",
    "\u202egnirts desrever\u202c \u200b\ufeff",
    "\x00\x1b[31mred\x07",
    "z" + "\u0301" * 500,
    "👩‍👩‍👧‍👦 \U000e0041",
    "a" * 32_768,
    '{"type":"call.ended"}',
    "line\nbreak\r\n\u2028end",
]


async def test_hostile_texts_come_through_unchanged(sandbox, console):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)

    for number, text in enumerate(HOSTILE):
        sandbox.sockets.send_raw(_caption(text, 1_800_000_000_000_000_000 + number, "ann"))
    await console.until(lambda: len(console.lines) == len(HOSTILE))

    assert console.texts == HOSTILE


MALFORMED = [
    "",
    "not json",
    "[]",
    "[1,2,3]",
    "null",
    "{}",
    '{"type":7}',
    '{"type":"call.closed_caption"}',
    '{"type":"call.closed_caption","call_cid":"default:one","closed_caption":"text"}',
    '{"type":"call.closed_caption","call_cid":"default:one","closed_caption":{"text":"x",'
    '"speaker_id":"ann","start_time":"yesterday"}}',
    '{"type":"call.session_participant_joined","call_cid":"default:one","session_id":"s",'
    '"participant":{"user":{"id":4}}}',
    '{"type":"user.banned","user":[]}',
    '{"type":"call.user_muted","call_cid":"default:one","muted_user_ids":"ann"}',
    "[" * 3000,
    '{"type":"call.updated","call_cid":"default:one","call":{"cid":"default:one"}}',
]


async def test_malformed_events_are_counted_and_stop_nothing(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)

    for frame in MALFORMED:
        sandbox.sockets.send_raw(frame)
    sandbox.sockets.send_raw('{"type":"call.invented","call_cid":"default:one","x":[[[1]]]}')
    sandbox.sockets.send_raw('{"type":"constructor","__proto__":{}}')
    sandbox.say(ann, "still hearing you")
    await console.until(lambda: console.texts == ["still hearing you"])

    await console.until(lambda: console.pulse.malformed == len(MALFORMED))
    assert console.state.phase is Phase.LIVE
    counts = {p.place: p.count for p in console.of(Problem)}
    assert counts["event user.banned"] in (1, 2), "the socket of the chat may get it, too"
    assert "event call.invented" not in counts


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (AppKeys("key", "another-secret-that-is-long-enough"), "does not accept this signature"),
        (AppKeys("wrong", "secret-that-is-long-enough-for-hs256"), "does not know this API key"),
    ],
)
async def test_a_wrong_key_or_secret_is_refused_with_a_sentence(sandbox, console, keys, sentence):
    profile = msgspec.structs.replace(sandbox.profile(), api_key=keys.api_key)

    console.router.answer(SignIn(profile=profile, secret=keys.api_secret))
    await console.until(lambda: console.state.phase is Phase.REFUSED)

    assert sentence in console.state.sentence
    assert console.state.advice


@pytest.mark.clock_speed(5)
async def test_a_token_that_expires_while_live_is_told(sandbox, console):
    sandbox.call("one", "ann")
    token = sandbox.keys.user_token("moderator", lasts=3600)
    console.router.answer(SignIn(profile=sandbox.profile(Method.TOKEN), secret=token))
    await console.live(CID)

    sandbox.world.state.faults.skew = 3601.0
    await console.until(lambda: console.state.phase is Phase.REFUSED)

    assert console.state.sentence == "The token has expired."
    assert console.state.advice == "Sign in with a new one."


async def test_signing_out_tells_of_no_call_that_it_is_gone(sandbox, console):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)

    console.router.answer(SignOut())
    await console.until(lambda: console.state.phase is Phase.SIGNED_OUT)

    assert list(console.calls) == [CID]
    assert console.engine.session is None


async def test_mute_is_seen_and_the_tracks_follow(sandbox, console):
    ann, bob = sandbox.call("one", "ann", "bob")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    console.focus(CID)
    await console.until(lambda: (p := console.person("ann")) and p.live_known)
    assert console.person("ann").live == {"audio"}

    act_id = console.act("mute_audio", CID, "ann")
    await console.until(lambda: (r := console.receipt(act_id)) and r.state is ReceiptState.SEEN)
    await console.until(lambda: console.person("ann").muted == {"audio"})

    assert ann.live == set()
    assert bob.live == {"audio"}
    muted = [n for n in console.notices if n.kind is NoticeKind.MUTED]
    assert [(n.user_ids, n.actor_id, n.act_id) for n in muted] == [(("ann",), "moderator", act_id)]
    assert muted[0].text == "Ann was muted by moderator."

    sandbox.world.attendance.publish(CID, ann.user_session_id, "audio")
    await console.until(lambda: console.person("ann").live == {"audio"})
    assert console.person("ann").muted == set()


async def test_block_and_unblock_show_in_call_and_person(sandbox, console):
    sandbox.call("one", "ann", "bob")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    console.focus(CID)
    await console.until(lambda: console.person("bob"))

    act_id = console.act("block", CID, "bob")
    await console.until(lambda: (r := console.receipt(act_id)) and r.state is ReceiptState.SEEN)
    await console.until(lambda: (p := console.person("bob")) and not p.user_session_id)
    assert console.person("bob").blocked
    assert console.calls[CID].blocked_user_ids == ("bob",)
    assert "bob" in sandbox.world.state.calls[CID].blocked_user_ids

    undo = console.act("unblock", CID, "bob", undo_of=act_id)
    await console.until(lambda: (r := console.receipt(undo)) and r.state is ReceiptState.SEEN)
    await console.until(lambda: not console.person("bob").blocked)
    assert console.calls[CID].blocked_user_ids == ()


async def test_a_request_is_noticed_and_accepting_it_answers_it(sandbox, console):
    sandbox.call("room", "host", kind="audio_room")
    cid = "audio_room:room"
    sandbox.world.control.go_live(cid)
    listener = sandbox.world.attendance.join(cid, sandbox.world.add_user("lis", "Lis").id)
    console.router.answer(sandbox.sign_in())
    await console.live(cid)
    console.focus(cid)
    await console.until(lambda: console.person("lis"))

    assert sandbox.world.sanctions.ask(cid, "lis", ["send-audio"])
    await console.until(lambda: console.person("lis").asked == {"send-audio"})
    asked = [n for n in console.notices if n.kind is NoticeKind.ASKED]
    assert [n.text for n in asked] == ["Lis asks for microphone."]

    console.act("accept_request", cid, "lis", permissions=("send-audio",))
    await console.until(lambda: console.person("lis").asked == set())
    assert "send-audio" in console.person("lis").capabilities
    assert sandbox.world.attendance.publish(cid, listener.user_session_id, "audio")


async def test_a_ban_shows_on_the_person_and_on_their_card(sandbox, console):
    (ann,) = sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    console.focus(CID)
    sandbox.say(ann, "I said this.")
    await console.until(lambda: console.lines)

    act_id = console.act("ban", CID, "ann", minutes=10, reason="spam")
    await console.until(lambda: (r := console.receipt(act_id)) and r.state is ReceiptState.SEEN)
    await console.until(lambda: console.person("ann").banned)
    (notice,) = [n for n in console.notices if n.kind is NoticeKind.BANNED]
    assert notice.text == "Ann was banned from the app by Moderator: spam"

    console.router.answer(AskPerson("card", cid=CID, user_id="ann"))
    await console.until(lambda: console.of(PersonCard))
    (card,) = console.of(PersonCard)
    assert card.request_id == "card"
    assert [judged.item.text for judged in card.items] == ["I said this."]
    assert [progress.act.act_id for progress in card.acts] == [act_id]
    assert card.calls == (CID,)
    assert card.person.banned


async def test_an_act_without_a_sign_in_fails_with_a_reason(sandbox, console):
    sandbox.call("one", "ann")
    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    console.calls_then = dict(console.calls)
    console.router.answer(SignOut())
    await console.until(lambda: console.state.phase is Phase.SIGNED_OUT)

    console.calls = console.calls_then
    act_id = console.act("kick", CID, "ann")
    await console.until(lambda: console.receipt(act_id))

    assert console.receipt(act_id).state is ReceiptState.FAILED
    assert console.receipt(act_id).reason == "You are not signed in."


@pytest.mark.parametrize("fault", ["rate_limit", "error", "malformed", "disconnect"])
async def test_the_directory_survives_refused_and_broken_answers(sandbox, console, fault):
    sandbox.call("one", "ann")
    sandbox.world.state.faults.add(fault, "/video/calls", times=1)

    console.router.answer(sandbox.sign_in())
    await console.live(CID)

    assert sandbox.world.state.faults.happened == 1
    assert [p.place for p in console.of(Problem)] == ["list of calls"]


async def test_captions_that_cannot_be_are_told_by_the_call_alone(sandbox, console):
    sandbox.call("one", "ann")
    settings = {"transcription": {"closed_caption_mode": "disabled", "mode": "disabled"}}
    sandbox.world.control.create(
        "default", "deaf", created_by="host", name="Deaf", settings_override=settings
    )
    sandbox.join("default:deaf", "bob")

    console.router.answer(sandbox.sign_in())
    await console.live(CID)
    await console.until(lambda: console.calls["default:deaf"].unmonitored_since)

    assert console.calls[CID].unmonitored_since == 0.0
    assert not console.of(Problem)


def _caption(text: str, start_ns: int, speaker: str) -> str:
    event = {
        "type": "call.closed_caption",
        "call_cid": CID,
        "created_at": start_ns,
        "closed_caption": {
            "id": f"c{start_ns}{len(text)}",
            "text": text,
            "speaker_id": speaker,
            "user": {"id": speaker, "name": speaker.title()},
            "start_time": start_ns,
            "end_time": start_ns,
            "language": "en",
            "translated": False,
        },
    }
    return msgspec.json.encode(event).decode()
