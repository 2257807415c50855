import keyring
import keyring.backend
import pytest

from console.base.errors import WorldError
from console.base.secrets import Secrets
from console.domain.sign_in import Method, Profile
from console.ui.state.profiles import Profiles

MAIN = Profile(name="main", api_key="key", method=Method.SECRET)


class Memory(keyring.backend.KeyringBackend):
    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


@pytest.fixture
def memory():
    before = keyring.get_keyring()
    backend = Memory()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "profiles.json"


async def test_profiles_are_in_a_file_and_secrets_are_not(qapp, file, memory):
    profiles = Profiles(file, Secrets())
    assert await profiles.lasting()
    profiles.keep(MAIN)
    await profiles.keep_secret("main", "hush-hush")
    again = Profiles(file, Secrets())
    again.load()
    assert again.all() == [MAIN]
    assert await again.secret("main") == "hush-hush"
    assert "hush" not in file.read_text()


async def test_removing_forgets_the_secret(qapp, file, memory, recorder):
    profiles = Profiles(file, Secrets())
    recorder.watch(changed=profiles.changed)
    profiles.keep(MAIN)
    await profiles.keep_secret("main", "hush-hush")
    await profiles.remove("main")
    await profiles.remove("main")
    assert profiles.all() == []
    assert profiles.find("main") is None
    assert memory.kept == {}
    assert len(recorder.all) == 3


async def test_without_a_keyring_the_secret_lasts_this_session(qapp, file, memory, monkeypatch):
    monkeypatch.setattr(Memory, "priority", 0)
    secrets = Secrets()
    profiles = Profiles(file, secrets)
    await profiles.keep_secret("main", "hush-hush")
    assert await profiles.secret("main") == "hush-hush"
    assert await Profiles(file, Secrets()).secret("main") is None


def test_saving_again_keeps_the_place(qapp, file, memory):
    profiles = Profiles(file, Secrets())
    other = Profile(name="other", api_key="k", method=Method.TOKEN)
    profiles.keep(MAIN)
    profiles.keep(other)
    changed = Profile(name="main", api_key="new", method=Method.SECRET)
    profiles.keep(changed)
    assert profiles.all() == [changed, other]


def test_a_profile_needs_a_name(qapp, file, memory):
    with pytest.raises(WorldError, match="name"):
        Profiles(file, Secrets()).keep(Profile(name=" ", api_key="", method=Method.TOKEN))
    assert not file.exists()


def test_a_broken_file_is_told_and_left(qapp, file):
    file.write_text('[{"name": 1}]')
    with pytest.raises(WorldError, match=r"profiles\.json"):
        Profiles(file, Secrets()).load()
    assert file.read_text() == '[{"name": 1}]'


async def test_what_is_lent_is_for_this_session_and_written_nowhere(qapp, file, memory):
    profiles = Profiles(file, Secrets())
    profiles.lend(MAIN, "hush-hush")
    assert profiles.all() == [MAIN]
    profiles.keep(MAIN)  # as the dialog does before it signs in
    await profiles.keep_secret("main", "hush-hush")
    assert await profiles.secret("main") == "hush-hush"
    profiles.keep(Profile(name="other", api_key="key", method=Method.SECRET))
    again = Profiles(file, Secrets())
    again.load()
    assert [profile.name for profile in again.all()] == ["other"]
    assert memory.kept == {}


async def test_what_was_lent_and_changed_is_kept_like_any_other(qapp, file, memory):
    profiles = Profiles(file, Secrets())
    profiles.lend(MAIN, "hush-hush")
    changed = Profile(name="main", api_key="another", method=Method.SECRET)
    profiles.keep(changed)
    await profiles.keep_secret("main", "hush-hush")
    again = Profiles(file, Secrets())
    again.load()
    assert again.all() == [changed]
    assert list(memory.kept.values()) == ["hush-hush"]
