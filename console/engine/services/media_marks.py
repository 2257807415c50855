"""Says what is wrong with somebody's sound or pictures: as a problem, and once on the time line."""

from collections import OrderedDict

from console.base.clock import Clock
from console.base.plain_text import visible
from console.engine.services.directory import Directory
from console.engine.window_channel import WindowChannel
from console.protocol.to_window import Notice, Noticed, NoticeKind

APART_S = 60.0
"""The same of one person is marked once in so long, however often it happens; all is counted."""
MOST = 2_000


class MediaMarks:
    """Of one sign-in."""

    def __init__(self, channel: WindowChannel, directory: Directory, clock: Clock) -> None:
        self._channel = channel
        self._directory = directory
        self._clock = clock
        self._marked: OrderedDict[tuple[str, str, str], float] = OrderedDict()

    def put(self, place: str, cid: str, user_id: str, sentence: str) -> None:
        """``sentence`` says what happened; whose it is goes before it where somebody is named."""
        text = f"{self._who(cid, user_id)}: {sentence}" if user_id else sentence
        call = self._directory.call(cid)
        where = f" ({visible(call.name or cid)})" if call is not None and user_id else ""
        self._channel.problem(place, text + where)
        if call is None or not self._is_due((cid, user_id, sentence)):
            return
        at = self._clock.now()
        users = (user_id,) if user_id else ()
        notice = Notice(cid=cid, at=at, kind=NoticeKind.MEDIA, text=text, user_ids=users)
        self._channel.put(Noticed((notice,)))

    def _who(self, cid: str, user_id: str) -> str:
        return visible(self._directory.name_of(cid, user_id) or user_id)

    def _is_due(self, mark: tuple[str, str, str]) -> bool:
        now = self._clock.monotonic()
        if now - self._marked.get(mark, float("-inf")) < APART_S:
            return False
        self._marked[mark] = now
        self._marked.move_to_end(mark)
        if len(self._marked) > MOST:
            self._marked.popitem(last=False)
        return True
