"""The lab: answers everything that the window asks about policies. Signed in or not."""

from pathlib import Path
from typing import Protocol

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.domain.local_models import ImageClassifier
from console.engine.services.lab.app_access import SignedIn
from console.engine.services.lab.disagreements import disagreements
from console.engine.services.lab.policies import Policies
from console.engine.services.lab.runs import Runs
from console.engine.services.lab.stream_lab import StreamLab
from console.engine.services.lab.trying import Trying
from console.engine.services.lab.trying_image import ImageTrying
from console.engine.window_channel import WindowChannel
from console.policy.coverage import ModelsFor
from console.protocol.lab import AskStream, LabToEngine, TryImage
from console.protocol.lab_runs import AskDisagreements, RunToEngine
from console.protocol.lab_stream import StreamToEngine
from console.store.archive import Archive

LabWish = LabToEngine | RunToEngine | StreamToEngine


class Host(SignedIn, Protocol):
    """What the lab needs of the engine."""

    @property
    def own_policy(self) -> Path:
        """The file whose policy gives the local verdicts; it need not exist."""

    @property
    def own_models(self) -> Path:
        """The folder with models of the user's own; it need not exist."""

    @property
    def models_for(self) -> ModelsFor:
        """The models to judge a policy with; not on the loop."""

    @property
    def image_classifier(self) -> ImageClassifier | None:
        """What judges images on this computer, if there is something; not on the loop."""

    async def archive(self) -> Archive:
        """The past. Raises WorldError."""


class Lab:
    """One lab for the life of the engine."""

    def __init__(self, host: Host, channel: WindowChannel, clock: Clock) -> None:
        self._host = host
        self._channel = channel
        self._tasks = Tasks(self._on_failed)
        self._policies = Policies(host.models_for)
        put = channel.put
        self._trying = Trying(self._policies, host.own_policy, self._tasks, put)
        self._images = ImageTrying(self._policies, self._tasks, put, lambda: host.image_classifier)
        self._runs = Runs(self._tasks, host.archive, host.own_models, clock, put)
        self._stream = StreamLab(host, self._policies, self._runs, self._tasks, clock, put)

    def answer(self, message: LabWish) -> None:
        """Begin to answer."""
        match message:
            case AskStream():
                self._stream.answer(message)
            case AskDisagreements():
                self._tasks.spawn(self._disagreements(message), name="disagreements")
            case TryImage():
                self._images.answer(message)
            case _ if isinstance(message, LabToEngine):
                self._trying.answer(message)
            case _ if isinstance(message, RunToEngine):
                self._runs.answer(message)
            case _:
                self._stream.answer(message)

    async def close(self) -> None:
        """Stop everything."""
        await self._runs.close()
        await self._tasks.close()

    async def _disagreements(self, question: AskDisagreements) -> None:
        self._channel.put(await disagreements(self._host.archive, self._host.app, question))

    def _on_failed(self, name: str, error: BaseException) -> None:
        self._channel.problem(name, f"This part stopped ({type(error).__name__}); see the log.")
