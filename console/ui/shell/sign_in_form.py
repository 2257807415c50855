"""The fields of one profile, and what is wrong with them. No network, no storage."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from console.domain.addresses import wrong_with_addresses
from console.domain.chat import wrong_with_rule
from console.domain.sign_in import DEFAULT_USER_ID, STREAM_BASE_URL, Method, Profile
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel


def what_is_wrong(profile: Profile, secret: str) -> str:
    """One sentence on why this cannot be used, "" when it can be tried."""
    if not profile.name.strip():
        return "Give the profile a name."
    if not profile.api_key.strip():
        return "The API key is missing; it is on your app's page in the Stream dashboard."
    if not secret:
        return (
            "The app secret is missing."
            if profile.method is Method.SECRET
            else "The user token is missing."
        )
    if profile.method is Method.TOKEN and secret.count(".") != 2:
        return "This is no user token: it should have three parts separated by dots."
    if profile.method is Method.SECRET and not profile.user_id.strip():
        return "Say as which user you act."
    return wrong_with_addresses(profile) or wrong_with_rule(profile.chat_rule)


class SignInForm(QWidget):
    """Edits one Profile and its secret.

    Signals:
        edited: any field changed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = _field("Profile", "profile-name", "My app")
        self.api_key = _field("API key", "api-key", "")
        self.secret = _field("Secret or token", "secret", "")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.user_id = _field("User id", "user-id", DEFAULT_USER_ID)
        self.base_url = _field("Base URL", "base-url", STREAM_BASE_URL)
        self.ws_url = _field("WebSocket URL", "ws-url", "derived from the base URL")
        self.config_key = _field("Policy key", "config-key", "let Stream choose")
        self.team_channel = _field("Team channel", "team-channel", "off")
        self.team_channel.setToolTip(
            "A chat channel for members only, such as messaging:moderators. The consoles of its"
            " members tell each other there what they do. It is off at first, because only the"
            " roles of your app say who may read a channel."
        )
        self.chat_rule = _field("Chats of calls", "chat-rule", "messaging:{call_id}, and the usual")
        self.chat_rule.setToolTip(
            "Where the chat channel of a call is looked for, such as messaging:{call_id} or"
            " team:{session_id}; several with spaces between them, the likeliest first. A channel"
            " that a call itself names goes before."
        )
        self.unencrypted = QCheckBox("Allow http:// to another machine")
        self.unencrypted.setObjectName("unencrypted")
        self.unencrypted.setToolTip("Whoever is on the way can read the secret and act with it.")
        self.by_token = QPushButton("User token")
        self.by_secret = QPushButton("App secret")
        self.methods = QButtonGroup(self)
        for button, name in ((self.by_token, "by-token"), (self.by_secret, "by-secret")):
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setObjectName(name)
            self.methods.addButton(button)
        self.by_token.setAccessibleName("Sign in with a user token")
        self.by_secret.setAccessibleName("Sign in with the app secret")
        self.method_words = PlainLabel(ink="faint", wrap=True)
        self._secret_label = PlainLabel(ink="dim")
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(8)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._row("Profile", self.name)
        self._row("API key", self.api_key)
        box = QWidget()
        methods = in_row((self.by_token, 1), (self.by_secret, 1), spacing=6)
        in_column(methods, self.method_words, owner=box, spacing=4)
        self._form.addRow(PlainLabel("Sign in with", ink="dim"), box)
        self._form.addRow(self._secret_label, self.secret)
        self._row("User id", self.user_id)
        self.more = QToolButton()
        self.more.setText("Addresses and policy")
        self.more.setObjectName("advanced")
        self.more.setCheckable(True)
        self.more.setProperty("segment", "true")
        self._form.addRow("", self.more)
        self._row("Base URL", self.base_url)
        self._row("WebSocket URL", self.ws_url)
        self._form.addRow("", self.unencrypted)
        self._row("Policy key", self.config_key)
        self._row("Team channel", self.team_channel)
        self._row("Chats of calls", self.chat_rule)
        in_column(self._form, owner=self)
        self.more.toggled.connect(self._show_more)
        self.methods.buttonToggled.connect(lambda *_: self._on_method())
        for edit in self.fields():
            edit.textChanged.connect(lambda _text: self.edited.emit())
        self.unencrypted.toggled.connect(lambda _on: self.edited.emit())
        self.by_token.setChecked(True)
        self._show_more(False)

    def fields(self) -> tuple[QLineEdit, ...]:
        """Every text field in its order."""
        return (
            self.name,
            self.api_key,
            self.secret,
            self.user_id,
            self.base_url,
            self.ws_url,
            self.config_key,
            self.team_channel,
            self.chat_rule,
        )

    def profile(self) -> Profile:
        """What the fields say now, without the secret."""
        method = Method.SECRET if self.by_secret.isChecked() else Method.TOKEN
        default = DEFAULT_USER_ID if method is Method.SECRET else ""
        return Profile(
            name=self.name.text().strip(),
            api_key=self.api_key.text().strip(),
            method=method,
            user_id=self.user_id.text().strip() or default,
            base_url=self.base_url.text().strip() or STREAM_BASE_URL,
            ws_url=self.ws_url.text().strip(),
            config_key=self.config_key.text().strip(),
            team_channel=self.team_channel.text().strip(),
            chat_rule=self.chat_rule.text().strip(),
            unencrypted=self.unencrypted.isChecked(),
        )

    def show_profile(self, profile: Profile | None) -> None:
        """Fill in ``profile``; empty fields for None. The secret is emptied."""
        self.secret.clear()
        self.name.setText(profile.name if profile else "")
        self.api_key.setText(profile.api_key if profile else "")
        self.user_id.setText(profile.user_id if profile else "")
        plain = profile is None or profile.base_url == STREAM_BASE_URL
        self.base_url.setText("" if plain or profile is None else profile.base_url)
        self.ws_url.setText(profile.ws_url if profile else "")
        self.config_key.setText(profile.config_key if profile else "")
        self.team_channel.setText(profile.team_channel if profile else "")
        self.chat_rule.setText(profile.chat_rule if profile else "")
        self.unencrypted.setChecked(profile is not None and profile.unencrypted)
        by_secret = profile is not None and profile.method is Method.SECRET
        (self.by_secret if by_secret else self.by_token).setChecked(True)
        self.more.setChecked(bool(self.base_url.text() or self.ws_url.text()))

    def _row(self, label: str, edit: QLineEdit) -> None:
        words = PlainLabel(label, ink="dim")
        words.setBuddy(edit)
        self._form.addRow(words, edit)

    def _on_method(self) -> None:
        token = self.by_token.isChecked()
        self._secret_label.show_text("User token" if token else "App secret")
        self.method_words.show_text(
            "Preferred. You can do what your role may do; verdicts are local or shared."
            if token
            else "For supervisors. Stream judges every line, and every act is possible."
        )
        self._form.setRowVisible(self.user_id, not token)
        self.edited.emit()

    def _show_more(self, on: bool) -> None:
        for row in (
            self.base_url,
            self.ws_url,
            self.unencrypted,
            self.config_key,
            self.team_channel,
            self.chat_rule,
        ):
            self._form.setRowVisible(row, on)


def _field(label: str, name: str, placeholder: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setObjectName(name)
    edit.setAccessibleName(label)
    edit.setPlaceholderText(placeholder)
    return edit
