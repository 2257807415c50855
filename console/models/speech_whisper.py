"""Whisper on a processor in 8 bits, by CTranslate2, on segments of a few seconds.

Short context: the encoder gets the spectrogram of the segment and 2.5 s of silence, not the 30 s it
was trained with; that is four times as fast. With less silence it repeats the sentence.
"""

import math
import time
from typing import Any

import ctranslate2
import numpy as np
from tokenizers import Tokenizer

from console.base.errors import WorldError
from console.domain.speech import BYTES_A_SECOND, Written
from console.models.speech_mel import BANDS, log_mel
from console.models.speech_repeats import without_repeats
from console.models.speech_weights import Weights, read_weights

LONGEST_S = 29.0
_SILENCE_FRAMES = 250
_FEWEST_FRAMES = 500
_MOST_FRAMES = 3_000
_STEP = 100
_NO_REPEAT = 6
_TOKENS_A_SECOND = 7
_NO_SPEECH = 0.6
_UNSURE = -1.0
"""A model that hears no speech and is less sure of its words than this heard noise."""


class WhisperModel:
    """A Whisper model, loaded.

    Args:
        workers: segments that may be written down at once, each on one processor.

    Raises:
        WorldError: its files are missing or wrong, or the runtime refuses them.
    """

    def __init__(self, weights: Weights, workers: int = 1) -> None:
        files = read_weights(weights)
        self.name = weights.name
        self._many_languages = weights.many_languages
        try:
            self._tokens = Tokenizer.from_buffer(files["tokenizer.json"])
            self._model = ctranslate2.models.Whisper(
                weights.key,
                device="cpu",
                compute_type="int8",
                inter_threads=workers,
                intra_threads=1,
                files=files,
            )
        except (RuntimeError, ValueError, MemoryError) as error:
            why = (str(error).splitlines() or [type(error).__name__])[0][:200]
            raise WorldError(
                f"{weights.name} could not be loaded: {why}.", "Install the extra “media” again."
            ) from error
        self._begin = self._token("<|startoftranscript|>")
        self._plain = [self._token("<|notimestamps|>")]
        self._end = self._token("<|endoftext|>")

    def write_down(self, pcm: bytes) -> Written:
        """The words of at most LONGEST_S of speech; what is longer is cut."""
        began = time.process_time()
        pcm = pcm[: int(LONGEST_S * BYTES_A_SECOND) & ~1]
        seconds = len(pcm) / BYTES_A_SECOND
        heard: Any = ctranslate2.StorageView.from_array(_with_silence(log_mel(pcm)))
        prompt, language = [self._begin], "en"
        if self._many_languages:
            heard = self._model.encode(heard)
            (languages,) = self._model.detect_language(heard)
            language = languages[0][0].strip("<|>")
            prompt += [self._token(languages[0][0]), self._token("<|transcribe|>")]
        (found,) = self._model.generate(
            heard,
            [prompt + self._plain],
            beam_size=1,
            no_repeat_ngram_size=_NO_REPEAT,
            max_length=min(200, int(seconds * _TOKENS_A_SECOND) + 12),
            return_scores=True,
            return_no_speech_prob=True,
        )
        words = [token for token in found.sequences_ids[0] if token < self._end]
        text, repeated = without_repeats(self._tokens.decode(words), seconds)
        score = found.scores[0] if found.scores else _UNSURE
        if found.no_speech_prob > _NO_SPEECH and score < _UNSURE:
            text = ""
        return Written(
            text=text,
            confidence=round(math.exp(min(0.0, score)), 3),
            language=language,
            cpu_s=time.process_time() - began,
            repeated=repeated,
        )

    def _token(self, text: str) -> int:
        found = self._tokens.token_to_id(text)
        if found is None:
            raise WorldError(f"{self.name} has no token {text}.", "Install the extra again.")
        return int(found)


def _with_silence(mel: Any) -> Any:
    """1 x BANDS x frames, with enough silence behind that the model finds the end."""
    frames = mel.shape[1]
    wanted = math.ceil((frames + _SILENCE_FRAMES) / _STEP) * _STEP
    wanted = min(_MOST_FRAMES, max(_FEWEST_FRAMES, wanted))
    quiet = float(mel.min()) if frames else -1.0
    padded = np.full((1, BANDS, wanted), quiet, np.float32)
    used = min(frames, wanted)
    padded[0, :, :used] = mel[:, :used]
    return padded
