"""Views of the wall that a moderator keeps: a filter with its tiles, under a name. Pure."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

MOST = 40
"""So many views are kept."""

LONGEST_NAME = 40
LONGEST_FILTER = 400


class View(Struct, frozen=True):
    """
    Attributes:
        filter: as it is typed. tiles: the size of tiles, "" leaves it as it is.
        order: in which order tiles are arranged when the view is chosen; "" leaves them in place.
    """

    name: str
    filter: str = ""
    tiles: str = ""
    order: str = ""


BUILT_IN = (
    View("All calls"),
    View("With open items", "open>0"),
    View("Warm", "is:warm"),
    View("Not heard", "is:unheard"),
    View("Nobody of the team watches", "is:unwatched"),
    View("Asking for a permission", "is:asking"),
    View("Pinned", "is:pinned"),
)


def read_views(stored: Iterable[object]) -> tuple[View, ...]:
    """The views in a file of settings; what is none is left out."""
    views: dict[str, View] = {}
    for each in stored:
        try:
            view = msgspec.convert(each, View)
        except msgspec.ValidationError:
            continue
        name = view.name.strip()[:LONGEST_NAME]
        if name and len(view.filter) <= LONGEST_FILTER and len(views) < MOST:
            views[name] = msgspec.structs.replace(view, name=name)
    return tuple(views.values())


def stored_views(views: Iterable[View]) -> list[dict[str, str]]:
    """``views`` as a file of settings holds them."""
    return [msgspec.to_builtins(view) for view in views]


def why_no_name(name: str, views: Iterable[View]) -> str:
    """Why a view cannot be kept under ``name``, in one sentence; "" when it can.

    The name of a view that is kept already is no reason: that one is replaced.
    """
    name = name.strip()
    if not name:
        return "Give the view a name."
    if len(name) > LONGEST_NAME:
        return f"A name has at most {LONGEST_NAME} letters."
    if name in {view.name for view in BUILT_IN}:
        return f"“{name}” is a view that the program brings."
    known = {view.name for view in views}
    if name not in known and len(known) >= MOST:
        return f"{MOST} views are the most. Remove one before."
    return ""


def with_view(views: Iterable[View], view: View) -> tuple[View, ...]:
    """``views`` and ``view``, which takes the place of the one of its name."""
    kept = {each.name: each for each in views}
    kept[view.name] = view
    return tuple(kept.values())


def without_view(views: Iterable[View], name: str) -> tuple[View, ...]:
    """``views`` but the one called ``name``."""
    return tuple(view for view in views if view.name != name)


def view_of(filter_: str, views: Iterable[View]) -> View | None:
    """The view with this filter, one of the user's own before those that the program brings."""
    wanted = " ".join(filter_.split())
    return next((view for view in (*views, *BUILT_IN) if view.filter == wanted), None)
