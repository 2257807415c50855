"""Listens to calls on this machine: which ones, through the media process, and what it costs."""

from typing import Any, ClassVar

from console.base.errors import WorldError
from console.base.secrets import Secrets
from console.domain.item import Item
from console.domain.listening import Wanted, plan
from console.domain.sign_in import coordinator_url, video_url
from console.domain.speech import PLUGIN, SpeechPlugin
from console.domain.verdict import Verdict
from console.engine.services.listening.call_heat import CallHeat
from console.engine.services.listening.deaf_calls import DeafCalls
from console.engine.services.listening.media_child import Lost
from console.engine.services.listening.missed_words import missed_words
from console.engine.services.listening.plugin_keys import PluginKeys
from console.engine.services.listening.totals import Totals
from console.engine.services.service import Service, SessionContext
from console.protocol.listening import (
    AskPluginKey,
    AskReplay,
    KeepPluginKey,
    ListenedCall,
    ListeningChanged,
    ListeningToEngine,
    PartialHeard,
    PartialText,
    PluginKeyKept,
    PluginKeyKnown,
    PluginTried,
    ReplayAnswer,
    SetListening,
    TryPlugin,
)
from console.protocol.media import (
    Begin,
    BeginPlugin,
    Heats,
    Join,
    Joining,
    JoinState,
    Leave,
    MediaLoad,
    MediaProblem,
    NotWritten,
    Ready,
    ReplaySpeaker,
    Sample,
    Speech,
    SpeechHeard,
)
from console.protocol.to_window import Gap, ToWindow

LOOK_S = 1.0
IDLE_S = 30.0
"""A media process that nothing was asked of for so long is ended."""
PLUGIN_LIMIT_S = 100.0
"""Somewhat longer than a plugin has to become ready."""
NOT_LISTENED = "This console did not listen to it, and it had no captions."
NOT_HEARD = "What was said here was not written down: {}"


