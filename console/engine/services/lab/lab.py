"""The lab: answers everything that the window asks about policies. Signed in or not."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, ClassVar, get_args

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.engine.services.handlers import Handlers
from console.engine.services.lab.disagreements import disagreements
from console.engine.services.lab.fits import Fits
from console.engine.services.lab.policies import Policies
from console.engine.services.lab.runs import Runs
from console.engine.services.lab.stream_lab import StreamLab
from console.engine.services.lab.trying import Trying
from console.engine.services.lab.trying_image import ImageTrying
from console.engine.window_channel import WindowChannel
from console.protocol.lab import LabToEngine
from console.protocol.lab_runs import AskDisagreements, Disagreements, RunToEngine
from console.protocol.lab_stream import StreamToEngine
from console.protocol.label_fits import FitsToEngine
from console.protocol.to_window import ToWindow

if TYPE_CHECKING:
    from console.engine.engine import Engine


class Lab:
    """One lab for the life of the engine.

    Attributes:
        handles: the classes of messages that :meth:`answer` takes.
    """

    handles: ClassVar[tuple[type, ...]] = tuple(
        kind
        for union in (LabToEngine, RunToEngine, FitsToEngine, StreamToEngine)
        for kind in get_args(union)
    )

    def __init__(self, engine: "Engine", channel: WindowChannel, clock: Clock) -> None:
        self._engine = engine
        self._channel = channel
        self._tasks = Tasks(self._on_failed)
        policies = Policies(engine.models_for)
        put = channel.put
        trying = Trying(policies, engine.own_policy, engine.chat_policies)
        images = ImageTrying(policies, lambda: engine.image_classifier)
        self._runs = Runs(self._tasks, engine.archive, engine.own_models, clock, put)
        self._fits = Fits(self._tasks, engine.archive, engine.labels, engine.own_models, put)
        stream = StreamLab(engine, policies, self._runs, self._tasks, clock, put)
        self._handlers: Handlers = {
            **trying.handlers,
            **images.handlers,
            **self._runs.handlers,
            **self._fits.handlers,
            **stream.handlers,
            AskDisagreements: self._disagreements,
        }

    def answer(self, message: Any) -> Coroutine[Any, Any, ToWindow | None] | None:
        """Do at once what ``message`` asks, or return what is to be awaited for its answer."""
        return self._handlers[type(message)](message)

    async def close(self) -> None:
        """Stop everything."""
        await self._runs.close()
        await self._fits.close()
        await self._tasks.close()

    async def _disagreements(self, question: AskDisagreements) -> Disagreements:
        return await disagreements(self._engine.archive, self._engine.app, question)

    def _on_failed(self, name: str, error: BaseException) -> None:
        self._channel.problem(name, f"This part stopped ({type(error).__name__}); see the log.")
