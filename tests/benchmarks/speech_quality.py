"""How well speech is written down here, and what that costs: word error rate, CPU per second.

Run alone with ``python -m tests.benchmarks.speech_quality``. Two voices: the recorded one of
Debian's asterisk-core-sounds-en-g722 (CC-BY-SA-3.0; not part of this program), and the sandbox's
own, which espeak-ng makes and nobody would take for a person's. What is missing is left out and
named. The baseline is the small model on the recorded voice.
"""

import argparse
import asyncio
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from console.base.errors import WorldError
from console.domain.speech import BASE, BYTES_A_SECOND, TINY
from tests.benchmarks.report import ratio, say, table

PROMPTS = Path("/usr/share/asterisk/sounds/en_US_f_Allison")
RECORDED = {
    "agent-alreadyon": "That agent is already logged on. Please enter your agent number followed by"
    " the pound key.",
    "agent-incorrect": "Login incorrect. Please enter your agent number followed by the pound key.",
    "agent-pass": "Please enter your password followed by the pound key.",
    "auth-incorrect": "Password incorrect. Please enter your password followed by the pound key.",
    "conf-getconfno": "Please enter your conference number followed by the pound key.",
    "conf-invalid": "That is not a valid conference number. Please try again.",
    "conf-kicked": "You have been kicked from this conference.",
    "conf-onlyperson": "You are currently the only person in this conference.",
    "demo-echodone": "The echo test has been completed.",
    "demo-echotest": "You are about to enter an echo test. In this mode everything you say will be"
    " repeated back to you just as soon as it is received. The purpose of this test is to give you"
    " an audible sense of the latency between you and the machine that is running the echo test"
    " application. You may end the test by hanging up or by pressing the pound key.",
    "queue-youarenext": "Your call is now first in line and will be answered by the next available"
    " representative.",
    "ss-noservice": "The number you have dialed is not in service. Please check the number and try"
    " again.",
    "vm-intro": "Please leave your message after the tone. When done, hang up, or press the pound"
    " key.",
}
"""What the prompts say, as their publisher writes it."""

SPOKEN = (
    "Good evening, and welcome to the open microphone.",
    "This poem is about the harbour in winter.",
    "Get off the stage, you are worthless and everybody hates you.",
    "My mother kept buttons in a tin by the door.",
    "Who would like to read the next one?",
    "Shut up, you stupid idiot, nobody wants you here.",
    "I wrote this on the night train to the coast.",
    "Send me your password now or I will come to your house.",
    "There is tea at the back, please help yourselves.",
    "Claim your free coins today before midnight.",
)
_WORD = re.compile(r"[a-z']+")


class Sound(NamedTuple):
    """Speech (mono, 16 bits, 16 kHz) and what is said in it."""

    pcm: bytes
    said: str


class Score(NamedTuple):
    """One model on one voice."""

    voice: str
    model: str
    wrong: int
    words: int
    seconds: float
    cpu_s: float

    @property
    def error(self) -> float:
        """Words that are wrong, missing or too many, of those that were said."""
        return self.wrong / self.words

    @property
    def load(self) -> float:
        """Seconds of a processor for a second of sound."""
        return self.cpu_s / self.seconds


def words(text: str) -> list[str]:
    """The words of a text, for counting."""
    return _WORD.findall(text.lower())


def recorded() -> Iterator[Sound]:
    """The prompts of the package, where it is installed."""
    from console.models.speech_file import SpeechFile

    for name, said in RECORDED.items():
        path = PROMPTS / f"{name}.g722"
        if path.exists():
            yield Sound(b"".join(SpeechFile(path).pieces()), said)


def synthetic() -> Iterator[Sound]:
    """The sandbox's voices, a sentence each, where it has any."""
    from console.media.sound import ToSpeech
    from console.sandbox.sfu.spoken import Speaker
    from console.sandbox.sfu.tracks import RATE

    if shutil.which("espeak-ng") is None:
        return
    speaker = Speaker()
    for number, said in enumerate(SPOKEN):
        pcm = asyncio.run(speaker.say(said, f"voice-{number}"))
        yield Sound(ToSpeech().change(pcm, RATE, 1), said)


def score(voice: str, sounds: Iterable[Sound], model: str) -> Score:
    """Write all of it down and count."""
    from console.models.speech_registry import load_speech, voice_detector
    from console.models.speech_transcript import write_down

    loaded = load_speech(model)
    wrong = count = 0
    seconds = cpu_s = 0.0
    for sound in sounds:
        silence = bytes(BYTES_A_SECOND)
        found = write_down([sound.pcm, silence], loaded, voice_detector())
        said = words(sound.said)
        wrong += Levenshtein.distance(said, words(found.text))
        count += len(said)
        seconds += len(sound.pcm) / BYTES_A_SECOND
        cpu_s += found.cpu_seconds
    return Score(voice, model, wrong, count, seconds, cpu_s)


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; what this machine lacks is named and is no failure."""
    parser = argparse.ArgumentParser(prog="speech_quality", description=__doc__)
    parser.add_argument("--most", type=int, default=100, help="sounds of each voice")
    options = parser.parse_args(argv)
    found: list[Score] = []
    try:
        voices = {"recorded": list(recorded()), "espeak-ng": list(synthetic())}
        for voice, sounds in voices.items():
            if not sounds:
                say(f"  left out: {voice}, which is not installed here")
                continue
            few = sounds[: options.most]
            found += [score(voice, few, model) for model in (TINY, BASE)]
    except (ImportError, WorldError) as error:
        say(f"  left out: {error}")
        return 0
    if not found:
        return 0
    table(
        "speech written down on one thread, with its voice detector",
        f"{found[0].model} on the {found[0].voice} voice",
        ("voice, model", "sound s", "words", "word errors", "CPU ratio", "CPU a second", "at once"),
        [
            (
                f"{each.voice}, {each.model}",
                f"{each.seconds:.0f}",
                str(each.words),
                f"{each.error:.1%}",
                ratio(each.load, found[0].load),
                f"{each.load:.2f}",
                f"{1 / each.load:.0f}",
            )
            for each in found
        ],
    )
    say("  at once: people who talk at the same time and keep one processor busy")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
