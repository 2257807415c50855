"""Which letter of a Latin keyboard a key has, whatever the layout writes with it. Pure.

With a layout of another script alone (Cyrillic, Greek, Arabic) Qt finds no shortcut that is a Latin
letter. What the hand knows is where the key is.
"""

from msgspec import Struct

_ROWS = {2: "1234567890", 16: "QWERTYUIOP", 30: "ASDFGHJKL", 44: "ZXCVBNM"}
"""The first key of each row as Linux numbers keys (linux/input-event-codes.h), and its letters."""

_BY_CODE = {first + at: sign for first, row in _ROWS.items() for at, sign in enumerate(row)}

_X_OFFSET = 8
"""X and Wayland count from here on (xkeyboard-config, keycodes/evdev)."""

_MAC = dict(
    zip(
        (
            0,
            11,
            8,
            2,
            14,
            3,
            5,
            4,
            34,
            38,
            40,
            37,
            46,
            45,
            31,
            35,
            12,
            15,
            1,
            17,
            32,
            9,
            13,
            7,
            16,
            6,
        ),
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        strict=True,
    )
)
"""kVK_ANSI_A to kVK_ANSI_Z of Carbon's Events.h."""


class Codes(Struct, frozen=True):
    """What the system says of a key: where it is (``scan``), and which it is (``virtual``)."""

    scan: int
    virtual: int


def latin_key(codes: Codes, platform: str) -> str:
    """The letter or digit on this key of a Latin keyboard; "" where it has none.

    ``platform``: as ``QGuiApplication.platformName`` gives it.
    """
    if platform == "windows":
        # Windows' virtual keys are those of the Latin letters in every layout that has none.
        sign = chr(codes.virtual) if codes.virtual < 0x80 else ""
        return sign if sign.isascii() and (sign.isupper() or sign.isdigit()) else ""
    if platform == "cocoa":
        return _MAC.get(codes.virtual, "")
    return _BY_CODE.get(codes.scan - _X_OFFSET, "")
