"""Pictures that people show beside their names: test cards, served over loopback.

A real app has them wherever it likes; these are here so that whoever fetches them stays on this
machine.
"""

from collections.abc import Callable, Sequence

from console.sandbox.accounts import Accounts
from console.sandbox.api_errors import not_found
from console.sandbox.fidelity.frame_drawing import drawn
from console.sandbox.state import State

PATH = "/sandbox-media/avatars"


class Avatars:
    """Gives people pictures, as if they had chosen them."""

    def __init__(self, state: State, accounts: Accounts) -> None:
        self._state = state
        self._accounts = accounts
        self._cards: dict[str, tuple[str, ...]] = {}

    def give(self, user_id: str, labels: Sequence[str]) -> str:
        """Let somebody show a test card for ``labels``, or nothing where there are none.

        Returns its address.
        """
        if not labels:
            self._accounts.change(user_id, {}, ("image",))
            return ""
        name = f"card-{len(self._cards) + 1}"
        self._cards[name] = tuple(labels)
        url = f"{self._state.base_url}{PATH}/{name}.png"
        self._accounts.change(user_id, {"image": url}, ())
        return url

    def picture(self, name: str) -> bytes:
        """The PNG behind an address.

        Raises:
            ApiError: 404, there is none.
        """
        labels = self._cards.get(name)
        if labels is None:
            raise not_found(f"picture {name} does not exist")
        anybody = next(iter(self._state.users.values()))
        return drawn(anybody, "video", labels, 0)

    def labels_of(self, url: str) -> tuple[str, ...]:
        """What an image model would say of one of these; nothing of any other."""
        name = url.rpartition("/")[2].removesuffix(".png")
        return self._cards.get(name, ()) if PATH in url else ()


def of_either(
    one: Callable[[str], tuple[str, ...]], other: Callable[[str], tuple[str, ...]]
) -> Callable[[str], tuple[str, ...]]:
    """The labels that either knows of a picture."""
    return lambda url: one(url) or other(url)
