"""Searching everything that was ever kept, and searches under a name that are watched."""

from typing import ClassVar

from msgspec import Struct

from console.domain.search.hit import Found, IndexState, SavedSearch
from console.protocol.ask import Answer, Ask
from console.protocol.push import Merge, Push


class WrongPlace(Struct, frozen=True):
    """What is wrong in a query: from ``start`` to ``end`` (code points), in a sentence."""

    start: int
    end: int
    sentence: str


class AskSearch(Ask, frozen=True, tag="ask_search"):
    """Wanted: one page of hits; answered by SearchPage.

    Attributes:
        typing: somebody is still writing the query: its last word may go on.
        by_rank: the best first, not the newest. start: see Found.next.
    """

    newest_only = True

    query: str
    typing: bool = False
    by_rank: bool = False
    start: int = 0


class SearchPage(Answer, frozen=True, kw_only=True, tag="search_page"):
    """Answer to AskSearch.

    Attributes:
        query, start: those of the question.
        wrong: what is wrong in the query; nothing was searched for then.
    """

    asks: ClassVar = (AskSearch,)

    query: str = ""
    start: int = 0
    found: Found = Found()
    wrong: WrongPlace | None = None


class AskSearchValues(Ask, frozen=True, tag="ask_search_values"):
    """Wanted: values of the field ``key`` that hold ``begun``; answered by SearchValues."""

    newest_only = True

    key: str
    begun: str


class SearchValues(Answer, frozen=True, kw_only=True, tag="search_values"):
    """Answer to AskSearchValues: the latest first. ``values`` are hostile."""

    asks: ClassVar = (AskSearchValues,)

    key: str = ""
    values: tuple[str, ...] = ()


class KeepSearch(Ask, frozen=True, tag="keep_search"):
    """Keep a search under its name, or its latest state; answered by SearchKept."""

    search: SavedSearch


class RemoveSearch(Ask, frozen=True, tag="remove_search"):
    """Keep a search no more; answered by SearchKept."""

    search_id: str


class SearchKept(Answer, frozen=True, kw_only=True, tag="search_kept"):
    """Answer to KeepSearch and RemoveSearch. SearchesChanged tells the searches before."""

    asks: ClassVar = (KeepSearch, RemoveSearch)


class LookedAtSearch(Struct, frozen=True, tag="looked_at_search"):
    """The new hits of a watched search were looked at: count from nothing again."""

    search_id: str


class WatchedHits(Struct, frozen=True, kw_only=True):
    """A saved search with what it found since somebody looked.

    Attributes:
        new: how many hits are new; of very many at least so many.
        latest: the text of the newest of them, ``name``: who said it. Both are hostile.
    """

    search: SavedSearch
    new: int = 0
    latest: str = ""
    name: str = ""

    @property
    def search_id(self) -> str:
        """The id of the search."""
        return self.search.search_id


class SearchesChanged(Push, frozen=True, tag="searches_changed"):
    """Saved searches that are new, or have new hits.

    Attributes:
        removed: ids of those that are kept no more. whole: there are no others.
    """

    merge = Merge("changed", key=lambda one: one.search_id, removed="removed")

    changed: tuple[WatchedHits, ...] = ()
    removed: tuple[str, ...] = ()
    whole: bool = False


class IndexProgress(Push, frozen=True, tag="index_progress"):
    """How much can be searched, while older rows are still indexed and once they are."""

    state: IndexState


SearchToEngine = AskSearch | AskSearchValues | KeepSearch | RemoveSearch | LookedAtSearch
SearchToWindow = SearchPage | SearchValues | SearchKept | SearchesChanged | IndexProgress
