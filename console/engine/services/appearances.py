"""How the people of one call appear: what they are called, and the picture beside it. Pure."""

from console.domain.names import CallNames
from console.engine.wire.events import User
from console.engine.wire.limits import MAX_ADDRESS


class Appearances:
    """Attributes:
    names: as they are told apart.
    named, pictured: user ids of those who came or are called otherwise, and who show another
        picture, until the directory takes them.
    """

    def __init__(self) -> None:
        self.names = CallNames()
        self.named: set[str] = set()
        self.pictured: set[str] = set()
        self._pictures: dict[str, str] = {}
        self._called: dict[str, str] = {}

    def note(self, user: User) -> None:
        """Somebody came or changed."""
        self.names.note(user.id, user.shown_name)
        self._called[user.id] = user.shown_name
        self.named.add(user.id)
        if self.shows_another(user):
            self._pictures[user.id] = _picture_of(user)
            self.pictured.add(user.id)

    def called(self, user_id: str) -> str:
        """What they were called last, also after they left; their id where that is not known."""
        return self._called.get(user_id, user_id)

    def shows_another(self, user: User) -> bool:
        """Whether they show another picture than before."""
        return self._pictures.get(user.id, "") != _picture_of(user)

    def picture(self, user_id: str) -> str:
        """The address of the picture that they show; hostile text, empty for none."""
        return self._pictures.get(user_id, "")


def _picture_of(user: User) -> str:
    image = user.image or ""
    return image if len(image) <= MAX_ADDRESS else ""  # what was cut leads nowhere
