"""Speech models by name, loaded when wanted; what keeps one from being loaded is a sentence."""

from typing import Any

from console.domain.speech import SpeechModel, VoiceDetector
from console.models.optional_module import optional_module
from console.models.speech_weights import ADVICE, EXTRA_MISSING, weights_of

BROKEN = "Writing speech down is installed but broken ({})."


def load_speech(key: str, workers: int = 1) -> SpeechModel:
    """The model called ``key``. Takes a second or more: not on a loop.

    Raises:
        WorldError: it is unknown, not installed, broken, or its files are not the ones we know.
    """
    weights = weights_of(key)
    model: SpeechModel = _module("console.models.speech_whisper").WhisperModel(weights, workers)
    return model


def voice_detector() -> VoiceDetector:
    """A new detector, for one speaker.

    Raises:
        WorldError: it is not installed, or broken.
    """
    detector: VoiceDetector = _module("console.models.speech_voice").SileroVoice()
    return detector


def _module(name: str) -> Any:
    return optional_module(name, missing=EXTRA_MISSING, broken=BROKEN, advice=ADVICE)
