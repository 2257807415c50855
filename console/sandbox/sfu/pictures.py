"""Pictures that people of a scenario show: a card with their name, test cards, a screen.

Nothing here is what a test card stands for: its words say so in big letters.
"""

import zlib
from typing import Any

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Picture = NDArray[np.uint8]
"""Height, width, 3 in RGB."""

CAMERA = (320, 180)
SCREEN = (640, 360)
_MOST_QR = 200
_DARK, _LIGHT = (24, 28, 36), (245, 246, 248)


def camera(name: str, user_id: str) -> Picture:
    """The card that stands for somebody's face: their first letters on a colour of their own."""
    hue = zlib.crc32(user_id.encode()) % 256
    colour = Image.new("HSV", (1, 1), (hue, 110, 150)).convert("RGB").getpixel((0, 0))
    image = Image.new("RGB", CAMERA, colour)
    draw = ImageDraw.Draw(image)
    letters = "".join(word[:1] for word in name.split()[:2]).upper() or "?"
    draw.ellipse((110, 25, 210, 125), fill=_DARK)
    _centred(draw, letters, (160, 75), 44)
    _centred(draw, name[:30], (160, 152), 20)
    return np.asarray(image)


def card(words: str) -> Picture:
    """A camera that shows a card with ``words``."""
    image = Image.new("RGB", CAMERA, _LIGHT)
    draw = ImageDraw.Draw(image)
    draw.rectangle((6, 6, 313, 173), outline=_DARK, width=3)
    _lines(draw, words, CAMERA, 30, _DARK)
    return np.asarray(image)


def screen(words: str, qr: str = "") -> Picture:
    """A shared screen: a window with ``words`` in it, and ``qr`` as a code below them."""
    image = Image.new("RGB", SCREEN, _LIGHT)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SCREEN[0], 26), fill=_DARK)
    for number, colour in enumerate(((230, 90, 80), (235, 190, 70), (90, 190, 100))):
        draw.ellipse((10 + 20 * number, 8, 20 + 20 * number, 18), fill=colour)
    _lines(draw, words, SCREEN if not qr else (SCREEN[0], SCREEN[1] - 170), 32, _DARK)
    if qr:
        code = zxingcpp.create_barcode(qr[:_MOST_QR], zxingcpp.BarcodeFormat.QRCode)
        square = Image.fromarray(np.array(code.to_image(scale=5))).convert("RGB")
        square.thumbnail((170, 170))
        image.paste(square, ((SCREEN[0] - square.width) // 2, SCREEN[1] - square.height - 8))
    return np.asarray(image)


def _lines(draw: Any, words: str, size: tuple[int, int], height: int, fill: Any) -> None:
    lines = words.split("\n")[:6]
    top = size[1] / 2 - (len(lines) - 1) * height * 0.65
    for number, line in enumerate(lines):
        _centred(draw, line[:40], (size[0] / 2, top + number * height * 1.3), height, fill)


def _centred(
    draw: Any, text: str, middle: tuple[float, float], height: int, fill: Any = _LIGHT
) -> None:
    draw.text(middle, text, fill=fill, font=ImageFont.load_default(height), anchor="mm")
