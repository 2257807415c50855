import threading

import keyring
import keyring.errors
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError

from console.base.errors import WorldError
from console.base.secrets import MAX_WAITING, Secrets
from tests.patience import patient


class MemoryKeyring(KeyringBackend):
    """A real backend of keyring's own interface that keeps its passwords in a dict."""

    priority = 5.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


@pytest.fixture
def use_keyring():
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


async def test_a_secret_lasts_in_the_keyring(use_keyring):
    backend = MemoryKeyring()
    use_keyring(backend)
    await Secrets("svc").save("prod", "s")
    assert backend.kept == {("svc", "prod"): "s"}
    assert await Secrets("svc").find("prod") == "s"
    assert await Secrets("svc").lasting()


async def test_without_a_keyring_it_lasts_for_the_session_only(use_keyring):
    use_keyring(NoKeyring())
    secrets = Secrets("svc")
    await secrets.save("prod", "s")
    assert not await secrets.lasting()
    assert await secrets.find("prod") == "s"
    assert await Secrets("svc").find("prod") is None


async def test_forgetting_is_complete_and_unknown_names_are_fine(use_keyring):
    backend = MemoryKeyring()
    use_keyring(backend)
    secrets = Secrets("svc")
    await secrets.save("prod", "s")
    await secrets.forget("prod")
    await secrets.forget("prod")
    assert await secrets.find("prod") is None
    assert backend.kept == {}


class FailingKeyring(KeyringBackend):
    """What a backend does whose service is broken: errors that are not keyring's own."""

    priority = 5.0

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self._error = error

    def get_password(self, service, username):
        raise self._error

    def set_password(self, service, username, password):
        raise self._error

    def delete_password(self, service, username):
        raise self._error


@pytest.mark.parametrize(
    "error",
    [
        OSError("no bus"),
        RuntimeError("hush"),
        keyring.errors.KeyringLocked("hush"),
        keyring.errors.InitError("hush"),
        AttributeError("hush"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_keyring_that_fails_is_told_without_its_words(use_keyring, caplog, error):
    use_keyring(FailingKeyring(error))
    secrets = Secrets("svc")
    told = rf"keyring failed \({type(error).__name__}\)"
    with pytest.raises(WorldError, match=told):
        await secrets.find("prod")
    with pytest.raises(WorldError, match=told) as saved:
        await secrets.save("prod", "s")
    with pytest.raises(WorldError, match=told):
        await secrets.forget("other")
    assert "hush" not in caplog.text + str(saved.value)
    assert await secrets.find("prod") == "s", "it lasts for this session"


class WaitingKeyring(MemoryKeyring):
    """Asks somebody to unlock it, and waits."""

    def __init__(self) -> None:
        super().__init__()
        self.unlocked = threading.Event()

    def get_password(self, service, username):
        self.unlocked.wait()
        return super().get_password(service, username)

    def set_password(self, service, username, password):
        self.unlocked.wait()
        super().set_password(service, username, password)


@pytest.fixture
def waiting_keyring(use_keyring):
    backend = WaitingKeyring()
    use_keyring(backend)
    yield backend
    backend.unlocked.set()


async def test_a_keyring_that_waits_is_not_waited_for(waiting_keyring):
    secrets = Secrets("svc", limit=0.05)
    with pytest.raises(WorldError, match="does not answer"):
        await secrets.find("prod")
    with pytest.raises(WorldError, match="does not answer"):
        await secrets.save("prod", "s")
    assert await secrets.find("prod") == "s"
    waiting_keyring.unlocked.set()
    assert await Secrets("svc", limit=patient(5)).find("prod") in ("s", None)


async def test_questions_to_a_silent_keyring_do_not_pile_up(waiting_keyring):
    secrets = Secrets("svc", limit=0.02)
    for number in range(MAX_WAITING * 2):
        with pytest.raises(WorldError, match="does not answer"):
            await secrets.find(f"prod {number}")
    waiting = [thread for thread in threading.enumerate() if thread.name == "keyring"]
    assert 0 < len(waiting) <= MAX_WAITING
    assert all(thread.daemon for thread in waiting)
