"""``moderator-console engine --profile NAME``: no window, the secret from the keyring."""

import asyncio
import os
import subprocess
import sys
import time

import pytest

from console.base import documents
from console.domain.act import Act, ReceiptState
from console.domain.sign_in import Method, Profile
from console.protocol import codec
from console.protocol import to_window as told
from console.protocol.acts import RequestAct, RetryAct
from tests.patience import patient
from tests.system.conftest import EngineChild, until
from tests.system.test_engine_and_sandbox import one_call, person_in

KEYRING = """
import json, os
from keyring.backend import KeyringBackend

class FileKeyring(KeyringBackend):
    priority = 5
    def get_password(self, service, name):
        with open(os.environ["TEST_KEYRING"]) as file:
            return json.load(file).get(f"{service}/{name}")
    def set_password(self, service, name, secret):
        raise AssertionError("an engine saves no secret")
"""


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """``stored(address, method)``: a profile called work, and its secret in a keyring."""

    def store(address, method):
        home = tmp_path / "home"
        (home / "config").mkdir(parents=True)
        profile = Profile(
            name="work",
            api_key=address.api_key,
            method=method,
            user_id=address.user_id,
            base_url=address.base_url,
            ws_url=address.ws_url,
        )
        documents.save(home / "config" / "profiles.json", [profile])
        secret = address.api_secret if method is Method.SECRET else address.token
        documents.save(tmp_path / "keyring.json", {"moderator-console/work": secret})
        (tmp_path / "file_keyring.py").write_text(KEYRING, "utf-8")
        monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "keyring.json"))
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "file_keyring.FileKeyring")
        path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
        monkeypatch.setenv("PYTHONPATH", path.rstrip(os.pathsep))
        return home, secret

    return store


@pytest.mark.parametrize("method", [Method.SECRET, Method.TOKEN])
async def test_it_signs_in_judges_and_acts_with_no_window(start_sandbox, stored, method):
    sandbox = await start_sandbox("town-hall", "--speed", "8")
    home, secret = stored(sandbox.address, method)
    engine = EngineChild(home, "--profile", "work")
    await engine.start()
    try:
        await until(
            lambda: engine.state and engine.state.directory_complete,
            what="signed in by itself",
            changed=engine.changed,
        )
        assert engine.state is not None
        assert (engine.state.profile, engine.state.method) == ("work", method)
        cid = (await one_call(engine)).cid
        await until(lambda: engine.calls[cid].captioning, what="captions", changed=engine.changed)
        await sandbox.control("/start", {})
        source = "stream" if method is Method.SECRET else "local"
        await until(
            lambda: len(engine.decided(source)) >= 20, what="20 verdicts", changed=engine.changed
        )
        receipt = await engine.act("block", cid, "gil")
        assert receipt.state is ReceiptState.SEEN
        assert (await person_in(sandbox, cid, "gil"))["blocked"]
        assert engine.refused == [], "standard output holds nothing but the protocol"
        assert await engine.close_stdin() == 0
    finally:
        await engine.kill()
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert {path.name for path in kept} >= {"engine.log", "console.db"}
    assert [path for path in kept if secret.encode() in path.read_bytes()] == []


async def test_an_act_in_the_outbox_goes_on_with_no_window(start_sandbox, stored):
    """Sent by an engine with a window, found out by the next one, which has none."""
    sandbox = await start_sandbox("town-hall")
    home, _ = stored(sandbox.address, Method.SECRET)
    first, second = EngineChild(home), EngineChild(home, "--profile", "work")
    await first.start()
    try:
        await first.sign_in(sandbox.address)
        cid = (await one_call(first)).cid
        await sandbox.control("/faults", {"kind": "hang", "path": "/block", "times": 9})
        act = Act(
            act_id="b" * 32,
            kind="block",
            cid=cid,
            requested_at=time.time(),
            user_ids=("gil",),
        )
        first.send(RequestAct(act))
        await first.reaches(act.act_id, ReceiptState.SENT)
    finally:
        await first.kill()
    await sandbox.control("/faults", {"kind": "clear"})
    await second.start()
    try:
        # It may have been done, and a colleague may have taken it back: a person has to decide.
        unknown = await second.reaches(act.act_id, ReceiptState.UNCONFIRMED)
        assert "no answer came" in unknown.reason
        second.send(RetryAct(act.act_id))
        assert (await second.settled(act.act_id)).state is ReceiptState.SEEN
    finally:
        await second.kill()
    assert (await person_in(sandbox, cid, "gil"))["blocked"]


async def test_with_its_input_closed_it_ends_at_once(start_sandbox, stored):
    sandbox = await start_sandbox("quiet")
    home, _ = stored(sandbox.address, Method.SECRET)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "console", "--home", str(home), "engine", "--profile", "work"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, errors = await asyncio.wait_for(process.communicate(), patient(20))
    assert (process.returncode, errors) == (0, b"")
    messages = list(codec.window_reader().feed(out))
    assert isinstance(messages[0], told.Hello)
    assert not [message for message in messages if isinstance(message, codec.LineRefusedError)]
