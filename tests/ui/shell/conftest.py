"""WindowContext of dialogs: profiles that live in memory, and tasks that run at once."""

import pytest

from console.base.secrets import Secrets
from console.ui.state.controller import WindowController
from console.ui.state.profiles import Profiles
from tests.ui.tasks_at_once import TasksAtOnce


class SessionSecrets(Secrets):
    """A system without a keyring."""

    async def _has_keyring(self):
        return False


@pytest.fixture
def tasks():
    return TasksAtOnce()


@pytest.fixture
def profiles(qapp, tmp_path):
    return Profiles(tmp_path / "profiles.json", SessionSecrets())


@pytest.fixture
def controller(session, clock, link):
    return WindowController(session, link, clock)
