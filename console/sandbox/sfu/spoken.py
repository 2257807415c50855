"""Text as speech, by espeak-ng where the machine has it.

espeak-ng is GPL-3, so it is a program beside this one and never part of it.
"""

import asyncio
import functools
import io
import logging
import shutil
import wave
import zlib
from collections import OrderedDict

import numpy as np
import soxr

from console.sandbox.sfu.tracks import RATE, Pcm

log = logging.getLogger(__name__)

PROGRAM = "espeak-ng"
LIMIT_S = 10.0
MOST_LETTERS = 1_000
MOST_KEPT = 200
WORDS_A_MINUTE = 165
_VOICES = ("m3", "f2", "m1", "f4", "m7", "f3")
_TONE_HZ = 220.0


class Speaker:
    """Makes speech of text; the last few are kept.

    Attributes:
        able: whether there is a program that speaks; without it a tone stands for words.
    """

    def __init__(self) -> None:
        self.able = shutil.which(PROGRAM) is not None
        self._kept: OrderedDict[tuple[str, str, str], Pcm] = OrderedDict()
        if not self.able:
            log.warning(
                "There is no %s on this machine: a tone stands for what people say.", PROGRAM
            )

    async def say(self, text: str, user_id: str, language: str = "en") -> Pcm:
        """48 kHz mono of ``text``, always in the same voice for the same person."""
        voice = _VOICES[zlib.crc32(user_id.encode()) % len(_VOICES)]
        key = (text, voice, language)
        pcm = self._kept.pop(key, None)
        if pcm is None:
            pcm = await self._speak(text[:MOST_LETTERS], voice, language)
        self._kept[key] = pcm
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return pcm

    async def _speak(self, text: str, voice: str, language: str) -> Pcm:
        if not self.able:
            return tone(0.35 * len(text.split()) + 0.2)
        process = await asyncio.create_subprocess_exec(
            *(PROGRAM, "--stdin", "--stdout", "-s", str(WORDS_A_MINUTE)),
            *("-v", f"{language}+{voice}"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            out, _ = await asyncio.wait_for(process.communicate(text.encode()), LIMIT_S)
        except TimeoutError:
            log.warning("%s took too long to speak; a tone stands for it.", PROGRAM)
            out = b""
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if not out:
            return tone(1.0)
        return await asyncio.to_thread(_samples, out)


def _samples(wav: bytes) -> Pcm:
    # A WAV on a pipe states no true length; what is there is read.
    with wave.open(io.BytesIO(wav)) as file:
        rate = file.getframerate()
        pcm = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    changed: Pcm = soxr.resample(pcm, rate, RATE)
    return changed


@functools.cache
def tone(seconds: float) -> Pcm:
    """What stands for words where nothing can speak."""
    at = np.arange(int(seconds * RATE)) / RATE
    swell = np.minimum(1.0, np.minimum(at, seconds - at) * 20)
    made: Pcm = (np.sin(2 * np.pi * _TONE_HZ * at) * swell * 6_000).astype(np.int16)
    return made
