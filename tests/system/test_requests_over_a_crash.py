"""The inbox of permission requests, with the people of a scenario, over the crash of an engine."""

from console.protocol.requests import RestoreRequests
from tests.system.conftest import until
from tests.system.test_engine_and_sandbox import one_call


async def test_what_was_open_is_known_to_the_next_engine_as_doubtful(start_sandbox, engine):
    sandbox = await start_sandbox("town-hall", "--speed", "10")
    await engine.sign_in(sandbox.address)
    call = await one_call(engine)
    await sandbox.control("/start", {})
    await until(lambda: len(engine.requests) >= 2, what="two requests", changed=engine.changed)
    await sandbox.control("/pause", {})
    asked = engine.requests.all()
    first, *others = asked
    assert "send-audio" in first.permissions
    assert not any(request.doubtful for request in asked)
    known_since = engine.requests.known_since

    await engine.restart()
    engine.requests.clear()
    await engine.sign_in(sandbox.address)
    engine.send(RestoreRequests(asked))
    await until(
        lambda: len(engine.requests) == len(asked), what="all of them", changed=engine.changed
    )
    assert all(request.doubtful for request in engine.requests.all())
    assert engine.requests.find(call.cid, first.user_id).since == first.since
    assert engine.requests.known_since > known_since

    receipt = await engine.act(
        "accept_request", call.cid, first.user_id, permissions=first.permissions
    )
    assert receipt.reason == ""
    await until(
        lambda: [one.key for one in engine.requests.all()] == [one.key for one in others],
        what="only the other requests",
        changed=engine.changed,
    )
