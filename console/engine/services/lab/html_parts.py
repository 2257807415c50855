"""Pieces of a report in HTML. Every text in it is hostile and goes through :func:`shown`."""

from collections.abc import Iterable
from html import escape

from console.base.plain_text import visible


def shown(text: str) -> str:
    """Hostile text as HTML: nothing in it is markup, and nothing in it deceives."""
    return escape(visible(text))


def grid(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of texts."""
    cells = "".join(f"<th>{shown(each)}</th>" for each in head)
    body = "".join(
        f"<tr>{''.join(f'<td>{shown(each)}</td>' for each in row)}</tr>\n" for row in rows
    )
    return f"<table><thead><tr>{cells}</tr></thead><tbody>\n{body}</tbody></table>\n"
