"""Small pictures for frames: a person's own colours and outline, or a striped test card. Pure."""

import hashlib
import struct
import zlib

WIDTH, HEIGHT = 160, 90

Colour = tuple[int, int, int]


def png(who: str, moment: int, *, card: bool = False, screen: bool = False) -> bytes:
    """A PNG of 160 by 90; the same arguments give the same bytes.

    Args:
        moment: moves the person a little, so that two frames differ.
        card: stripes in place of a person: content that a policy is about, as a test card.
        screen: a page with lines of text in place of a person.
    """
    dice = hashlib.sha256(who.encode()).digest()
    wall: Colour = (60 + dice[0] % 120, 60 + dice[1] % 120, 60 + dice[2] % 120)
    coat: Colour = (dice[3], dice[4], dice[5])
    skin: Colour = (140 + dice[6] % 100, 100 + dice[6] % 90, 80 + dice[6] % 80)
    sway = (moment * 7) % 13 - 6
    rows = bytearray()
    for y in range(HEIGHT):
        rows.append(0)  # no filter
        for x in range(WIDTH):
            if card:
                colour = (200, 40, 40) if (x + y + moment) // 10 % 2 else (20, 20, 20)
            elif screen:
                line = 12 < x < 40 + (dice[y // 10] % 100) and y % 10 in (4, 5)
                colour = (40, 40, 40) if line else (245, 245, 240)
            else:
                colour = _person(x - 80 - sway, y, wall, coat, skin)
            rows += bytes(colour)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(bytes(rows), 6))
        + _chunk(b"IEND", b"")
    )


def _person(x: int, y: int, wall: Colour, coat: Colour, skin: Colour) -> Colour:
    if x * x + (y - 38) * (y - 38) < 20 * 20:
        return skin
    if y > 55 and x * x < (y - 50) * 60:
        return coat
    shade = y // 3
    return wall[0] - shade, wall[1] - shade, wall[2] - shade


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
