"""A store that cannot be used reaches the window as a sentence, and mending it needs no restart."""

import sqlite3

from console.domain.phase import Phase
from console.domain.sign_in import Method, Profile
from console.protocol.connection import SignIn
from tests.system.conftest import EngineChild, until

ENDS = (Phase.REFUSED, Phase.WAITING)


async def sign_in(engine, address):
    """The state that it ends in."""
    engine.state = None
    profile = Profile(
        name="sandbox",
        api_key=address.api_key,
        method=Method.SECRET,
        user_id=address.user_id,
        base_url=address.base_url,
        ws_url=address.ws_url,
    )
    engine.send(SignIn(profile, address.api_secret))
    return await until(
        lambda: (
            engine.state
            and (engine.state.phase in ENDS or engine.state.directory_complete)
            and engine.state
        ),
        what="refused or signed in",
        changed=engine.changed,
    )


async def test_a_newer_store_is_refused_and_left_alone(start_sandbox, engine):
    sandbox = await start_sandbox("quiet")
    data = engine.home / "data"
    data.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(data / "console.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (data / "console.db").read_bytes()

    state = await sign_in(engine, sandbox.address)

    assert state.phase is Phase.REFUSED
    assert "was written by a newer version of this program" in state.sentence
    assert state.advice
    assert (data / "console.db").read_bytes() == before
    (data / "console.db").rename(data / "newer.db")
    assert (await sign_in(engine, sandbox.address)).phase is Phase.LIVE


async def test_two_engines_do_not_share_a_store(start_sandbox, engine, warm_python):
    sandbox = await start_sandbox("quiet")
    assert (await sign_in(engine, sandbox.address)).phase is Phase.LIVE
    second = EngineChild(engine.home, python=warm_python)
    await second.start()
    try:
        state = await sign_in(second, sandbox.address)
        assert state.phase is Phase.WAITING
        assert state.sentence.startswith("Another console is using the store ")
        await engine.kill()
        await until(
            lambda: second.state and second.state.phase is Phase.LIVE,
            what="live by itself, once the first has gone",
            changed=second.changed,
        )
    finally:
        await second.kill()
