import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError

from console.base.secrets import Secrets


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


def test_a_secret_lasts_in_the_keyring(use_keyring):
    backend = MemoryKeyring()
    use_keyring(backend)
    assert Secrets("svc").save("prod", "s") is True
    assert backend.kept == {("svc", "prod"): "s"}
    assert Secrets("svc").find("prod") == "s"


def test_without_a_keyring_it_lasts_for_the_session_only(use_keyring):
    use_keyring(NoKeyring())
    secrets = Secrets("svc")
    assert secrets.save("prod", "s") is False
    assert secrets.find("prod") == "s"
    assert Secrets("svc").find("prod") is None


def test_forgetting_is_complete_and_unknown_names_are_fine(use_keyring):
    backend = MemoryKeyring()
    use_keyring(backend)
    secrets = Secrets("svc")
    secrets.save("prod", "s")
    secrets.forget("prod")
    secrets.forget("prod")
    assert secrets.find("prod") is None
    assert backend.kept == {}
