"""Signing in: what is missing is said, the test is shown, the secret goes nowhere else."""

import pytest
import shiboken6
from msgspec.structs import replace
from PySide6.QtWidgets import QLineEdit, QWidget

from console.domain.sign_in import STREAM_BASE_URL, Method, Profile
from console.protocol.connection import ConnectionTested, SignIn, TestConnection
from console.ui.shell.sign_in import NOT_KEPT, SignInDialog
from console.ui.shell.sign_in_form import what_is_wrong
from tests.ui.tasks_at_once import TasksAtOnce

TOKEN = "eyJa.eyJb.c"
GOOD = Profile(name="Main", api_key="key", method=Method.SECRET, user_id="mod")


@pytest.fixture
def owner(qtbot):
    """What the dialogs belong to; they delete themselves when they close."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(profiles, controller, tasks, owner):
    made = SignInDialog(profiles, controller, tasks, parent=owner)
    made.open()
    return made


def fill(dialog, secret="hush", **fields):
    dialog.form.show_profile(replace(GOOD, **fields))
    dialog.form.secret.setText(secret)


@pytest.mark.parametrize(
    ("fields", "secret", "words"),
    [
        ({"name": " "}, "s", "name"),
        ({"api_key": ""}, "s", "API key is missing"),
        ({}, "", "secret is missing"),
        ({"method": Method.TOKEN}, "", "token is missing"),
        ({"method": Method.TOKEN}, "no-token", "three parts"),
        ({"user_id": ""}, "s", "which user"),
        ({"base_url": "video.example"}, "s", "https://"),
        ({"ws_url": "https://x"}, "s", "wss://"),
    ],
)
def test_what_is_missing_is_said(fields, secret, words):
    assert words in what_is_wrong(replace(GOOD, **fields), secret)


def test_nothing_is_wrong_with_good_ones():
    assert what_is_wrong(GOOD, "s") == ""
    assert what_is_wrong(replace(GOOD, method=Method.TOKEN, user_id=""), TOKEN) == ""
    assert what_is_wrong(replace(GOOD, base_url="http://127.0.0.1:5"), "s") == ""
    assert "unencrypted" in what_is_wrong(replace(GOOD, base_url="http://video.example"), "s")


def test_a_token_is_offered_first_and_secrets_are_never_echoed(dialog):
    assert dialog.form.by_token.isChecked()
    assert dialog.form.secret.echoMode() is QLineEdit.EchoMode.Password
    assert dialog.form.profile().method is Method.TOKEN


def test_it_says_that_there_is_no_keyring(dialog):
    assert dialog.keyring.text() == NOT_KEPT


def test_signing_in_keeps_the_profile_and_sends_the_secret(dialog, profiles, sent, tmp_path, qtbot):
    fill(dialog)
    with qtbot.waitSignal(dialog.signed_in):
        dialog.go.click()
    assert sent == [SignIn(GOOD, "hush")]
    assert profiles.all() == [GOOD]
    assert b"hush" not in (tmp_path / "profiles.json").read_bytes()


def test_a_wrong_form_sends_nothing(dialog, sent):
    fill(dialog, secret="")
    dialog.go.click()
    assert sent == []
    assert "secret is missing" in dialog.outcome.text()
    assert dialog.isVisible()


def test_the_connection_is_tried_without_being_used(dialog, sent, engine):
    fill(dialog)
    dialog.test.click()
    asked = sent[0]
    assert isinstance(asked, TestConnection)
    assert asked.profile == GOOD
    assert dialog.outcome.text() == "Trying…"
    engine.say(ConnectionTested(asked.request_id + "x", "Another"))
    assert dialog.outcome.text() == "Trying…"
    refusal = ConnectionTested(asked.request_id, sentence="Refused.", advice="Check <b>it</b>.")
    engine.say(refusal)
    assert dialog.outcome.text() == "Refused. Check <b>it</b>."
    assert dialog.outcome.property("ink") == "bad"
    dialog.test.click()
    assert len(sent) == 2


def test_an_answer_to_an_earlier_form_is_ignored(dialog, sent, engine):
    fill(dialog)
    dialog.test.click()
    dialog.form.api_key.setText("another")
    engine.say(ConnectionTested(sent[0].request_id, "Ann"))
    assert dialog.outcome.text() == ""


def test_stored_profiles_come_back_with_their_secret(profiles, controller, tasks, owner, dialog):
    fill(dialog)
    dialog.go.click()
    again = SignInDialog(profiles, controller, tasks, "Main", owner)
    assert again.form.profile() == GOOD
    assert again.form.secret.text() == "hush"
    again.forget.click()
    assert profiles.all() == []
    assert again.form.secret.text() == ""
    assert not again.forget.isEnabled()


def test_addresses_are_hidden_until_they_differ(dialog):
    fill(dialog)
    assert not dialog.form.base_url.isVisibleTo(dialog)
    assert dialog.form.profile().base_url == STREAM_BASE_URL
    fill(dialog, base_url="http://127.0.0.1:9")
    assert dialog.form.base_url.isVisibleTo(dialog)
    assert dialog.form.profile().base_url == "http://127.0.0.1:9"


def test_an_address_without_encryption_has_to_be_allowed(
    dialog, profiles, controller, tasks, owner
):
    fill(dialog, base_url="http://video.example")
    assert dialog.form.unencrypted.isVisibleTo(dialog)
    dialog.go.click()
    assert profiles.all() == []
    dialog.form.unencrypted.click()
    dialog.go.click()
    assert [profile.unencrypted for profile in profiles.all()] == [True]
    again = SignInDialog(profiles, controller, tasks, "Main", owner)
    assert again.form.unencrypted.isChecked()


def test_typing_begins_at_the_first_field_or_at_the_profiles(
    dialog, profiles, controller, tasks, owner
):
    assert dialog.focusWidget() is dialog.form.name
    fill(dialog)
    dialog.go.click()
    again = SignInDialog(profiles, controller, tasks, parent=owner)
    again.open()
    assert again.focusWidget() is again.names


def test_the_field_that_is_missing_gets_the_keyboard(dialog):
    fill(dialog, secret="")
    dialog.go.click()
    assert dialog.focusWidget() is dialog.form.secret


def test_the_test_runs_once_and_keeps_the_keyboard_where_it_is(dialog, sent):
    fill(dialog)
    dialog.test.setFocus()
    dialog.test.click()
    dialog.test.click()
    assert [type(message) for message in sent] == [TestConnection]
    assert dialog.focusWidget() is dialog.test


def test_an_engine_that_dies_ends_the_wait_for_its_answer(dialog, sent, engine):
    fill(dialog)
    dialog.test.click()
    engine.die("The engine crashed.")
    assert dialog.outcome.text() == "The engine crashed."
    engine.begin()
    dialog.test.click()
    assert len(sent) == 2


class TasksLater(TasksAtOnce):
    """Keeps what was spawned; the keyring of this system takes its time."""

    def __init__(self):
        super().__init__()
        self.waiting = []

    def spawn(self, coroutine, *, name):
        self.waiting.append((coroutine, name))


def test_a_keyring_that_answers_after_the_dialog_is_gone_harms_nothing(
    profiles, controller, owner, tasks, sent
):
    first = SignInDialog(profiles, controller, tasks, parent=owner)
    fill(first)
    first.go.click()
    later, before = TasksLater(), len(sent)
    dialog = SignInDialog(profiles, controller, later, GOOD.name, parent=owner)
    shiboken6.delete(dialog)
    assert {name for _, name in later.waiting} == {"recall a secret", "ask for a keyring"}
    for coroutine, name in later.waiting:
        tasks.spawn(coroutine, name=name)
    assert len(sent) == before
