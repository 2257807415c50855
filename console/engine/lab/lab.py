"""The lab: answers everything that the window asks about policies. Signed in or not."""

from typing import TYPE_CHECKING, Protocol

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.engine.lab.disagreements import disagreements
from console.engine.lab.policies import Policies
from console.engine.lab.runs import Runs
from console.engine.lab.trying import Trying
from console.engine.outbound import Outbound
from console.protocol.lab import AskStream, LabToEngine
from console.protocol.lab_runs import AskDisagreements, RunToEngine
from console.protocol.lab_stream import StreamToEngine
from console.store.archive import Archive

if TYPE_CHECKING:
    from console.engine.stream import Gateway

LabWish = LabToEngine | RunToEngine | StreamToEngine


class Host(Protocol):
    """What the lab needs of the engine."""

    async def archive(self) -> Archive:
        """The past. Raises WorldError."""

    @property
    def app(self) -> str:
        """The api key of the present sign-in; empty when signed out."""

    @property
    def gateway(self) -> "Gateway | None":
        """The way to Stream; None when signed out, or not yet signed in."""


class Lab:
    """One lab for the life of the engine."""

    def __init__(self, host: Host, outbound: Outbound, clock: Clock) -> None:
        self._host = host
        self._outbound = outbound
        self._tasks = Tasks(self._on_failed)
        self._policies = Policies()
        put = outbound.put
        self._trying = Trying(self._policies, self._tasks, put)
        self._runs = Runs(self._tasks, host.archive, clock, put)

    def answer(self, message: LabWish) -> None:
        """Begin to answer."""
        match message:
            case AskStream():
                pass
            case AskDisagreements():
                self._tasks.spawn(self._disagreements(message), name="disagreements")
            case _ if isinstance(message, LabToEngine):
                self._trying.answer(message)
            case _ if isinstance(message, RunToEngine):
                self._runs.answer(message)
            case _:
                pass

    async def close(self) -> None:
        """Stop everything."""
        self._runs.close()
        await self._tasks.close()

    async def _disagreements(self, question: AskDisagreements) -> None:
        self._outbound.put(await disagreements(self._host.archive, self._host.app, question))

    def _on_failed(self, name: str, error: BaseException) -> None:
        self._outbound.problem(name, f"This part stopped ({type(error).__name__}); see the log.")
