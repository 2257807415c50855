"""Runs in a process of its own: starts Qt and prints what it can draw, as one line of JSON."""

import json
import sys

from PySide6.QtGui import QFont, QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication

SAMPLES = {
    "Latin": "a",
    "Arabic": "\u0639",
    "Hebrew": "\u05e9",
    "Chinese": "\u4e2d",
    "Devanagari": "\u0939",
    "emoji": "\U0001f600",
}


def main() -> None:
    """Print ``families`` (how many) and ``lacking`` (scripts no installed font draws)."""
    application = QApplication(["doctor"])
    families = QFontDatabase.families()
    fonts = [QRawFont.fromFont(QFont(family)) for family in families]
    lacking = [
        name
        for name, text in SAMPLES.items()
        if not any(font.supportsCharacter(ord(text)) for font in fonts)
    ]
    sys.stdout.write(json.dumps({"families": len(families), "lacking": lacking}) + "\n")
    application.quit()


if __name__ == "__main__":
    main()
