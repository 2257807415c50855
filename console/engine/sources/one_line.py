"""What Stream's captions and this machine both heard becomes one line, with its second source.

The text of the caption stands, whichever came first: it is the better one. The other text is kept
beside it and not judged. So the two must be nearly the same, and what this machine heard must not
be worse by the words of the policy: captions may leave out what is abusive.
"""

import re
from collections import OrderedDict, deque
from collections.abc import Callable

from msgspec.structs import replace
from rapidfuzz import fuzz

from console.domain.item import CAPTION, Item, Text

ALIKE = 75.0
"""From 0 to 100. A recognizer that gets one word in five wrong is above it."""

WITHIN = 88.0
"""The same for a segment of a caption that is longer."""

APART_S = 2.5
"""The two clocks, and where the two think that a sentence begins, differ by so much."""

MOST_SPEAKERS = 2_000
MOST_LINES = 12
MOST_KNOWN = 5_000

_WORDS = re.compile(r"\w+")


class OneLine:
    """Remembers the last spoken lines of each speaker.

    ``weigh`` says of a text and its language how strong an action its words call for.
    """

    def __init__(self, weigh: Callable[[str, str], int]) -> None:
        self._weigh = weigh
        self._said: OrderedDict[tuple[str, str], deque[Item]] = OrderedDict()
        self._joined: OrderedDict[str, str] = OrderedDict()

    def take(self, item: Item) -> Item:
        """``item``, or the earlier line that it belongs to with both sources in its body."""
        if item.kind != CAPTION or item.translated or not isinstance(item.body, Text):
            return item
        speaker = (item.cid, item.author_id)
        said = self._said.setdefault(speaker, deque(maxlen=MOST_LINES))
        self._said.move_to_end(speaker)
        if len(self._said) > MOST_SPEAKERS:
            self._said.popitem(last=False)
        known = self._joined.get(item.item_id)
        for place, earlier in enumerate(said):
            if earlier.item_id == known:
                return earlier  # a caption that came again
            if known is None and self._is_one(item, earlier):
                made = _joined(item, earlier)
                said[place] = made
                self._note(item.item_id, made.item_id)
                return made
        said.append(item)
        return item

    def _is_one(self, item: Item, earlier: Item) -> bool:
        if item.item_id == earlier.item_id or not _same(item, earlier):
            return False
        heard, written = (item, earlier) if item.heard_here else (earlier, item)
        language = written.language
        return self._weigh(heard.text, language) <= self._weigh(written.text, language)

    def _note(self, item_id: str, line_id: str) -> None:
        self._joined[item_id] = line_id
        if len(self._joined) > MOST_KNOWN:
            self._joined.popitem(last=False)


def _same(item: Item, earlier: Item) -> bool:
    if item.heard_here == earlier.heard_here:
        return False
    if item.start_time - earlier.end_time > APART_S or earlier.start_time - item.end_time > APART_S:
        return False
    new, old = plain(item.text), plain(earlier.text)
    if not new or not old:
        return False
    if fuzz.ratio(new, old) >= ALIKE:
        return True
    heard, written = (new, old) if item.heard_here else (old, new)
    shorter = len(heard.split()) >= 3 and len(heard) < len(written)
    return shorter and fuzz.partial_ratio(heard, written) >= WITHIN


def _joined(item: Item, earlier: Item) -> Item:
    new, old = item.body, earlier.body
    assert isinstance(new, Text) and isinstance(old, Text)  # noqa: PT018 (one fact)
    if item.heard_here:
        words = f"{old.second_text} {new.text}".strip()
        return replace(earlier, body=replace(old, second=new.heard_by, second_text=words))
    # Words that differ by a comma are not judged a second time.
    text = old.text if plain(new.text) == plain(old.text) else new.text
    return replace(
        earlier,
        body=replace(new, text=text, second=old.heard_by, second_text=old.text),
        end_time=item.end_time,
        received_at=item.received_at,
        source_id=item.source_id,
        language=item.language,
    )


def plain(text: str) -> str:
    """The words of a text, without case and punctuation."""
    return " ".join(_WORDS.findall(text.casefold()))
