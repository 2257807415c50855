"""The engine: opens the store, signs in and out, and sends its pulse."""

import asyncio
import gc
import importlib
import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.paths import Paths, resources
from console.base.tasks import Tasks, supervise
from console.domain.local_models import ImageClassifier
from console.domain.phase import Phase
from console.domain.sign_in import Profile
from console.engine.chat_policy_files import ChatPolicyFiles, chat_policies
from console.engine.policy_watch import PolicyWatch, active_policy
from console.engine.services.listening.media_child import MediaChild
from console.engine.session import Session
from console.engine.sign_in_state import sign_in_state
from console.engine.webhooks.listen_at import ListenAt
from console.engine.window_channel import WindowChannel
from console.engine.wire.sign_in_token import Credentials
from console.models.model_registry import ModelRegistry
from console.policy.active_policy import ActivePolicy
from console.policy.coverage import ModelsFor, when_wanted
from console.protocol.to_window import EngineState, Pulse, StoreState
from console.store.archive import Archive
from console.store.database import StoreDamagedError
from console.store.label_records import LabelRecords
from console.store.owner import PATIENCE, StoreTakenError
from console.store.rescue import rescued_words, set_aside_and_rescue
from console.store.store import Store

if TYPE_CHECKING:
    from console.engine.wire.stream import Gateway

log = logging.getLogger(__name__)

PULSE_S = 1.0
STORE_TAKEN_S = 2.0
"""Between two attempts to open a store that another console uses."""