class Listening(Service):
    """Plans once a second; gives a new media process all orders anew."""

    handles: ClassVar = (SetListening, AskReplay, KeepPluginKey, AskPluginKey, TryPlugin)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._wish = SetListening()
        self._wanted: tuple[Wanted, ...] = ()
        self._joined: dict[str, JoinState] = {}
        self._gaps: dict[str, tuple[float, str]] = {}
        self._heard: set[str] = set()
        self._heat = CallHeat()
        self._speech = Speech("")
        self._load: MediaLoad | None = None
        self._totals = Totals()
        self._told = ListeningChanged()
        self._keys = PluginKeys(Secrets())
        self._deaf = DeafCalls(context.channel.put)
        self._stops: list[Any] = []

    async def start(self) -> None:
        media = self.context.media
        self._stops = [
            media.on(Ready, self._on_ready),
            media.on(Lost, self._on_lost),
            media.on(JoinState, self._on_join_state),
            media.on(Speech, self._on_speech),
            media.on(SpeechHeard, self._on_heard),
            media.on(NotWritten, self._on_not_written),
            media.on(MediaLoad, self._on_load),
            media.on(MediaProblem, self._on_problem),
        ]
        self.context.keep_running(self._run, "listening")

    async def close(self) -> None:
        for stop in self._stops:
            stop()
        self._deaf.end_all(self.context.clock.now())
        for cid in list(self._joined):
            self.context.media.send(Leave(cid))
        self.context.channel.put(ListeningChanged())

    async def answer(self, message: ListeningToEngine) -> ToWindow | None:
        match message:
            case AskReplay():
                return await self._replay(message)
            case AskPluginKey(request_id=request_id, plugin=plugin):
                return PluginKeyKnown(request_id, known=bool(await self._keys.find(plugin)))
            case KeepPluginKey(request_id=request_id, plugin=plugin, key=key):
                await self._keys.keep(plugin, key)
                self._begin_again()
                return PluginKeyKept(request_id)
            case TryPlugin():
                return await self._try(message)
            case SetListening():
                await self._set(message)
        return None

    async def _try(self, question: TryPlugin) -> PluginTried:
        plugin, request_id = question.plugin, question.request_id
        key = question.key or await self._keys.find(plugin.plugin)
        order = BeginPlugin(request_id, plugin=plugin, plugin_key=key)
        found = await self.context.media.ask(order, PLUGIN_LIMIT_S)
        return PluginTried(request_id, sentence=found.sentence, advice=found.advice)

    async def _set(self, wish: SetListening) -> None:
        before, self._wish = self._wish, wish
        if before.options != wish.options:
            if wish.options.speech == PLUGIN:
                await self._keys.find(wish.options.plugin.plugin)
            self._begin_again()
        self._look()

    def _begin_again(self) -> None:
        if self.context.media.pid is None:
            return
        self.context.media.send(self._begin())
        for cid in self._joined:
            self._sample(cid)

    def on_verdict(self, item: Item, verdict: Verdict) -> None:
        self._heat.add(item.cid, verdict, self.context.clock.monotonic())

    # -- what to listen to

    async def _run(self) -> None:
        while True:
            self._look()
            await self.context.clock.sleep(LOOK_S)

    def _look(self) -> None:
        heats = self._heat.all(self.context.clock.monotonic())
        calls = self.context.directory.calls()
        joined = self._joined.keys()
        self._wanted = plan(calls, self._wish.chosen, heats, self._wish.rules, joined)
        now_wanted = {each.cid for each in self._wanted if not each.queued}
        for cid in self._joined.keys() - now_wanted:
            self._leave(cid)
        media = self.context.media
        for cid in now_wanted - self._joined.keys():
            if not self._joined:  # the process may run already, for pictures alone
                media.send(self._begin())
            self._join(cid)
        if self._joined:
            media.send(Heats({cid: heats.get(cid, 0.0) for cid in self._joined}))
        elif media.idle_s() > IDLE_S:
            media.rest()
            self._speech, self._load = Speech(""), None
        self._publish()

    def _leave(self, cid: str) -> None:
        now = self.context.clock.now()
        heard = self._joined.pop(cid).state is Joining.JOINED
        since, _ = self._gaps.pop(cid, (now if heard else 0.0, ""))
        self._deaf.end((cid,), now)
        self.context.media.send(Leave(cid))
        call = self.context.directory.call(cid)
        goes_on = call is not None and bool(call.session_id) and not call.ended_at
        if since and goes_on and call is not None and not call.captioning:
            # The window sees by itself when the call is heard again.
            self.context.channel.put(Gap((cid,), since, 0.0, NOT_LISTENED))

    def _begin(self) -> Begin:
        options = self._wish.options
        plugin = options.plugin if options.speech == PLUGIN else SpeechPlugin()
        return Begin(
            speech=options.speech,
            replay_s=options.replay_s,
            plugin=plugin,
            plugin_key=self._keys.known(plugin.plugin),
        )

    def _join(self, cid: str) -> None:
        now = self.context.clock.now()
        self._joined.setdefault(cid, JoinState(cid, Joining.JOINING, now))
        try:
            who = self.context.credentials()
        except WorldError as error:
            self._joined[cid] = JoinState(cid, Joining.FAILED, now, error.sentence)
            return
        profile = self.context.profile
        order = Join(
            cid=cid,
            api_key=profile.api_key,
            user_id=who.user_id,
            token=who.token,
            base_url=video_url(profile),
            ws_url=coordinator_url(profile),
        )
        self.context.media.send(order)
        self._sample(cid)

    def _sample(self, cid: str) -> None:
        options = self._wish.options
        self.context.media.send(Sample(cid, options.camera_s, options.screen_s))

    # -- what the media process tells

    def _on_ready(self, _ready: Ready) -> None:
        self._totals.begin_anew()
        if self._joined:
            self.context.media.send(self._begin())
        for cid in self._joined:
            self._join(cid)

    def _on_lost(self, lost: Lost) -> None:
        self._load = None
        self._speech = Speech("")
        self._deaf.end_all(lost.since)  # from there on it is another gap
        self._totals.lost(hung=lost.hung)
        for cid, state in self._joined.items():
            if state.state is Joining.JOINED:
                self._gaps.setdefault(cid, (lost.since, lost.sentence))
            self._joined[cid] = JoinState(cid, Joining.AGAIN, lost.since, lost.sentence)
        self._publish()

    def _on_join_state(self, state: JoinState) -> None:
        before = self._joined.get(state.cid)
        if before is None:
            return
        self._joined[state.cid] = state
        if state.state is Joining.JOINED:
            self._totals.joined(state.cid)
            if self._speech.sentence:
                self._deaf.begin((state.cid,), state.at, self._speech.sentence)
            since, why = self._gaps.pop(state.cid, (0.0, ""))
            if since:
                gap = Gap((state.cid,), since, state.at, NOT_HEARD.format(why))
                self.context.channel.put(gap)
        elif before.state is Joining.JOINED:
            self._deaf.end((state.cid,), state.at)
            why = state.sentence or "The connection to this call broke."
            self._gaps.setdefault(state.cid, (state.at, why))
        self._publish()

    def _in_call(self) -> set[str]:
        return {cid for cid, each in self._joined.items() if each.state is Joining.JOINED}

    def _on_speech(self, speech: Speech) -> None:
        self._speech = speech
        now = self.context.clock.now()
        if speech.sentence:
            self._deaf.begin(self._in_call(), now, speech.sentence)
            self.context.channel.problem("speech", f"{speech.sentence} {speech.advice}".strip())
        else:
            self._deaf.end_all(now)
        self._publish()

    def _on_heard(self, heard: SpeechHeard) -> None:
        if heard.final:
            self._totals.lines += bool(heard.text)
        text = "" if heard.final else heard.text
        partial = PartialText(heard.cid, heard.user_id, heard.name, text)
        self.context.channel.put(PartialHeard((partial,)))

    def _on_not_written(self, missed: NotWritten) -> None:
        gap = Gap((missed.cid,), missed.since, missed.until, missed_words(missed), partly=True)
        self.context.channel.put(gap)

    def _on_load(self, load: MediaLoad) -> None:
        self._load = load
        self._totals.take(load)

    def _on_problem(self, problem: MediaProblem) -> None:
        place = f"media {problem.cid}" if problem.cid else problem.place
        if problem.user_id:
            self.context.marks.put(place, problem.cid, problem.user_id, problem.sentence)
        else:
            self.context.channel.problem(place, problem.sentence)

    # -- what the window is told

    def _publish(self) -> None:
        heard = set() if self._speech.sentence else self._in_call()
        now = self.context.clock.now()
        for cid in heard ^ self._heard:
            self.context.directory.listen(cid, cid in heard, now)
        self._heard = heard
        calls = tuple(_told(each, self._joined.get(each.cid)) for each in self._wanted)
        told = ListeningChanged(
            calls=calls,
            hears_by=self._speech.name,
            by_plugin=self._wish.options.speech == PLUGIN,
            sentence=self._speech.sentence,
            advice=self._speech.advice,
            load=self._load if calls else None,
            totals=self._totals.told(),
            seen_as=self.context.user_id,
        )
        if told != self._told:
            self._told = told
            self.context.channel.put(told)

    async def _replay(self, question: AskReplay) -> ReplayAnswer:
        if self.context.media.pid is None or question.cid not in self._joined:
            sentence = "This call is not listened to, so no sound of it is kept."
            return ReplayAnswer(question.request_id, sentence=sentence)
        asked = ReplaySpeaker(question.request_id, question.cid, question.user_id)
        found = await self.context.media.ask(asked)
        return ReplayAnswer(
            question.request_id,
            sentence=found.sentence,
            advice=found.advice,
            wav=found.wav,
            seconds=found.seconds,
            until=found.until,
        )


def _told(wanted: Wanted, state: JoinState | None) -> ListenedCall:
    if state is None or wanted.queued:
        return ListenedCall(cid=wanted.cid, why=wanted.why)
    return ListenedCall(
        cid=wanted.cid, why=wanted.why, state=state.state, since=state.at, sentence=state.sentence
    )
