"""Rows, columns, stacks and splitters, written as what is in them."""

from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

Part: TypeAlias = (
    QWidget | QLayout | tuple[QWidget | QLayout, int] | tuple[QWidget, int, Qt.AlignmentFlag] | None
)
"""What stands in a row or column: a widget or layout, alone or with its share of the room that is
left (and where it stands in its room), or None for empty room that grows."""

Margins = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""


def in_row(
    *parts: Part,
    owner: QWidget | None = None,
    margins: Margins | None = (0, 0, 0, 0),
    spacing: int | None = 8,
) -> QHBoxLayout:
    """``parts`` from left to right, as the layout of ``owner`` where there is one.

    ``margins`` and ``spacing`` are the style's where they are None.
    """
    row = QHBoxLayout() if owner is None else QHBoxLayout(owner)
    _fill(row, parts, margins, spacing)
    return row


def in_column(
    *parts: Part,
    owner: QWidget | None = None,
    margins: Margins | None = (0, 0, 0, 0),
    spacing: int | None = 0,
) -> QVBoxLayout:
    """``parts`` from top to bottom; else like :func:`in_row`."""
    column = QVBoxLayout() if owner is None else QVBoxLayout(owner)
    _fill(column, parts, margins, spacing)
    return column


def stacked(*pages: QWidget) -> QStackedWidget:
    """``pages`` in one place, of which one is shown: the first to begin with."""
    stack = QStackedWidget()
    for page in pages:
        stack.addWidget(page)
    return stack


def split(way: Qt.Orientation, *parts: tuple[QWidget, int]) -> QSplitter:
    """Parts that a person can divide the room between; each with its share of new room."""
    splitter = QSplitter(way)
    for at, (part, share) in enumerate(parts):
        splitter.addWidget(part)
        splitter.setStretchFactor(at, share)
    splitter.setChildrenCollapsible(False)
    return splitter


def _fill(
    box: QBoxLayout, parts: tuple[Part, ...], margins: Margins | None, spacing: int | None
) -> None:
    if margins is not None:
        box.setContentsMargins(*margins)
    if spacing is not None:
        box.setSpacing(spacing)
    for part in parts:
        match part:
            case None:
                box.addStretch(1)
            case QWidget():
                box.addWidget(part)
            case QLayout():
                box.addLayout(part)
            case (QWidget() as widget, int() as share):
                box.addWidget(widget, share)
            case (QWidget() as widget, int() as share, place):
                box.addWidget(widget, share, place)
            case (QLayout() as layout, int() as share):
                box.addLayout(layout, share)
