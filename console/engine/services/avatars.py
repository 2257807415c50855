"""Judges the pictures that people show beside their names, by the rules for pictures."""

import asyncio
import importlib.util
from collections import OrderedDict
from collections.abc import Iterable
from typing import ClassVar

from console.domain.call import Participant
from console.domain.item import AVATAR, Item, Picture
from console.domain.verdict import KEEP, Source, Verdict
from console.engine.pictures.desk import WantedLook
from console.engine.services.avatar_queue import AvatarQueue, Shown
from console.engine.services.names.answers import Answers
from console.engine.services.names.raising import Raising
from console.engine.services.service import Service, SessionContext
from console.engine.sources.names import avatar_check, item_of
from console.policy.evaluator import Evaluator
from console.policy.picture_judge import PictureJudge
from console.policy.sections.ai_image import ai_image_rules
from console.protocol.frames import AskAvatar, AvatarAnswer
from console.protocol.to_window import Heard

LOOK_S = 0.5
AT_ONCE = 3
TOGETHER = 500
"""People whose pictures are not looked at here are gone through so many at a time."""
REMEMBERED = 2_000
"""Addresses whose picture is remembered: in a raid hundreds show the same."""
NEEDED = ("onnxruntime", "PIL", "zxingcpp")
"""Parts of the extra ``media`` without which no picture can be looked at here."""


