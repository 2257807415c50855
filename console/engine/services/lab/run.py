"""One run: lines are judged in short turns, kept as rows, counted, and shown when asked for."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from msgspec.structs import replace

from console.base.errors import WorldError
from console.base.plain_text import visible
from console.domain.results import Judgement
from console.domain.spoken_language import NO_GUESSES, LanguageIdentifier
from console.engine.services.lab.call_totals import CallTotals, file_of
from console.engine.services.lab.columns import Columns
from console.engine.services.lab.export import export
from console.engine.services.lab.outcome import Outcome, outcome_of
from console.engine.services.lab.row_file import RowFile
from console.engine.services.lab.run_worker_messages import (
    Begin,
    FedLines,
    FromWorker,
    RunLine,
    Stop,
    ToWorker,
    Wanted,
)
from console.engine.services.lab.selection import Selection
from console.engine.services.lab.sources import ComingLines, Lines, lines_of
from console.engine.services.lab.totals import PolicyTotals, comparison_of, names_of
from console.policy.coverage import ModelsFor, no_models
from console.policy.evaluator import Evaluator
from console.policy.inputs.needs import Needs
from console.policy.inputs.texts import BadRow, TextRow
from console.policy.line_judge import LineJudge
from console.policy.loader import read_policy_text
from console.policy.measures.comparison import FlipTally, flip
from console.policy.spoken_languages import SpokenLanguages
from console.protocol.lab import PolicyText
from console.protocol.lab_results import RunFinished, RunState
from console.protocol.lab_runs import AskRows, CallsSource, ExportRun, Flip, RunProgress, RunRow

TURN_S = 0.03
TOGETHER = 16
"""Lines that models look at together."""
TELL_EVERY_S = 0.1
MAX_BAD_NAMED = 20
MAX_RECENT = 10_000
"""Rows that a later one may still mark."""


def threads_for(evaluators: Sequence[Evaluator], cores: int | None = None) -> int:
    """How many threads models get: half the cores, since live moderation goes before a run."""
    if not any(each.asks_models for each in evaluators):
        return 1
    return max(1, (cores or os.cpu_count() or 1) // 2)


class Judged:
    """One policy of a run, and what was counted for it."""

    def __init__(
        self, policy: PolicyText, name: str, models_for: ModelsFor, *, file: str, saved: bool
    ) -> None:
        """Raises WorldError: the policy has errors."""
        read = read_policy_text(policy.text, policy.place)
        if read.policy is None:
            raise WorldError(f"{name} has errors. First: {read.errors[0]}")
        self._saved = saved
        models = models_for(read.policy)
        self.totals = PolicyTotals(read.policy, name, models, saved=saved)
        self.calls = CallTotals(read.policy, file, saved=saved)
        self.evaluator = Evaluator(read.policy, self.totals.entries.add, models)
        self._judge = LineJudge(self.evaluator)

    def judge(
        self, line: RunLine, row: TextRow, number: int, spoken: str
    ) -> tuple[Judgement, Outcome]:
        """Judge and count one line; ``row`` is the same line, ``number`` what a table calls it."""
        judgement = self._judge.judge(
            line.text, line.language, _speaker(line), line.at, item=str(number), spoken=spoken
        )
        outcome = outcome_of(line, judgement, saved=self._saved)
        self.totals.add(line, row, judgement, outcome)
        return judgement, outcome


def _speaker(line: RunLine) -> str:
    """What tells speakers apart; empty for nobody."""
    who = line.speaker_id or line.speaker
    return f"{line.call}\x1f{who}" if who else ""


class Work:
    """The run itself, from its beginning. ``tell`` takes what goes to the engine."""

    def __init__(
        self,
        begin: Begin,
        tell: Callable[[FromWorker], None],
        models_for: ModelsFor,
        identifier: LanguageIdentifier,
    ) -> None:
        """Raises WorldError: a policy has errors."""
        self._languages = SpokenLanguages(identifier)
        self._request = request = begin.request
        self._tell = tell
        self._began = self._told_at = time.perf_counter()
        self.lines: Lines = lines_of(begin)
        policies = [request.a] if request.b is None else [request.a, request.b]
        names = names_of((each.name, each.place) for each in policies)
        saved = isinstance(request.source, CallsSource)
        file = file_of(begin)
        self._policies = [
            Judged(policy, name, models_for, file=file, saved=saved)
            for policy, name in zip(policies, names, strict=True)
        ]
        self._needs = Needs([each.evaluator.policy for each in self._policies])
        self._threads = threads_for([each.evaluator for each in self._policies])
        self._total = begin.total
        self._flips = FlipTally()
        self._labelled = 0
        self._bad = 0
        self._bad_first: list[str] = []
        self.spool = RowFile()
        self._recent: dict[str, int] = {}
        self.columns = Columns()

    def turn(self) -> bool:
        """Judge for TURN_S; whether there is more to do.

        Raises:
            WorldError: the source cannot be read.
        """
        more = self._judge_for(TURN_S)
        if time.perf_counter() - self._told_at >= TELL_EVERY_S:
            self.tell_progress()
        return more

    def _judge_for(self, seconds: float) -> bool:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            coming: Iterator[RunLine | BadRow] = iter(self.lines.take, None)
            lines = list(islice(coming, TOGETHER))
            self._look_ahead([line.text for line in lines if isinstance(line, RunLine)])
            for line in lines:
                self._take(line)
            if len(lines) < TOGETHER:
                return self.lines.hungry
        return True

    def _look_ahead(self, texts: Sequence[str]) -> None:
        if self._threads > 1:
            with ThreadPoolExecutor(self._threads, thread_name_prefix="models") as pool:
                for policy in self._policies:
                    policy.evaluator.look_ahead(texts, pool.map)

    def tell_progress(self) -> None:
        """How far it got."""
        self._told_at = time.perf_counter()
        self._tell(
            RunProgress(
                run_id=self._request.run_id,
                done=len(self.spool),
                total=self._total,
                share=self.lines.share,
                flips=self._flips.flips,
                unreadable=self._bad,
                lines_per_s=len(self.spool) / max(1e-6, self._told_at - self._began),
            )
        )

    def finished(self, state: RunState, sentence: str) -> RunFinished:
        """Everything that was counted."""
        results = [
            each.totals.result(self._request.weights, self._request.often, each.calls.result())
            for each in self._policies
        ]
        return RunFinished(
            run_id=self._request.run_id,
            state=state,
            sentence=sentence,
            lines=len(self.spool),
            labelled=self._labelled,
            unreadable=self._bad,
            unreadable_first=tuple(self._bad_first),
            notes=self._notes(),
            seconds=time.perf_counter() - self._began,
            a=results[0],
            b=results[1] if len(results) > 1 else None,
            comparison=comparison_of(self._flips) if len(results) > 1 else None,
        )

    def _notes(self) -> tuple[str, ...]:
        lacking = self._needs.lacking(self.lines.understood) or self._needs.sentence
        return (*self.lines.notes, *([lacking] if lacking else []))

    def _take(self, line: RunLine | BadRow) -> None:
        if isinstance(line, BadRow):
            self._bad += 1
            if self._bad <= MAX_BAD_NAMED:
                self._bad_first.append(visible(f"Line {line.line}: {line.sentence}"))
            return
        row = TextRow(
            line.text, line.line, line.labels, line.language, line.speaker, line.call, line.at
        )
        self._needs.add(row)
        self._labelled += line.labels is not None
        index = len(self.spool)
        number = line.line or index + 1
        spoken = self._languages.of(line.text, line.language, _speaker(line))
        (a, outcome), *others = (
            policy.judge(line, row, number, spoken.language) for policy in self._policies
        )
        b = others[0][0] if others else None
        found = flip(row, a, b or a)
        self._flips.add(found)
        first, *second = self._policies
        kept = RunRow(
            index=index,
            line=line.line,
            text=line.text,
            a=a,
            b=b,
            flip=Flip.SAME if found is None else Flip.STRICTER if found.stricter else Flip.MILDER,
            language=spoken.language,
            speaker=line.speaker,
            call=line.call,
            at=line.at,
            labels=line.labels,
            said=line.said,
            acts=line.acts,
            call_actions=first.calls.observe(line, a, index),
            call_actions_b=second[0].calls.observe(line, b, index) if b is not None else (),
        )
        self.spool.add(kept)
        self.columns.add(kept, outcome)
        self._recent[str(number)] = index
        if len(self._recent) > MAX_RECENT:
            del self._recent[next(iter(self._recent))]
        self._carry((a, b))

    def _carry(self, judgements: Iterable[Judgement | None]) -> None:
        """Mark in earlier rows the words that matched together with the row just added."""
        for match in (match for each in judgements if each for match in each.matches):
            for words in match.earlier:
                index = self._recent.get(words.item)
                if index is None:
                    continue
                place = replace(match, start=words.start, end=words.end, earlier=())
                row = self.spool.row(index)
                if place not in row.carried_on:
                    row = replace(row, carried_on=(*row.carried_on, place))
                    self.spool.change(index, row)


class Run:
    """Answers the messages of a worker."""

    def __init__(
        self,
        tell: Callable[[FromWorker], None],
        models_for: ModelsFor = no_models,
        identifier: LanguageIdentifier = NO_GUESSES,
    ) -> None:
        self._identifier = identifier
        self._tell = tell
        self._models_for = models_for
        self._work: Work | None = None
        self._selection: Selection | None = None
        self._finished: RunFinished | None = None
        self._asked = False

    @property
    def busy(self) -> bool:
        """Whether there are lines to judge now."""
        return self._work is not None and self._finished is None and not self._asked

    def answer(self, message: ToWorker) -> None:
        """Do what ``message`` asks."""
        match message:
            case Begin():
                self._begin(message)
            case FedLines():
                self._asked = False
                if self._work is not None and isinstance(self._work.lines, ComingLines):
                    self._work.lines.add(message)
            case Stop():
                self._finish(RunState.CANCELLED, "The run was stopped.")
            case AskRows() if self._selection is not None:
                self._tell(self._selection.page(message))
            case ExportRun() if self._selection is not None:
                self._tell(export(message, self._selection, self._finished))
            case _:
                pass  # a run that never began was answered by its RunFinished

    def take_a_turn(self) -> None:
        """Judge for a short while."""
        work = self._work
        if work is None or self._finished is not None:
            return
        try:
            more = work.turn()
        except WorldError as error:
            self._finish(RunState.FAILED, error.sentence)
            return
        if not more:
            self._finish(RunState.DONE, "")
        elif work.lines.hungry:
            self._asked = True
            self._tell(Wanted())

    def _begin(self, begin: Begin) -> None:
        try:
            self._work = Work(begin, self._tell, self._models_for, self._identifier)
        except WorldError as error:
            self._finished = RunFinished(
                run_id=begin.request.run_id, state=RunState.FAILED, sentence=error.sentence
            )
            self._tell(self._finished)
            return
        self._selection = Selection(self._work.spool, self._work.columns)
        self._work.tell_progress()

    def _finish(self, state: RunState, sentence: str) -> None:
        if self._work is None or self._finished is not None:
            return
        self._work.tell_progress()
        self._finished = self._work.finished(state, sentence)
        self._tell(self._finished)
