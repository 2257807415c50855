"""What reaches the window: coalesced, in order, bounded, and never blocking."""

import asyncio
import dataclasses
import itertools

import pytest

from console.base.clock import SystemClock
from console.domain.call import Call, Participant
from console.domain.item import Item, Text
from console.domain.phase import Phase
from console.domain.raised import raise_item
from console.domain.verdict import JudgedItem, Source, Verdict
from console.engine import window_channel as module
from console.engine.window_channel import HOLD_BACK_BYTES, WindowChannel
from console.protocol import to_window as told
from console.protocol.codec import MAX_LINE_BYTES, window_reader
from console.protocol.raised import RaisedChanged
from tests.patience import patient


class Sink:
    def __init__(self) -> None:
        self.pending = 0
        self.writes: list[bytes] = []
        self.written = asyncio.Event()

    def write(self, data: bytes) -> None:
        self.writes.append(data)
        self.written.set()

    @property
    def messages(self):
        return list(window_reader().feed(b"".join(self.writes)))


@pytest.fixture
def sink():
    return Sink()


@pytest.fixture
def channel(sink):
    return WindowChannel(sink, SystemClock())


def call(call_id, people=0):
    return Call(cid=f"default:{call_id}", type="default", id=call_id, name=call_id, people=people)


def line(number, text="hello", revision=0):
    return Item(
        item_id=f"u{number}",
        kind="caption",
        cid="default:a",
        session_id="s",
        author_id="ann",
        author_name="Ann",
        body=Text(text),
        start_time=1.0,
        end_time=2.0,
        received_at=3.0,
        revision=revision,
    )


def verdict(number, revision=0, source=Source.LOCAL):
    return Verdict(item_id=f"u{number}", source=source, action="keep", revision=revision)


async def test_a_burst_is_one_write_with_the_latest_of_each(channel, sink):
    for people in range(100):
        channel.put(told.CallsChanged(changed=(call("a", people),)))
        channel.put(told.Heard((JudgedItem(line(people), (verdict(people),)),)))
    channel.put(told.Judged(verdicts=(verdict(1, source=Source.STREAM),)))
    await asyncio.wait_for(sink.written.wait(), patient(5))

    assert len(sink.writes) == 1
    calls, heard, judged = sink.messages
    assert calls == told.CallsChanged(changed=(call("a", 99),))
    assert heard.items == tuple(JudgedItem(line(n), (verdict(n),)) for n in range(100))
    assert judged.verdicts[0].source is Source.STREAM


async def test_no_two_writes_within_a_frame(channel, sink):
    loop = asyncio.get_running_loop()
    times = []
    for number in range(3):
        sink.written.clear()
        channel.put(told.Heard((JudgedItem(line(number)),)))
        await asyncio.wait_for(sink.written.wait(), patient(5))
        times.append(loop.time())
    assert all(b - a >= module.FRAME_S - 0.002 for a, b in itertools.pairwise(times))


async def test_changes_and_removals_end_in_the_last_state(channel, sink):
    channel.put(told.CallsChanged(changed=(call("a"), call("b"))))
    channel.put(told.CallsChanged(removed=("default:a",)))
    channel.put(told.CallsChanged(changed=(call("c"),), removed=("default:b",)))
    channel.put(told.CallsChanged(changed=(call("b", 5),)))
    channel.flush()
    (message,) = sink.messages
    assert {c.cid: c.people for c in message.changed} == {"default:c": 0, "default:b": 5}
    assert message.removed == ("default:a",)

    channel.put(told.CallsChanged(changed=(call("x"),)))
    channel.put(told.CallsChanged(changed=(call("y"),), whole=True))
    channel.flush()
    assert sink.messages[-1] == told.CallsChanged(changed=(call("y"),), whole=True)


async def test_people_by_call_with_those_outside(channel, sink):
    def person(user_id, key):
        return Participant(cid="default:a", user_id=user_id, user_session_id=key, name=user_id)

    def changed(**more):
        return told.ParticipantsChanged(cid="default:a", session_id="s", **more)

    channel.put(changed(changed=(person("ann", "k1"), person("bob", "k2")), whole=True))
    channel.put(changed(changed=(person("ann", ""),), left=("k1",)))
    channel.flush()
    (message,) = sink.messages
    assert message.whole
    assert message.changed == (person("bob", "k2"), person("ann", ""))
    assert message.left == ("k1",)


async def test_a_revision_within_a_frame_comes_with_its_own_verdict(channel, sink):
    channel.put(told.Heard((JudgedItem(line(1, "first"), (verdict(1),)),)))
    second = JudgedItem(line(1, "second", 1), (verdict(1, 1),))
    channel.put(told.Heard((second,)))
    channel.flush()
    (message,) = sink.messages
    assert message.items == (second,)


