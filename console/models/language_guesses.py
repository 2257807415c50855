"""Languages guessed from words by fastText's lid.176, which comes with the program.

Joulin et al., "Bag of Tricks for Efficient Text Classification", 2016; the compressed model
(0.9 MB). Read by fasttext-predict-v2, which is nothing but fastText's prediction: about 15
microseconds for a line, 6 MB once for a process.
"""

import functools
import hashlib
import importlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from console.base.plain_file import read_bytes
from console.domain.spoken_language import Guess, LanguageIdentifier, NoGuesses

log = logging.getLogger(__name__)

FILE = "lid.176/lid.176.ftz"
SHA256 = "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"
MOST_LETTERS = 400
"""Of a text that is looked at; a language does not change behind them."""
MOST_GUESSES = 8
MAX_BYTES = 1 << 20
_PREFIX = len("__label__")
_SAME = {"arz": "ar", "wuu": "zh", "yue": "zh", "als": "de", "azb": "az", "pnb": "pa", "nn": "no"}
"""Varieties that nothing here tells apart, as the language whose rules and models are for them."""


class FastTextGuesses:
    """A :class:`~console.domain.spoken_language.LanguageIdentifier`. Safe in several threads."""

    def __init__(self, model: Any) -> None:
        """``model``: a loaded ``fasttext`` model."""
        self._predict = model.f.predict

    def guesses(self, text: str) -> Sequence[Guess]:
        """As of the interface; small and capital letters are the same."""
        line = " ".join(text[:MOST_LETTERS].split()).lower()
        whole = line.encode("utf-8", "replace").decode()  # a half character is none to fastText
        found = self._predict(f"{whole}\n", MOST_GUESSES, 0.01, "strict")
        likely: dict[str, float] = {}
        for chance, label in found:
            language = _SAME.get(label[_PREFIX:], label[_PREFIX:])
            likely[language] = min(1.0, likely.get(language, 0.0) + chance)
        return sorted(map(Guess._make, likely.items()), key=lambda each: -each.likely)


@functools.cache
def language_identifier(models: Path) -> LanguageIdentifier:
    """The one identifier of this process, read when first wanted; ``models``: the program's folder.

    Where it cannot be read that is logged, and letters alone tell languages.
    """
    file = models / FILE
    try:
        whole = hashlib.sha256(read_bytes(file, MAX_BYTES)).hexdigest() == SHA256
        if not whole:
            log.warning("%s is damaged: languages are told by letters alone", file)
            return NoGuesses()
        return FastTextGuesses(importlib.import_module("fasttext").load_model(str(file)))
    except Exception as error:  # a broken native library raises whatever it likes
        log.warning("languages are told by letters alone: %s", error)
        return NoGuesses()