class Engine:
    """One engine process.

    Attributes:
        session: the present sign-in, if there is one.
        media: joins calls, hears and sees; begun when it is wanted.
    """

    def __init__(
        self,
        paths: Paths,
        channel: WindowChannel,
        clock: Clock,
        *,
        webhooks_at: ListenAt | None = None,
    ) -> None:
        """``webhooks_at``: take webhooks of Stream there."""
        self._paths = paths
        self._channel = channel
        self._clock = clock
        self._webhooks_at = webhooks_at
        self._tasks = Tasks(self._on_task_failed)
        self._switching = asyncio.Lock()
        self._session_tasks = Tasks()
        self._last: tuple[Profile, str] | None = None
        self._damage: StoreDamagedError | None = None
        self._store: Store | None = None
        self._opening_store = asyncio.Lock()
        self._shelf = ModelRegistry(self.own_models, resources() / "models")
        self._models_reported = False
        self._policy = PolicyWatch(active_policy(paths), clock, self._on_policy, self.models_for)
        self._chat_policies = ChatPolicyFiles(
            self.chat_policies, clock, channel.problem, self.models_for
        )
        self._process = psutil.Process()  # type: ignore[no-untyped-call]  # psutil has no types
        self._sdk: asyncio.Task[None] | None = None
        self.session: Session | None = None
        self.media = MediaChild(paths, clock, channel.problem)

    def start(self) -> None:
        """Begin what needs no sign-in: importing the SDK (seconds), the policy, the pulse."""
        self._sdk = self._tasks.spawn(self._import_sdk(), name="SDK import")
        self._tasks.spawn(self._beat(), name="pulse")
        watching = supervise(self._policy.run, "policy", self._clock, self._channel.problem)
        self._tasks.spawn(watching, name="policy")
        watching = supervise(
            self._chat_policies.run, "chat policies", self._clock, self._channel.problem
        )
        self._tasks.spawn(watching, name="chat policies")
        self._channel.put(EngineState(phase=Phase.SIGNED_OUT))

    async def sign_in(self, profile: Profile, secret: str) -> None:
        """Leave the present session, then sign in. What goes wrong is shown as a state."""
        async with self._switching:
            await self._enter(profile, secret)

    async def try_now(self) -> None:
        """Make the next attempt now; sign in once more where that was refused."""
        async with self._switching:
            session = self.session
            if session is not None and session.phase is not Phase.REFUSED:
                session.try_now()
            elif self._last is not None:
                await self._enter(*self._last)

    async def new_store(self) -> None:
        """Set the store aside, which is damaged, and go on with what can be read of it."""
        async with self._switching:
            await self._leave()
            async with self._opening_store:
                if self._store is not None:
                    await self._store.close()
                    self._store = None
                path = self._store_path
                name = time.strftime("damaged-%Y%m%d-%H%M%S", time.localtime(self._clock.now()))
                try:
                    kept, found = await asyncio.to_thread(set_aside_and_rescue, path, name)
                except WorldError as error:
                    self._channel.problem("store", str(error))
                else:
                    sentence = f"A new store was begun; the damaged one is kept as {kept}."
                    self._channel.problem("store", sentence)
                    self._channel.problem("store", rescued_words(found))
            self._report_damage(None)
            if self._last is not None:
                await self._enter(*self._last)

    async def sign_out(self) -> None:
        """Leave the present session."""
        async with self._switching:
            self._last = None
            await self._leave()
            self._channel.put(EngineState(phase=Phase.SIGNED_OUT))

    async def close(self) -> None:
        """Leave, and close the store."""
        async with self._switching:
            await self._leave()
        await self.media.close()
        await self._tasks.close()
        if self._store is not None:
            await self._store.close()

    async def open_gateway(self, profile: Profile, whose: Credentials) -> "Gateway":
        """A gateway to Stream, once the SDK is there.

        Raises:
            WorldError: the SDK cannot be imported.
        """
        if self._sdk is not None:
            await asyncio.wait({self._sdk})
        try:
            from console.engine.wire.stream import Gateway
        except ImportError as error:
            raise WorldError(
                f"Stream's SDK could not be loaded: {error}.", "Install the program again."
            ) from error
        return Gateway(profile, whose)

    @property
    def own_policy(self) -> Path:
        """The file whose policy gives the local verdicts; it need not exist."""
        return active_policy(self._paths)[0]

    @property
    def chat_policies(self) -> Path:
        """The folder with policies for chats alone; it need not exist."""
        return chat_policies(self._paths)

    @property
    def own_models(self) -> Path:
        """The folder with models of the user's own; it need not exist."""
        return self._paths.config / "models"

    @property
    def models_for(self) -> ModelsFor:
        """The models to judge a policy with; not on the loop."""
        shelf = self._shelf
        return when_wanted(lambda: shelf.take().models, lambda: shelf.take_image().models)

    @property
    def image_classifier(self) -> ImageClassifier | None:
        """What judges images here, if there is something; not on the loop."""
        return self._shelf.take_image().models.image

    async def archive(self) -> Archive:
        """What was said and done in the past; needs no sign-in.

        Raises:
            WorldError: the store could not be opened.
        """
        return (await self._open_store()).archive()

    async def labels(self) -> LabelRecords:
        """What moderators said of verdicts, of all apps; needs no sign-in.

        Raises:
            WorldError: the store could not be opened.
        """
        return (await self._open_store()).labels()

    @property
    def app(self) -> str:
        """The api key of the present sign-in; empty when signed out."""
        return self.session.profile.api_key if self.session is not None else ""

    @property
    def config_key(self) -> str:
        """The key of the policy that judges captions in that app; empty when signed out."""
        gateway = self.gateway
        return gateway.config_key if gateway is not None else ""

    @property
    def gateway(self) -> "Gateway | None":
        """The present sign-in's way to Stream, as soon as there is one."""
        return self.session.gateway if self.session is not None else None

    async def _enter(self, profile: Profile, secret: str, *, patience: float = PATIENCE) -> None:
        self._last = profile, secret
        await self._leave()
        if patience:
            self._channel.put(sign_in_state(profile, Phase.CONNECTING, "Signing in."))
        try:
            await self._open_store(patience)
            session = await self._session(profile, secret)
        except StoreTakenError as error:
            self._wait_for_store(profile, secret, error)
            return
        except WorldError as error:
            self._refuse(profile, error)
            return
        self.session = session
        self._session_tasks.spawn(self._begin(session, profile), name="session")

    def _wait_for_store(self, profile: Profile, secret: str, error: StoreTakenError) -> None:
        advice = "Close it, or wait: this one goes on as soon as the other has ended."
        retry_at = self._clock.now() + STORE_TAKEN_S
        state = sign_in_state(profile, Phase.WAITING, error.sentence, advice, retry_at=retry_at)
        self._channel.put(state)

        async def enter_again() -> None:
            await self._clock.sleep(STORE_TAKEN_S)
            async with self._switching:
                await self._enter(profile, secret, patience=0.0)

        self._session_tasks.spawn(enter_again(), name="wait for the store")

    async def _open_store(self, patience: float = PATIENCE) -> Store:
        async with self._opening_store:
            if self._store is None:
                try:
                    self._store = await Store.open(self._store_path, patience=patience)
                except StoreDamagedError as error:
                    self._report_damage(error)
                    raise
            return self._store

    @property
    def _store_path(self) -> Path:
        return self._paths.data / "console.db"

    def _report_damage(self, damage: StoreDamagedError | None) -> None:
        if damage != self._damage:
            self._damage = damage
            state = StoreState(damage.sentence, damage.advice) if damage else StoreState()
            self._channel.put(state)

    async def _import_sdk(self) -> None:
        # In a thread: the loop goes on answering meanwhile. Who needs it sees the error again.
        try:
            await asyncio.to_thread(importlib.import_module, "console.engine.wire.stream")
            # The SDK's hundred thousand objects stay: the collector need not look at them each
            # time a page of calls is read, which stopped the loop for 0.2 s.
            gc.collect()
            gc.freeze()
        except ImportError:
            log.warning("the SDK could not be imported", exc_info=True)

    async def _session(self, profile: Profile, secret: str) -> Session:
        store = await self._open_store()
        await self._policy.look()  # nothing is heard before there is a policy
        return Session(
            profile,
            secret,
            store=await store.use_app(profile.api_key),
            channel=self._channel,
            clock=self._clock,
            evaluator=lambda: self._policy.evaluator,
            chat_evaluator=self._chat_policies.judge_of,
            open_gateway=self.open_gateway,
            media=self.media,
            webhooks_at=self._webhooks_at,
        )

    async def _begin(self, session: Session, profile: Profile) -> None:
        try:
            await session.begin()
        except WorldError as error:
            await self._give_up(session, profile, error)
        except Exception as error:
            log.exception("the session could not begin")
            sentence = f"The engine could not begin ({type(error).__name__})."
            advice = "Sign in again; the log says more."
            await self._give_up(session, profile, WorldError(sentence, advice))

    async def _give_up(self, session: Session, profile: Profile, error: WorldError) -> None:
        if self.session is session:
            self.session = None
        await session.close()
        self._refuse(profile, error)

    async def _leave(self) -> None:
        # The calls are not told as gone: they go on, and the phase says that nobody watches them.
        session, self.session = self.session, None
        if session is not None:
            await session.close()
        await self._session_tasks.close()

    def _refuse(self, profile: Profile, error: WorldError) -> None:
        state = sign_in_state(profile, Phase.REFUSED, error.sentence, error.advice)
        self._channel.put(state)

    async def _beat(self) -> None:
        while True:
            await self._clock.sleep(PULSE_S)
            if self._store is not None and self._damage is None:
                self._report_damage(self._store.damage)
            rss_mb = self._process.memory_info().rss / 1_000_000
            if self.session is not None:
                self._channel.put(self.session.pulse(rss_mb))
            else:
                self._channel.put(Pulse(at=self._clock.now(), rss_mb=rss_mb))

    def _on_policy(self, now: ActivePolicy) -> None:
        if now.errors:
            self._channel.problem("policy", now.sentence)
        if self._shelf.notes and not self._models_reported:
            self._models_reported = True
            for note in self._shelf.notes:
                self._channel.problem("models", note)

    def _on_task_failed(self, name: str, error: BaseException) -> None:
        self._channel.problem(name, f"This part stopped ({type(error).__name__}); see the log.")
