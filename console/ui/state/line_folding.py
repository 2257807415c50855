"""Folds what was heard, and what verdicts say of it, into history and heat."""

from msgspec import Struct

from console.domain.verdict import Verdict
from console.protocol import to_window as messages
from console.ui.state.entries import ItemEntry
from console.ui.state.heat import HeatOfCalls
from console.ui.state.history import History
from console.ui.state.not_judged import NotJudged


class Folded(Struct, frozen=True):
    """What one message made of lines, each as it is now.

    ``added``: those that are new, in order. ``changed``: those held before, of which text or
    verdict changed. ``judged``: those, of both, of which the verdict changed.
    """

    added: tuple[ItemEntry, ...] = ()
    changed: tuple[ItemEntry, ...] = ()
    judged: tuple[ItemEntry, ...] = ()


class LineFolding:
    """Keeps lines and verdicts in ``history``, lets ``heat`` rise and counts what is not judged."""

    def __init__(self, history: History, heat: HeatOfCalls, not_judged: NotJudged) -> None:
        self._history = history
        self._heat = heat
        self._not_judged = not_judged

    def hear(self, heard: messages.Heard) -> Folded:
        """Keep what was heard, with the verdicts that came with it."""
        if heard.older:
            return self._hear_older(heard)
        items = heard.items
        if heard.replay:
            items = tuple(sorted(items, key=lambda judged: judged.item.received_at))
        new_ids: list[str] = []
        changed: list[ItemEntry] = []
        for one in items:
            item = one.item
            entry, new = self._history.hear(
                item, replay=heard.replay, before=one.before, marks_only=one.marks_only
            )
            if entry is None:
                continue
            if new:
                new_ids.append(item.item_id)
                self._heat.of(item.cid).heard(item.received_at)
            else:
                changed.append(entry)
        verdicts = tuple(verdict for judged in items for verdict in judged.verdicts)
        judged = self._fold(verdicts, replay=heard.replay)
        added = tuple(filter(None, map(self._history.line, new_ids)))
        fresh = {line.serial for line in added}
        touched = {line.serial: line for line in changed}
        touched |= {line.serial: line for line in judged if line.serial not in fresh}
        return Folded(added, tuple(touched.values()), tuple(judged))

    def _hear_older(self, heard: messages.Heard) -> Folded:
        """Keep what was before all that is held."""
        items = sorted(heard.items, key=lambda judged: judged.item.start_time)
        new = self._history.put_before([judged.item for judged in items])
        verdicts = tuple(verdict for judged in items for verdict in judged.verdicts)
        judged = self._fold(verdicts, replay=True)
        lines = (self._history.line(entry.item.item_id) for entry in new)
        return Folded(tuple(filter(None, lines)), (), tuple(judged))

    def judge(self, verdicts: tuple[Verdict, ...]) -> Folded:
        """Keep verdicts that came later than what they judge."""
        judged = tuple(self._fold(verdicts, replay=False))
        return Folded((), judged, judged)

    def _fold(self, verdicts: tuple[Verdict, ...], *, replay: bool) -> list[ItemEntry]:
        judged: dict[int, ItemEntry] = {}
        for verdict in verdicts:
            change = self._history.judge(verdict)
            if change is None:
                continue
            before, after = change
            if after.verdict is None:
                continue
            self._heat.judge(after.item, before.verdict, after.verdict, replay=replay)
            self._not_judged.judge(after.item, before.verdict, after.verdict)
            judged[after.serial] = after
            marked = self._history.carry(before.verdict, after.verdict)
            judged |= {line.serial: line for line in marked}
        return list(judged.values())
