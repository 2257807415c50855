"""The ways in which one text can be read, each with the way back to the original offsets.

A reading is the text as folded words, one space between them and at both ends, so that a whole word
is found by searching for it with its spaces.
"""

import re
from collections.abc import Iterator

from console.policy.text.codes import (
    SHORTEST_FORMULA,
    brackets,
    exclaimed,
    is_code,
    is_formula,
)
from console.policy.text.flags import without_flags
from console.policy.text.folding import CONFUSABLE, PLAIN, SPACE, FoldTable, words_of
from console.policy.text.signs import CONFUSABLE_SIGNS, SIGNS, signed
from console.policy.text.vietnamese import is_vietnamese


class Need:
    """What a word's list must allow before a reading counts for it: bits of an int.

    No ``IntFlag``, whose ``&`` takes ten times as long and is asked for every hit.
    """

    NOTHING = 0
    CONFUSABLE = 1
    LEET = 2
    SPACING = 4
    REPETITION = 8
    ENDING = 16
    INSIDE = 32
    RESPELLING = 64
    COMPOUND = 128
    ROMANIZED = 256


class Reading:
    """One way to read a text.

    Attributes:
        text: the folded words.
        needs: what a list must allow for a match here to count.
    """

    __slots__ = ("_origin", "_original", "_table", "needs", "text")

    def __init__(
        self,
        text: str,
        needs: int,
        *,
        original: str = "",
        table: FoldTable = PLAIN,
        origin: list[int] | None = None,
    ) -> None:
        self.text = text
        self.needs = needs
        self._original = original
        self._table = table
        self._origin = origin

    @property
    def origin(self) -> list[int]:
        """For each character of ``text`` the offset in the original; made when first asked for."""
        if self._origin is None:
            _, self._origin = _expand(self._original, self._table)
        return self._origin

    def behind(self, start: int, end: int) -> str:
        """What is written in the original for ``text[start:end]``."""
        first, last = self.span(start, end)
        return self._original[first:last]

    def has_only_gaps(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` is of letters and space only, and nothing joins it on.

        "Sh! It is" cuts no word in two, nor does "who're".
        """
        first, last = self.span(start, end)
        outside = self._original[max(first - 1, 0) : first] + self._original[last : last + 1]
        within = self._original[first:last]
        return all(char.isspace() or char.isalnum() for char in within) and not any(
            char in _HOLDS_ON for char in outside
        )

    def is_vietnamese(self, start: int, end: int) -> bool:
        """Whether what is written for ``text[start:end]`` is Vietnamese, and no disguise."""
        return is_vietnamese(self.behind(start, end), self._original)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's code points behind ``text[start:end]``, spaces at the ends left off."""
        while start < end and self.text[start] == SPACE:
            start += 1
        while end > start and self.text[end - 1] == SPACE:
            end -= 1
        if start == end:
            return 0, 0
        return self.origin[start], self.origin[end - 1] + 1


def _expand(text: str, table: FoldTable) -> tuple[str, list[int]]:
    """What ``words_of`` gives, with spaces at both ends, and where each character came from."""
    out = [SPACE]
    origin = [0]
    for at, char in enumerate(text):
        folded = table[ord(char)]
        if folded == SPACE:
            if out[-1] != SPACE:
                out.append(SPACE)
                origin.append(at)
            continue
        for piece in folded:
            out.append(piece)
            origin.append(at)
    if out[-1] != SPACE:
        out.append(SPACE)
        origin.append(len(text))
    return "".join(out), origin


_LEET = {
    "0": "o",
    "1": "i",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "!": "i",
    "|": "i",
    "€": "e",
    "£": "l",
    "+": "t",
    "(": "c",
}
_ONE_AS_L = {"1": "l", "!": "l", "|": "l"}
_WIDE = 0xFEE0  # from an ASCII character to its full-width form
_LEET |= {chr(ord(char) + _WIDE): letter for char, letter in _LEET.items() if char.isascii()}
_LEET |= {"¡": "i", "¥": "y"}
_ONE_AS_L |= {chr(ord(char) + _WIDE): letter for char, letter in _ONE_AS_L.items()}
_LEET_HINT = re.compile(f"[{re.escape(''.join(_LEET))}]")
_CHUNK = re.compile(r"\S+")
_TRAILING = "!|().,;:?！｜（）"
# "@$$"; a price or a number is no word.
_NO_LETTER = re.compile(r"(?=.*[@$])[@$!|+(]{3,}")

_SPACED = re.compile(r"(?<= )(?:[^ ] ){2,}[^ ](?= )")
# Signs, and spaces that are narrow or no wider than nothing in one line: they leave it legible.
_CUTS = r"[-_*~·•^=+|#\u2010\u2011\u2013\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f]"
_JOINT = re.compile(rf"(?<=[^\W_]){_CUTS}+(?=[^\W_])")
_SINGLES = re.compile(r"(?<![^\W_])[^\W_](?:\W{1,3}[^\W_])+(?![^\W_])")
# What the two above must hold; several times as quick where there is nothing.
_SPACED_HINT = re.compile(" [^ ] [^ ] [^ ] ")
_JOINT_HINT = re.compile(_CUTS)
_REPEATED = re.compile(r"([^ ])\1\1")
_LONG_RUN = re.compile(r"([^ ])\1+")
_RUN = re.compile(r"([^ ])\1*")


_HOLDS_ON = "'’‘`´-"
"""What joins the letters beside it to a word."""


def _padded(words: str) -> str:
    return f" {words} " if words else SPACE


def readings(text: str) -> Iterator[Reading]:
    """Every way to read ``text``; the plain one first. Costs little when nothing is disguised."""
    plain = Reading(
        _padded(words_of(text, PLAIN)), Need.NOTHING, original=text, table=PLAIN, origin=None
    )
    yield plain
    bases = [plain]
    table, needs = PLAIN, Need.NOTHING
    if not text.isascii():
        text = without_flags(text)
        seen = _padded(words_of(text, CONFUSABLE))
        if seen != plain.text:
            table, needs = CONFUSABLE, Need.CONFUSABLE
            bases.append(Reading(seen, needs, original=text, table=table))
            yield bases[-1]
    if _LEET_HINT.search(text):
        for reading in _leet(text, table, needs):
            bases.append(reading)
            yield reading
    if _JOINT_HINT.search(text) and _JOINT.search(text):
        joined = _joined(text, table, needs)
        bases.append(joined)
        yield joined
    for base in bases:
        yield from _spaced(base)
    for base in bases:
        if _REPEATED.search(base.text):
            yield _squeezed(base)


def signed_readings(text: str) -> Iterator[Reading]:
    """``text`` with its signs, and once more with look-alike letters where that differs."""
    plain = Reading(_padded(signed(text)), Need.NOTHING, original=text, table=SIGNS)
    yield plain
    if not text.isascii():
        seen = _padded(signed(text, CONFUSABLE_SIGNS))
        if seen != plain.text:
            yield Reading(seen, Need.CONFUSABLE, original=text, table=CONFUSABLE_SIGNS)


def _leet(text: str, table: FoldTable, needs: int) -> Iterator[Reading]:
    ambiguous = False
    changed = list(text)
    kept = brackets(text) | exclaimed(text)
    for chunk in _CHUNK.finditer(text):
        if _LEET_HINT.search(text, *chunk.span()) is None:
            continue
        body = chunk.group().rstrip(_TRAILING)
        if not any(char.isalpha() for char in body) and not _NO_LETTER.fullmatch(body):
            continue
        if is_code(chunk.group()):
            continue
        for at, char in enumerate(body, chunk.start()):
            if char in _LEET and at not in kept:
                changed[at] = _LEET[char]
                ambiguous = ambiguous or char in _ONE_AS_L
    mapped = "".join(changed)
    if mapped == text:
        return
    yield Reading(_padded(words_of(mapped, table)), needs | Need.LEET, original=mapped, table=table)
    if ambiguous:
        other = "".join(
            _ONE_AS_L.get(was, now) if was != now else now
            for was, now in zip(text, changed, strict=True)
        )
        yield Reading(
            _padded(words_of(other, table)), needs | Need.LEET, original=other, table=table
        )


def _joined(text: str, table: FoldTable, needs: int) -> Reading:
    """Punctuation inside words taken out: "id-iot"."""
    # A soft hyphen folds to nothing and keeps the offsets.
    formulas = {
        at
        for found in _SINGLES.finditer(text)
        if is_formula(found.group())
        for at in range(*found.span())
    }

    def hide(match: re.Match[str]) -> str:
        if match.start() in formulas:
            return match.group()
        return "\u00ad" * len(match.group())

    hidden = _JOINT.sub(hide, text)
    return Reading(
        _padded(words_of(hidden, table)), needs | Need.SPACING, original=hidden, table=table
    )


def _spaced(base: Reading) -> Iterator[Reading]:
    """Each run of single letters as one word: "i d i o t"."""
    if _SPACED_HINT.search(base.text) is None:
        return
    for run in _SPACED.finditer(base.text):
        if len(run.group()) < 2 * SHORTEST_FORMULA - 1 and is_formula(base.behind(*run.span())):
            continue
        yield Spaced(f" {run.group().replace(SPACE, '')} ", base, run.start())


def _squeezed(base: Reading) -> Reading:
    """Every run of one letter shortened to one; ``runs_agree`` tells whether that was fair."""
    out: list[str] = []
    starts: list[int] = []
    done = 0
    for run in _LONG_RUN.finditer(base.text):
        out.append(base.text[done : run.start() + 1])
        starts += range(done, run.start() + 1)
        done = run.end()
    out.append(base.text[done:])
    starts += range(done, len(base.text))
    return Squeezed("".join(out), base, starts)


class Spaced(Reading):
    """One run of single letters, written as one word; a word may begin anywhere in it."""

    __slots__ = ("_base", "_start")

    def __init__(self, text: str, base: Reading, start: int) -> None:
        super().__init__(text, base.needs | Need.SPACING)
        self._base = base
        self._start = start

    def span(self, start: int, end: int) -> tuple[int, int]:
        # Letter n of this text stands every second character in the base.
        first, last = max(start, 1), min(end, len(self.text) - 1)
        if first >= last:
            return 0, 0
        return self._base.span(self._start + 2 * (first - 1), self._start + 2 * (last - 1) - 1)

    def fair(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` is the whole run, or too long to be there by accident."""
        return end - start >= 4 or (start == 1 and end == len(self.text) - 1)


class Squeezed(Reading):
    """A reading with every run of one letter shortened to one letter."""

    __slots__ = ("_base", "_starts")

    def __init__(self, text: str, base: Reading, starts: list[int]) -> None:
        super().__init__(text, base.needs | Need.REPETITION)
        self._base = base
        self._starts = [*starts, len(base.text)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self._base.span(self._starts[start], self._starts[end])

    def runs_agree(self, start: int, word: str) -> bool:
        """Whether ``word`` may be stretched into what was written from ``start`` on.

        A run of three or more may stand for any shorter one, so "idiooot" is "idiot"; shorter runs
        count as they are, so "aaas" is not "ass".
        """
        at = start
        for run in _RUN.finditer(word.replace(SPACE, "\0")):
            wanted = run.end() - run.start()
            written = self._starts[at + 1] - self._starts[at]
            if written != wanted and not (written >= 3 and written > wanted):
                return False
            at += 1
        return True


def squeeze(word: str) -> str:
    """``word`` with every run of one letter shortened to one letter."""
    return _LONG_RUN.sub(r"\1", word)
