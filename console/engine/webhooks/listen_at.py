"""Where webhooks are taken: an address of this machine. Pure."""

from msgspec import Struct

from console.domain.addresses import is_loopback

LOOPBACK = "127.0.0.1"


class ListenAt(Struct, frozen=True):
    """A host name or address of this machine, and a port; 0 picks a free one."""

    host: str
    port: int

    @property
    def near(self) -> bool:
        """Whether only programs of this machine get there."""
        return is_loopback(self.host)

    @property
    def url(self) -> str:
        """How it is written."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def listen_at(text: str) -> ListenAt:
    """``[HOST:]PORT``; without a host this machine alone.

    Raises:
        ValueError: it is neither.
    """
    host, _, number = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]") or LOOPBACK
    port = int(number)
    if not 0 <= port <= 65_535 or any(each.isspace() or each in "/@" for each in host):
        raise ValueError(text)
    return ListenAt(host, port)
