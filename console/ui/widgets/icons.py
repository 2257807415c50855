"""Icons drawn from resources/icons in whatever colour the theme asks for, cached by size."""

import re
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from console.base.paths import resources

_NAME = re.compile(r"[a-z][a-z-]*")


def icon_folder() -> Path:
    """Where the drawings lie: 16 by 16 units, stroked with ``currentColor``."""
    return resources() / "icons"


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no icon name")
    return (icon_folder() / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def pixmap(name: str, color: str, size: int, scale: float = 1.0) -> QPixmap:
    """The icon ``name`` in ``color`` (``#rrggbb``), ``size`` logical pixels square.

    ``scale`` is the device pixel ratio of what it is painted on.
    """
    svg = _drawing(name).replace("currentColor", color)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


def icon(name: str, color: str, disabled: str = "") -> QIcon:
    """The icon for buttons and menus, in sizes for plain and dense screens."""
    result = QIcon()
    for size in (16, 20, 24, 32):
        result.addPixmap(pixmap(name, color, size), QIcon.Mode.Normal)
        if disabled:
            result.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return result
