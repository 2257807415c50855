import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.act import Act
from console.domain.item import Item, Text
from console.domain.sign_in import Method, Profile
from console.domain.verdict import JudgedItem
from console.protocol import codec
from console.protocol.acts import RequestAct
from console.protocol.connection import SignIn
from console.protocol.people import AskPerson
from console.protocol.to_engine import Shutdown, ToEngine
from console.protocol.to_window import Heard, Hello, Pulse, ToWindow


def said(text: str) -> JudgedItem:
    item = Item(
        item_id="u1",
        kind="caption",
        cid="default:a",
        session_id="s",
        author_id="x",
        author_name=text,
        body=Text(text),
        start_time=1.0,
        end_time=2.0,
        received_at=3.0,
    )
    return JudgedItem(item)


@given(st.text())
def test_any_text_crosses_as_one_line(text):
    message = Heard((said(text),))
    line = codec.encode(message)
    assert line.count(b"\n") == 1
    assert list(codec.window_reader().feed(line)) == [message]


@given(st.lists(st.integers(1, 40), max_size=60))
def test_lines_may_be_cut_anywhere(cuts):
    messages: list[ToWindow] = [
        Hello(1, 7),
        Pulse(at=2.5, heard=3),
        Heard((said("ä\u2028\n😀"),)),
    ]
    data = b"".join(codec.encode(m) for m in messages)
    reader = codec.window_reader()
    got: list[object] = []
    at = 0
    for cut in [*cuts, len(data)]:
        got += reader.feed(data[at : at + cut])
        at += cut
    got += reader.feed(data[at:])
    assert got == messages


@pytest.mark.parametrize(
    "line",
    [b"nonsense", b'{"type":"unknown"}', b'{"type":"hello","version":"x","pid":1}', b"[]", b"\xff"],
)
def test_a_refused_line_is_reported_and_the_rest_goes_on(line):
    got = list(codec.window_reader().feed(line + b"\n" + codec.encode(Hello(1, 2))))
    assert isinstance(got[0], codec.LineRefusedError)
    assert got[1:] == [Hello(1, 2)]


def test_a_line_over_the_limit_is_skipped_whole(monkeypatch):
    monkeypatch.setattr(codec, "MAX_LINE_BYTES", 100)
    reader = codec.window_reader()
    got = list(reader.feed(b"x" * 150)) + list(reader.feed(b"y" * 150))
    got += list(reader.feed(b"z\n" + codec.encode(Hello(1, 2))))
    assert [type(item) for item in got] == [codec.LineRefusedError, Hello]


def test_what_the_window_asks_crosses():
    act = Act(act_id="1", kind="ban", cid="default:a", requested_at=1.0, minutes=60)
    profile = Profile(name="p", api_key="k", method=Method.SECRET)
    messages: list[ToEngine] = [
        SignIn(profile, "s"),
        AskPerson("r", "default:a", "u"),
        RequestAct(act),
        Shutdown(),
    ]
    data = b"".join(codec.encode(m) for m in messages)
    assert list(codec.engine_reader().feed(data)) == messages


def test_a_secret_does_not_show_when_a_message_is_printed():
    message = SignIn(Profile(name="p", api_key="k", method=Method.SECRET), "hush-hush")
    assert "hush" not in repr(message)
    assert msgspec.json.decode(codec.encode(message))["secret"] == "hush-hush"