class Avatars(Service):
    """Follows the directory. Without the extra ``media``, without rules for pictures, and where the
    policy says so, nothing is fetched; Stream is asked about them all the same.
    """

    handles: ClassVar = (AskAvatar,)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._sessions: dict[str, str] = {}
        self._people: dict[str, dict[str, Shown]] = {}
        self._queue = AvatarQueue()
        self._any = asyncio.Event()
        self._looked: OrderedDict[str, Picture] = OrderedDict()
        self._under_way: dict[str, asyncio.Event] = {}
        self._gone: list[Item] = []
        """Items of people who show none any more."""
        self._can_look = all(importlib.util.find_spec(name) is not None for name in NEEDED)
        self._evaluator: Evaluator | None = None
        self._judge: PictureJudge | None = None
        self._answers = Answers(
            "pictures of people",
            context.gateway.check,
            context.clock,
            key=_address,
            request=avatar_check,
            problem=context.channel.problem,
        )
        self._raising = Raising(
            context, self._answers, raised_here=self._raised_here, still=self._still
        )

    async def start(self) -> None:
        self.context.keep_running(self._run, "avatars")
        for number in range(AT_ONCE):
            self.context.keep_running(self._work, f"avatars {number + 1}")
        self._raising.start("check of avatars")

    async def answer(self, message: AskAvatar) -> AvatarAnswer:
        shown = self._people.get(message.cid, {}).get(message.user_id)
        picture = self._looked.get(shown.url) if shown is not None else None
        return AvatarAnswer(message.request_id, picture=picture or Picture())

    def on_items(self, heard: Heard) -> None:
        if not heard.replay:
            kept = (judged.item for judged in heard.items if not judged.marks_only)
            pictures = [item for item in kept if item.kind == AVATAR]
            self._gone += [item for item in pictures if item.body == Picture()]
            self._raising.on_kept(pictures)

    def on_heard(self) -> None:
        self._answers.forget_refusals()

    async def _run(self) -> None:
        await self.context.old_items_first()
        while True:
            self._follow_policy()
            directory = self.context.directory
            changed = directory.take_pictured()
            for call in directory.calls():
                if self._sessions.get(call.cid) != call.session_id:
                    self._sessions[call.cid] = call.session_id
                    self._forget(call.cid)
                    everyone = directory.everyone(call.cid)
                    changed[call.cid] = frozenset(person.user_id for person in everyone)
            for cid in self._sessions.keys() - set(directory.cids()):
                del self._sessions[cid]
                self._forget(cid)
            for cid, user_ids in changed.items():
                await self._follow(cid, user_ids)
            await self._raising.take_answers()
            gone, self._gone = self._gone, []
            if gone:
                now = self.context.clock.now()
                await self._raising.keep([(item, _nothing_shown(item, now)) for item in gone])
            await self.context.clock.sleep(LOOK_S)

    def _follow_policy(self) -> None:
        evaluator = self.context.evaluator()
        if evaluator is not self._evaluator:
            self._evaluator = evaluator
            self._judge = PictureJudge(evaluator) if evaluator is not None else None
            self._sessions.clear()

    def _forget(self, cid: str) -> None:
        self._people.pop(cid, None)
        self._queue.drop_call(cid)

    async def _follow(self, cid: str, user_ids: Iterable[str]) -> None:
        known = self._people.setdefault(cid, {})
        looks = self._can_look and self._wanted()
        others: list[tuple[Participant, Shown]] = []
        for user_id in user_ids:
            person = self.context.directory.person(cid, user_id)
            if person is None or not person.user_session_id:
                known.pop(user_id, None)
                self._queue.drop(cid, user_id)
                continue
            shown = Shown(
                self._sessions.get(cid, ""), self.context.directory.picture_of(cid, user_id)
            )
            before = known.get(user_id)
            if before == shown or (before is None and not any(shown)):
                continue
            known[user_id] = shown
            if shown.url and looks:
                self._queue.put(person, shown)
                self._any.set()
            else:
                self._queue.drop(cid, user_id)
                others.append((person, shown))
        for at in range(0, len(others), TOGETHER):
            items = [self._item(*each, Picture(each[1].url)) for each in others[at : at + TOGETHER]]
            await self._raising.take_all(items)

    async def _work(self) -> None:
        while True:
            waiting = self._queue.take(self.context.pictures.heats)
            if waiting is None:
                self._any.clear()
                await self._any.wait()
                continue
            person, shown = waiting
            picture = await self._look(shown.url, person.cid)
            if self._current(person, shown):
                await self._raising.take_all([self._item(person, shown, picture)])

    def _item(self, person: Participant, shown: Shown, picture: Picture) -> Item:
        now = self.context.clock.now()
        return item_of(AVATAR, person, shown.session_id, picture, now)

    def _current(self, person: Participant, shown: Shown) -> bool:
        return self._people.get(person.cid, {}).get(person.user_id) == shown

    async def _look(self, url: str, cid: str) -> Picture:
        """What is found in the picture; where it is not looked at here, its address alone."""
        if not (url and self._can_look and self._wanted()):
            return Picture(url)
        while url not in self._looked:
            under_way = self._under_way.get(url)
            if under_way is not None:
                await under_way.wait()
                continue
            self._under_way[url] = asyncio.Event()
            try:
                picture = await self.context.pictures.look(WantedLook(url=url, cid=cid))
                self._looked[url] = picture
                if len(self._looked) > REMEMBERED:
                    self._looked.popitem(last=False)
                return picture
            finally:
                self._under_way.pop(url).set()
        return self._looked[url]

    def _wanted(self) -> bool:
        policy = self._evaluator.policy if self._evaluator is not None else None
        if policy is None or not (policy.names.enabled and policy.names.pictures):
            return False
        return bool(ai_image_rules(policy.sections))

    def _raised_here(self, item: Item) -> bool:
        body = item.body
        if not isinstance(body, Picture) or self._judge is None or not body.seen:
            return isinstance(body, Picture) and body.withheld
        return self._judge.judge(body, by_models=False)[0].action != KEEP

    def _still(self, item: Item) -> bool:
        shown = self._people.get(item.cid, {}).get(item.author_id)
        return shown is not None and shown.url == _address(item)


def _address(item: Item) -> str:
    return item.body.url if isinstance(item.body, Picture) else ""


def _nothing_shown(item: Item, now: float) -> Verdict:
    return Verdict(
        item_id=item.item_id,
        source=Source.LOCAL,
        action=KEEP,
        why="They show no picture any more.",
        judged_at=now,
        revision=item.revision,
    )
