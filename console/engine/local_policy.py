"""Verdicts of the active policy, before an item is shown."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from console.base.clock import Clock
from console.domain.item import NAME, Item, Name, Picture
from console.domain.results import NOTHING, Judgement
from console.domain.stages import NotLooked, Reason, Stage
from console.domain.verdict import KEEP, Source, Verdict, action_rank
from console.policy.evaluator import Evaluator
from console.policy.line_judge import LineJudge
from console.policy.model import NamesConfig
from console.policy.names import judge_name
from console.policy.picture_judge import WITHHELD, PictureJudge
from console.policy.required_stages import WhenMissed

log = logging.getLogger(__name__)

MODELS_S = 0.1
"""Models judge the lines of one batch for this long; the words alone judge the others."""
BY_WORDS = "Too many lines came at once, so no model looked at this one."


class LocalJudge:
    """Judges items by what ``active_policy`` gives at that moment.

    ``provisional``: Stream is expected to decide.

    Attributes:
        skipped_models: lines of policies that want models, judged by words alone for want of time.
    """

    def __init__(
        self,
        active_policy: Callable[[], Evaluator | None],
        clock: Clock,
        *,
        provisional: bool,
        problem: Callable[[str, str], None],
        for_chat: Callable[[str], Evaluator | None] = lambda channel: None,
    ) -> None:
        """``problem`` gets a place and a sentence when a mistake of ours left a line unjudged.

        ``for_chat``: the policy for a chat channel, where that has one of its own.
        """
        self._for_chat = for_chat
        self._chats: dict[str, LineJudge] = {}
        self._active_policy = active_policy
        self._clock = clock
        self._provisional = provisional
        self._problem = problem
        self._lines: LineJudge | None = None
        self._beside: LineJudge | None = None
        self._picture_judge: PictureJudge | None = None
        self.skipped_models = 0

    def weigh(self, text: str, language: str) -> int:
        """How strong an action the words of ``text`` alone call for; 0 where no policy is active.

        By words, at once, and without what its speaker said before.
        """
        evaluator = self._active_policy()
        if evaluator is None:
            return 0
        if self._beside is None:
            self._beside = LineJudge(evaluator)
        self._beside.follow(evaluator)
        try:
            found = self._beside.judge(
                text, language, "", 0.0, by_models=False, when_missed=WhenMissed.IGNORED
            )
        except Exception:  # a mistake of ours: it is told where the line itself is judged
            log.exception("a text could not be weighed")
            return 0
        return action_rank(found.action)

    async def judge(self, lines: Sequence[Item]) -> list[Verdict | None]:
        """The local verdicts on ``lines``, in their order; None while no policy is active.

        Words take microseconds and are looked up at once; models work in a thread, for MODELS_S.
        """
        judges = self._judges_of(lines)
        if any(judge is not None and judge.evaluator.asks_models for judge in judges):
            found = await asyncio.to_thread(self._judge_all, judges, lines)
        else:
            found = self._judge_all(judges, lines)
        verdicts: list[Verdict | None] = []
        for each in found:
            if not isinstance(each, Exception):
                verdicts.append(each)
                continue
            verdicts.append(None)
            self._problem("policy", f"The local policy failed ({type(each).__name__}).")
        return verdicts

    def _judges_of(self, lines: Sequence[Item]) -> list[LineJudge | None]:
        """Who judges each of ``lines``; None where no policy is active."""
        active = self._active_policy()
        if active is None:
            self._lines = None
        elif self._lines is None:
            self._lines = LineJudge(active)
        else:
            self._lines.follow(active)
        return [self._in_chat(line.channel) or self._lines for line in lines]

    def _in_chat(self, channel: str) -> LineJudge | None:
        own = self._for_chat(channel) if channel else None
        if own is None:
            return None
        judge = self._chats.get(own.policy.key)
        if judge is None:
            judge = self._chats[own.policy.key] = LineJudge(own)
        judge.follow(own)
        return judge

    def _judge_all(
        self, judges: Sequence[LineJudge | None], lines: Sequence[Item]
    ) -> list[Verdict | Exception | None]:
        until = self._clock.monotonic() + MODELS_S
        found: list[Verdict | Exception | None] = []
        for judge, line in zip(judges, lines, strict=True):
            if judge is None:
                found.append(self._without_policy(line))
                continue
            with_models = judge.evaluator.asks_models
            by_models = with_models and self._clock.monotonic() < until
            skipped_models = with_models and not by_models
            self.skipped_models += skipped_models
            try:
                found.append(
                    self._judge_one(judge, line, by_models=by_models, skipped_models=skipped_models)
                )
            except Exception as error:
                log.exception("the local policy failed")
                found.append(error)
        return found

    def _judge_one(
        self, judge: LineJudge, line: Item, *, by_models: bool, skipped_models: bool
    ) -> Verdict | None:
        if line.kind == NAME:
            return self._judge_name(judge.evaluator, line)
        began = self._clock.monotonic()
        confidence = None
        waits = self._provisional and _stream_decides(line, NOTHING)
        when_missed = WhenMissed.WAITS if waits else WhenMissed.COUNTS
        if isinstance(line.body, Picture):
            if not line.body.seen:
                return self._withheld(line)
            judgement, confidence = self._pictures(judge.evaluator).judge(
                line.body, spoken=line.language, by_models=by_models, when_missed=when_missed
            )
        else:
            # A translation is no further line of its speaker.
            speaker = "" if line.translated else f"{line.cid}\x1f{line.author_id}"
            judgement = judge.judge(
                line.text,
                line.stated_language,
                speaker,
                line.start_time,
                item=line.item_id,
                spoken=line.language,
                by_models=by_models,
                when_missed=when_missed,
            )
        if skipped_models:
            judgement = replace(judgement, why=f"{judgement.why} {BY_WORDS}".strip())
        return self._verdict(line, judgement, began, confidence)

    def _judge_name(self, evaluator: Evaluator | None, item: Item) -> Verdict:
        began = self._clock.monotonic()
        return self._verdict(item, judgement_of_name(evaluator, item), began)

    def _without_policy(self, line: Item) -> Verdict | None:
        return self._judge_name(None, line) if line.kind == NAME else self._withheld(line)

    def _withheld(self, line: Item) -> Verdict | None:
        """Nobody needs a policy to raise a picture that nobody may see."""
        if not isinstance(line.body, Picture) or not line.body.withheld:
            return None
        return self._verdict(line, WITHHELD, self._clock.monotonic())

    def _verdict(
        self, line: Item, judgement: Judgement, began: float, confidence: float | None = None
    ) -> Verdict:
        now = self._clock.now()
        stream_decides = _stream_decides(line, judgement)
        return Verdict(
            item_id=line.item_id,
            source=Source.LOCAL,
            action=judgement.action,
            labels=judgement.labels,
            severity=judgement.severity,
            confidence=judgement.confidence if confidence is None else confidence,
            rule=judgement.rule,
            why=judgement.why,
            matches=judgement.matches,
            provisional=self._provisional and stream_decides,
            judged_at=now,
            waited_ms=max(0.0, (now - line.received_at) * 1000),
            checked_ms=(self._clock.monotonic() - began) * 1000,
            revision=line.revision,
            looked=judgement.looked,
            not_looked=(
                judgement.not_looked
                if self._provisional and stream_decides
                else (*judgement.not_looked, _NO_ADDRESS if self._provisional else _NO_SECRET)
            ),
        )

    def _pictures(self, evaluator: Evaluator) -> PictureJudge:
        if self._picture_judge is None or self._picture_judge.evaluator is not evaluator:
            self._picture_judge = PictureJudge(evaluator)
        return self._picture_judge


_NO_SECRET = NotLooked(Stage.STREAM, Reason.NO_SECRET)
_NO_ADDRESS = NotLooked(Stage.STREAM, Reason.NO_ADDRESS)


def _stream_decides(line: Item, judgement: Judgement) -> bool:
    """Whether Stream's verdict is to come. Of a picture without an address it sees only the words,
    which say nothing against what was found in it here.
    """
    if not isinstance(line.body, Picture) or line.body.url:
        return line.checkable
    return line.checkable and judgement.action == KEEP


def judgement_of_name(evaluator: Evaluator | None, item: Item) -> Judgement:
    """What ``evaluator``'s policy says of a name; without one only whose name it looks like."""
    if not isinstance(item.body, Name):
        return NOTHING
    if evaluator is None:
        return judge_name(item.body, NamesConfig(), NOTHING)
    return judge_name(item.body, evaluator.policy.names, evaluator.judge_name(item.text))
