"""What was judged, what not and why, by call. Pure."""

from collections import Counter
from collections.abc import Container

from console.domain.item import Item, Text
from console.domain.language_names import language_name
from console.domain.stage_words import short_reason
from console.domain.stages import NotLooked, Reason
from console.domain.verdict import Verdict

RECENT = 20
"""Lines of a call that say what it speaks now."""
ENOUGH = 5
"""Of them, before anything is said about the call."""
NEARLY_ALL = 0.8
MOST_KINDS = 200
"""Languages and reasons told apart; further ones are counted together."""
OTHER = "other"


class CallJudged:
    """Lines of one call with a verdict that stands.

    Attributes:
        lines: how many there are.
        why: the lines whose meaning nobody judged, by why.
    """

    __slots__ = ("_recent", "lines", "why")

    def __init__(self) -> None:
        self.lines = 0
        self.why = Counter[NotLooked]()
        self._recent: dict[str, NotLooked | None] = {}

    @property
    def not_judged(self) -> int:
        """How many lines nobody judged the meaning of."""
        return self.why.total()

    @property
    def language(self) -> str:
        """The language (ISO 639) of the call, where nothing can judge it; else empty."""
        gaps = [
            gap.language
            for gap in self._recent.values()
            if gap is not None and gap.reason is Reason.LANGUAGE
        ]
        if len(gaps) < max(ENOUGH, NEARLY_ALL * len(self._recent)):
            return ""
        return Counter(gaps).most_common(1)[0][0]

    def note(self, item_id: str, gap: NotLooked | None) -> None:
        """A line has a verdict that stands."""
        self._recent.pop(item_id, None)
        self._recent[item_id] = gap
        if len(self._recent) > RECENT:
            del self._recent[next(iter(self._recent))]


class NotJudged(dict[str, CallJudged]):
    """By cid.

    Attributes:
        languages: lines by language; empty for those of which it is not known.
        stages: lines by the stages that looked at them.
        why: all lines whose meaning nobody judged, by why. lines: all with a verdict that stands.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines = 0
        self.languages = Counter[str]()
        self.stages = Counter[str]()
        self.why = Counter[NotLooked]()

    def judge(self, item: Item, old: Verdict | None, new: Verdict) -> None:
        """The verdict of ``item`` changed from ``old`` to ``new``."""
        if not isinstance(item.body, Text) or new.provisional:
            return
        call = self.setdefault(item.cid, CallJudged())
        if old is None or old.provisional:
            call.lines += 1
            self.lines += 1
            language = language_name(item.language)
            known = language in self.languages or len(self.languages) < MOST_KINDS
            self.languages[language if known else OTHER] += 1
            self.stages.update(new.looked)
        elif old.gap is not None:
            call.why[old.gap] -= 1
            self.why[old.gap] -= 1
        if new.gap is not None:
            call.why[new.gap] += 1
            self.why[new.gap] += 1
        call.note(item.item_id, new.gap)

    def language(self, cid: str) -> str:
        """The name of the language of a call that nothing judges; empty where something does."""
        call = self.get(cid)
        language = call.language if call is not None else ""
        return language_name(language) if language else ""

    def words(self, cid: str) -> tuple[str, str]:
        """How many lines of a call, or of all for "", nobody judged for meaning; and why, in full.

        Both empty where there are none.
        """
        why = self.why if not cid else self[cid].why if cid in self else Counter[NotLooked]()
        total = why.total()
        if not total:
            return "", ""
        parts = [f"{short_reason(gap)} {n:,}" for gap, n in why.most_common(8) if n > 0]
        return f"{total:,} not judged", f"Not judged for meaning: {', '.join(parts)}"

    def clear(self) -> None:
        """Forget all."""
        super().clear()
        self.lines = 0
        for counts in (self.languages, self.stages, self.why):
            counts.clear()

    def keep(self, cids: Container[str]) -> None:
        """Forget the calls that are not among ``cids``; the totals stay."""
        for cid in [cid for cid in self if cid not in cids]:
            del self[cid]