async def test_long_lines_never_make_a_message_too_long(channel, sink):
    text = "\u0001" * 32_768  # six bytes each in JSON
    channel.put(told.Heard(tuple(JudgedItem(line(n, text)) for n in range(200))))
    channel.flush()
    lines = b"".join(sink.writes).splitlines()
    assert len(lines) > 1
    assert max(map(len, lines)) < MAX_LINE_BYTES
    assert sum(len(m.items) for m in sink.messages) == 200


async def test_only_the_first_part_of_a_long_push_makes_void_what_was_told_before(channel, sink):
    def raised(number, text):
        verdict = Verdict(item_id=f"u{number}", source=Source.LOCAL, action="flag")
        return raise_item(line(number, text), verdict, at=1.0)

    channel.put(RaisedChanged(changed=(raised(0, "old"),)))
    channel.put(
        RaisedChanged(changed=tuple(raised(n, "x" * 300_000) for n in range(9)), whole=True)
    )
    channel.put(RaisedChanged(forgotten=("u1",)))
    channel.flush()
    first, *others = [m for m in sink.messages if isinstance(m, RaisedChanged)]
    assert (first.whole, first.forgotten) == (True, ("u1",))
    assert others
    assert not any(part.whole or part.forgotten for part in others)
    ids = [one.item_id for part in (first, *others) for one in part.changed]
    assert ids == [f"u{number}" for number in range(9) if number != 1]
    channel.put(RaisedChanged(forgotten=("u2",)))
    channel.flush()
    assert sink.messages[-1] == RaisedChanged(forgotten=("u2",))


async def test_a_window_that_takes_nothing_is_not_fed_and_catches_up(channel, sink, monkeypatch):
    monkeypatch.setattr(module, "HOLD_BACK_S", 0.01)
    monkeypatch.setattr(told.Heard, "merge", dataclasses.replace(told.Heard.merge, limit=10))
    sink.pending = HOLD_BACK_BYTES + 1
    for number in range(25):
        channel.put(told.Heard((JudgedItem(line(number)),)))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(sink.written.wait(), 0.05)

    sink.pending = 0
    await asyncio.wait_for(sink.written.wait(), patient(5))
    heard, problem = sink.messages
    assert [judged.item.item_id for judged in heard.items] == [f"u{n}" for n in range(15, 25)]
    assert (problem.place, problem.count) == ("window", 15)
    assert channel.unsent_lines == 15


async def test_problems_are_counted_by_kind_and_bounded(channel, sink, monkeypatch):
    for _ in range(3):
        channel.problem("event call.\u202ex", "is\nwrong")
    channel.flush()
    (problem,) = sink.messages
    assert (problem.place, problem.sentence, problem.count) == ("event call.⟦RLO⟧x", "is␊wrong", 3)

    monkeypatch.setattr(module, "MAX_PROBLEMS", 5)
    for number in range(50):
        channel.problem(f"place {number}", "wrong")
    channel.flush()
    assert len(sink.messages) <= 7
    assert sink.messages[-1].place == "elsewhere"


async def test_phases_are_all_told_in_order(channel, sink):
    for phase in (Phase.CONNECTING, Phase.LIVE, Phase.RECONNECTING):
        channel.put(told.EngineState(phase=phase))
    channel.flush()
    assert [m.phase for m in sink.messages] == ["connecting", "live", "reconnecting"]


async def test_notices_are_kept_in_order_up_to_a_bound(channel, sink, monkeypatch):
    monkeypatch.setattr(told.Noticed, "merge", dataclasses.replace(told.Noticed.merge, limit=3))
    notices = [
        told.Notice(cid="default:a", at=float(n), kind=told.NoticeKind.JOINED, text=f"n{n} joined.")
        for n in range(5)
    ]
    for notice in notices:
        channel.put(told.Noticed((notice,)))
    channel.flush()
    noticed, problem = sink.messages
    assert noticed.notices == tuple(notices[2:])
    assert problem.count == 2


async def test_replayed_and_new_items_are_not_mixed(channel, sink):
    channel.put(told.Heard((JudgedItem(line(1)),), replay=True))
    channel.put(told.Heard((JudgedItem(line(2)),)))
    channel.flush()
    assert [(m.replay, m.items[0].item.item_id) for m in sink.messages] == [
        (True, "u1"),
        (False, "u2"),
    ]


@pytest.mark.parametrize("kind", module.PUSHES, ids=lambda kind: kind.__name__)
def test_a_merge_rule_names_fields_of_its_class(kind):
    rule = kind.merge
    named = {field for field in (rule.rows, rule.removed, *rule.apart) if field}
    assert named <= set(kind.__struct_fields__)
    assert (rule.size is None) == (not rule.split_at)
