"""The typeface: the system's own where it has one for screens, else the bundled Inter.

A Linux session with no desktop settings resolves to the generic "Sans Serif" (often DejaVu), whose
width varies from machine to machine; Inter (SIL OFL 1.1, resources/fonts) gives every such machine
the same lines. Sizes follow the system's, times what the reader chose.
"""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

_GENERIC = {"sans serif", "sans", "dejavu sans", "bitstream vera sans", "helvetica", "monospace"}


def is_generic(family: str) -> bool:
    """Whether ``family`` is what Qt falls back to when the system chose nothing."""
    return family.strip().lower() in _GENERIC


def use_typeface(application: QApplication, fonts: Path) -> str:
    """Give ``application`` its font; returns the family used.

    ``fonts`` is the folder with the bundled files; one that cannot be loaded changes nothing.
    """
    font = application.font()
    if not is_generic(font.family()):
        return font.family()
    families: list[str] = []
    for file in sorted(fonts.glob("*/*.otf")):
        number = QFontDatabase.addApplicationFont(str(file))
        if number >= 0:
            families += QFontDatabase.applicationFontFamilies(number)
    if "Inter" not in families:
        return font.family()
    chosen = QFont(font)
    chosen.setFamilies(["Inter", font.family()])
    application.setFont(chosen)
    return "Inter"


def scale_text(percent: int) -> None:
    """Make the text of this program so large, compared with what it is now."""
    if percent == 100:
        return
    font = QApplication.font()
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * percent / 100)
    else:
        font.setPixelSize(round(font.pixelSize() * percent / 100))
    QApplication.setFont(font)
