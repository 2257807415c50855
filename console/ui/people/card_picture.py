"""The picture that the chosen person shows beside their name, small, on their card."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from console.domain.item import AVATAR, Picture
from console.domain.raised import RaisedState
from console.protocol.frames import AskAvatar, AvatarAnswer
from console.protocol.people import PersonCard
from console.ui.state.engine_link import new_id
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext

_HOLD = "Hold Space or the mouse button to see it sharp and large."
_HARMLESS = (RaisedState.DISMISSED, RaisedState.WITHDRAWN)


class CardPicture(QObject):
    """Asks for it when somebody is chosen, and again whenever their card is told anew.

    Signals:
        changed: there is another picture, or it may be shown otherwise.
    """

    changed = Signal()

    def __init__(self, context: WindowContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._whose: tuple[str, str] | None = None
        self._picture = Picture()
        context.pictures.arrived.connect(self._on_arrived)
        context.pictures.changed.connect(self.changed)
        context.controller.card_ready.connect(self._on_card)

    def show_target(self, target: Target | None) -> None:
        """Whose picture is wanted."""
        whose = (target.cid, target.user_id) if target is not None else None
        if whose != self._whose:
            self._whose, self._picture = whose, Picture()
            self._ask()

    def pixmap(self) -> QPixmap | None:
        """The picture, blurred where it is raised; None where there is none to show."""
        picture_id = self._picture.picture_id
        return self._context.pictures.find(picture_id, sharp=not self._is_raised(picture_id))

    def sharp(self) -> QPixmap | None:
        """The picture as it is, for as long as somebody holds it; None where there is none."""
        return self._context.pictures.find(self._picture.picture_id, sharp=True)

    def words(self) -> str:
        """What is said of it where the pointer rests on it."""
        if not self._picture.picture_id:
            return ""
        if self._is_raised(self._picture.picture_id):
            return f"Their picture is raised, so it is blurred here. {_HOLD}"
        return f"Their picture. {_HOLD}"

    def _on_arrived(self, _picture_id: str) -> None:
        self.changed.emit()

    def _on_card(self, _card: PersonCard) -> None:
        self._ask()

    def _is_raised(self, picture_id: str) -> bool:
        return any(
            one.item.kind == AVATAR
            and isinstance(one.item.body, Picture)
            and one.item.body.picture_id == picture_id
            and one.state not in _HARMLESS
            for one in self._context.session.raised
        )

    def _ask(self) -> None:
        if self._whose is not None:
            question = AskAvatar(new_id(), *self._whose)
            self._context.link.ask(question, partial(self._take, self._whose))

    def _take(self, whose: tuple[str, str], answer: AvatarAnswer) -> None:
        if whose == self._whose and answer.picture != self._picture:
            self._picture = answer.picture
            self.changed.emit()
