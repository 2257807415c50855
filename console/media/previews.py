"""Previews of pictures, where the extra for pictures is installed."""

from typing import Any


def preview_of(image: bytes) -> bytes:
    """As ``console.models.pictures.preview``; empty without the extra."""
    try:
        from console.models.pictures import preview
    except ImportError:
        return b""
    return preview(image)


def preview_of_pixels(pixels: Any) -> bytes:
    """As ``console.models.pictures.preview_of_pixels``; empty without the extra."""
    try:
        from console.models.pictures import preview_of_pixels as made
    except ImportError:
        return b""
    return made(pixels)
