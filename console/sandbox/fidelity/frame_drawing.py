"""What the pictures of frames show: what the media server sends, where the extra ``media`` is."""

import importlib
import importlib.util
import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from console.sandbox.fidelity.picture import png
from console.sandbox.records import QR, SCREEN, User


def drawn(user: User, track: str, labels: Sequence[str], moment: int) -> bytes:
    """A PNG of somebody's camera or screen, or of their test card for ``labels``.

    Without the extra it is small and has no words.
    """
    words = str(user.custom.get(SCREEN) or f"{user.name}'s screen")
    if not _can_draw():
        return _plain(user.id, moment % 13, bool(labels), track == "screenshare")
    return _drawn(user.id, user.name, track, tuple(labels), words, str(user.custom.get(QR, "")))


@lru_cache(maxsize=1)
def _can_draw() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("PIL", "zxingcpp"))


@lru_cache(maxsize=512)
def _plain(who: str, moment: int, card: bool, screen: bool) -> bytes:
    return png(who, moment, card=card, screen=screen)


@lru_cache(maxsize=512)
def _drawn(who: str, name: str, track: str, labels: tuple[str, ...], words: str, qr: str) -> bytes:
    pictures: Any = importlib.import_module("console.sandbox.sfu.pictures")
    image: Any = importlib.import_module("PIL.Image")
    if track == "screenshare":
        pixels = pictures.screen(words, qr)
    elif labels:
        pixels = pictures.card("\n".join(("TEST CARD", *labels)))
    else:
        pixels = pictures.camera(name, who)
    into = io.BytesIO()
    image.fromarray(pixels).save(into, "PNG")
    return into.getvalue()
