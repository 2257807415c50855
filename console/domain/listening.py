"""Which calls this machine listens to itself: by hand, by rules, and how many at once. Pure."""

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from console.domain.call import Call
from console.domain.speech import TINY, SpeechPlugin

BY_HAND = "by hand"
NO_CAPTIONS = "without captions"
HOT = "hot"
STAYS = 2.0
"""A call that is listened to counts so many times as hot as it is: who listens is seen in the call,
so nobody is to come and go because two calls are about equally hot."""


class ListeningRules(Struct, frozen=True, kw_only=True):
    """What a console listens to. All of it is off at first, because the calls see it.

    Attributes:
        uncaptioned: calls without captions, at most so many; 0 for none.
        hot: calls at least so hot, at most ``hot_calls`` of them; 0.0 for none.
        at_once: calls at the same time, those by hand included; the rest waits by heat.
    """

    uncaptioned: int = 0
    hot: float = 0.0
    hot_calls: int = 3
    at_once: int = 8


class ListeningOptions(Struct, frozen=True, kw_only=True):
    """How it listens.

    Attributes:
        speech: the registered name of a speech model.
        replay_s: seconds of each speaker that are kept in memory; 0 for none.
        camera_s, screen_s: seconds between two frames of each camera and screen; 0 for none.
        plugin: what writes speech down where ``speech`` says that a plugin does.
    """

    speech: str = TINY
    replay_s: float = 30.0
    camera_s: float = 10.0
    screen_s: float = 5.0
    plugin: SpeechPlugin = SpeechPlugin()


class Wanted(Struct, frozen=True):
    """A call to listen to, and why. ``queued``: it waits, because enough others are hotter."""

    cid: str
    why: str
    queued: bool = False


def plan(
    calls: Sequence[Call],
    chosen: Sequence[str],
    heats: Mapping[str, float],
    rules: ListeningRules,
    joined: Collection[str] = (),
) -> tuple[Wanted, ...]:
    """What to listen to: what was chosen by hand first, then the rules, each by heat.

    ``joined``: the calls that are listened to now.
    """
    running = {call.cid: call for call in calls if call.session_id and not call.ended_at}
    found: dict[str, str] = {cid: BY_HAND for cid in chosen if cid in running}

    def heat(cid: str) -> float:
        return heats.get(cid, 0.0) * (STAYS if cid in joined else 1.0)

    def by_rank(cid: str) -> tuple[float, bool, str]:
        return -heat(cid), cid not in joined, cid

    by_heat = sorted(running, key=by_rank)
    silent = [cid for cid in by_heat if not running[cid].captioning and cid not in found]
    found |= dict.fromkeys(silent[: rules.uncaptioned], NO_CAPTIONS)
    if rules.hot:
        hot = [cid for cid in by_heat if heat(cid) >= rules.hot and cid not in found]
        found |= dict.fromkeys(hot[: rules.hot_calls], HOT)
    order = sorted(found, key=lambda cid: (found[cid] != BY_HAND, *by_rank(cid)))
    return tuple(
        Wanted(cid, found[cid], queued=place >= rules.at_once) for place, cid in enumerate(order)
    )
