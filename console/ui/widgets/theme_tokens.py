"""Colours and measures by meaning. The only place where a colour becomes a number; no Qt here."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from console.base.errors import WorldError

_HEX = re.compile(r"#[0-9a-f]{6}")


class Colors(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``#rrggbb`` for each meaning.

    Surfaces: ``window`` behind the panels, ``panel`` under lists and text, ``raised`` for fields
    and buttons, ``hover`` and ``selected`` for rows, ``line`` and ``line_strong`` for borders,
    ``control`` for those of what can be pressed or typed in.
    Ink: ``text``, ``text_dim``, ``text_faint`` are readable on every surface. ``accent`` is ink,
    ``accent_fill`` a ground for ``on_accent``; likewise ``bad`` and
    ``bad_fill``; ``warn_fill`` is for bars and signs only, never under or as words. ``*_tint`` is
    a quiet ground behind a row of that meaning.
    """

    window: str
    panel: str
    raised: str
    hover: str
    selected: str
    line: str
    line_strong: str
    control: str
    text: str
    text_dim: str
    text_faint: str
    accent: str
    accent_fill: str
    on_accent: str
    good: str
    warn: str
    warn_fill: str
    warn_tint: str
    bad: str
    bad_fill: str
    bad_tint: str
    on_bad: str
    idle: str


class Tokens(Struct, frozen=True, kw_only=True):
    """One theme as its file states it."""

    name: str
    dark: bool
    colors: Colors
    speakers: tuple[str, ...]


def load(path: Path) -> Tokens:
    """The theme at ``path``.

    Raises:
        WorldError: unreadable, a token missing, unknown or not ``#rrggbb``.
    """
    try:
        tokens = msgspec.json.decode(path.read_bytes(), type=Tokens)
    except OSError as error:
        raise WorldError(f"The theme {path.name} could not be read: {error.strerror}.") from error
    except msgspec.DecodeError as error:
        raise WorldError(f"The theme {path.name} is not usable: {error}.") from error
    for name, value in _named_colors(tokens):
        if not _HEX.fullmatch(value):
            raise WorldError(f"The theme {path.name} gives {name} no colour of the form #rrggbb.")
    if not tokens.speakers:
        raise WorldError(f"The theme {path.name} has no colours for speakers.")
    return tokens


def _named_colors(tokens: Tokens) -> Iterator[tuple[str, str]]:
    for field in tokens.colors.__struct_fields__:
        yield field, getattr(tokens.colors, field)
    for position, value in enumerate(tokens.speakers):
        yield f"speaker {position}", value
