"""Asks for what was written in a chat before, and says where that ends."""

from PySide6.QtCore import QObject, Signal

from console.domain.acts.chat import NO_CHAT
from console.protocol.chat import AskOlderMessages
from console.protocol.chat import OlderMessages as Answer
from console.protocol.to_window import Notice, NoticeKind
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext

ASKED = "Older messages are being read."


class OlderMessages(QObject):
    """What was read back of the chats of this sign-in; one for the window.

    Signals:
        changed: the cid of a call of which more, or the end, is known.
    """

    changed = Signal(str)

    def __init__(self, context: WindowContext) -> None:
        super().__init__(context.controller)
        self._context = context
        self._asking: dict[str, str] = {}
        self._ends: dict[str, str] = {}
        context.session.cleared.connect(self._forget)

    def may_be(self, cid: str) -> bool:
        """Whether the chat of a call may have older messages."""
        call = self._context.session.call(cid)
        return call is not None and bool(call.chat_cid) and cid not in self._ends

    def may_ask(self, cid: str) -> bool:
        """Whether there may be more, and nothing is asked for yet."""
        return self.may_be(cid) and cid not in self._asking

    def ask(self, cid: str) -> str:
        """Read one page more of the chat of a call; returns why not."""
        call = self._context.session.call(cid)
        if call is None:
            return "Choose a call first."
        if not call.chat_cid:
            return NO_CHAT
        if cid in self._ends:
            return self._ends[cid]
        if cid in self._asking:
            return ASKED
        question = AskOlderMessages(new_id(), cid)
        self._asking[cid] = question.request_id
        self._context.link.ask(question, lambda answer: self._take(cid, answer))
        self.changed.emit(cid)
        return ""

    def _take(self, cid: str, answer: Answer) -> None:
        if self._asking.get(cid) != answer.request_id:
            return  # another account is signed in
        del self._asking[cid]
        if answer.sentence:
            self._context.controller.say(answer.sentence, "warn")
        elif answer.end:
            self._ends[cid] = answer.end
            at = answer.until or self._context.clock.now()
            notice = Notice(cid=cid, at=at, kind=NoticeKind.UPDATED, text=answer.end)
            session = self._context.session
            session.entries_added.emit((session.history.notice_before(notice),))
        self.changed.emit(cid)

    def _forget(self) -> None:
        self._asking.clear()
        self._ends.clear()


def older_messages(context: WindowContext) -> OlderMessages:
    """The one of this window, made when it is asked for first."""
    found = context.controller.findChild(OlderMessages)
    return found if isinstance(found, OlderMessages) else OlderMessages(context)
