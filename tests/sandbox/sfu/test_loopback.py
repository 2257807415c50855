"""Peers of the media server are on this machine alone."""

import importlib.util

from tests.media_extra import need_media


def test_aioice_still_leaves_the_loopback_interface_out():
    """The workaround in peers.py can go when this fails."""
    need_media("aioice", "aiortc")
    spec = importlib.util.find_spec("aioice.ice")
    assert spec is not None
    assert spec.loader is not None
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)

    assert "127.0.0.1" not in fresh.get_host_addresses(use_ipv4=True, use_ipv6=False)


async def test_a_peer_offers_the_loopback_interface_only():
    need_media("aioice", "aiortc")
    from console.base.tasks import Tasks
    from console.sandbox.sfu.distribution import Distribution
    from console.sandbox.sfu.messages import TrackType
    from console.sandbox.sfu.peers import Subscriber
    from console.sandbox.sfu.tracks import Voice

    offers = []

    async def keep(sdp):
        offers.append(sdp)
        subscriber._answered.set()

    tasks = Tasks()
    subscriber = Subscriber(Distribution(tasks), keep)
    voice = Voice()
    await subscriber.receive(lambda: {("s", TrackType.AUDIO): ("prefix", voice)})
    await subscriber.close()
    await tasks.close()
    voice.stop()

    hosts = {line.split()[4] for line in offers[0].splitlines() if line.startswith("a=candidate")}
    assert hosts == {"127.0.0.1"}
    assert "prefix:TRACK_TYPE_AUDIO" in offers[0]
