"""Which plugin writes speech down in place of Whisper, and what that means."""

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from console.domain.phase import Phase
from console.domain.plugin_options import read_options, written_options
from console.domain.speech import PLUGIN, TINY, SpeechPlugin
from console.protocol.listening import (
    AskPluginKey,
    KeepPluginKey,
    PluginKeyKept,
    PluginKeyKnown,
    PluginTried,
    TryPlugin,
)
from console.ui.state.engine_link import new_id
from console.ui.state.speech_plugin import (
    DEEPGRAM,
    called,
    plugin_of,
    use,
    where_it_goes,
    wrong_with,
)
from console.ui.state.window_context import WindowContext
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.plain_text_widgets import PlainLabel

KEPT = "A key is kept; leave this empty to use it"
NO_KEY = "None is kept"
TRYING = "Trying it…"
NOT_TRIED = "The speech plugin is tried once you are signed in and listen to a call."


class SpeechPluginDialog(PlainDialog):
    """Says where the sound goes before anything is used."""

    def __init__(self, context: WindowContext, parent: QWidget | None = None) -> None:
        super().__init__("Speech plugin", parent)
        self.setObjectName("speech-plugin-dialog")
        self._context = context
        now = plugin_of(context.settings)
        self._told = now.plugin
        self._trial = ""
        self.add_heading("A plugin that writes speech down")
        self.add_sentence(
            "In place of Whisper on this machine: a plugin of Vision Agents such as Deepgram's, or"
            " one of your own, installed in a Python environment of its own."
        )
        self.python = _field(
            "Python of the plugin", now.interpreter, "/home/me/deepgram/bin/python"
        )
        self.plugin = _field("Plugin", now.plugin or DEEPGRAM, "deepgram, or package.module:Class")
        self.options = _field("Options", written_options(now.options), "model=flux-general-en")
        self.key = _field("Key of the service", "", NO_KEY)
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for field in (self.python, self.plugin, self.options, self.key):
            label = PlainLabel(field.accessibleName(), ink="dim")
            label.setBuddy(field)
            form.addRow(label, field)
        self.body.addLayout(form)
        self.add_sentence(
            "The key goes to the plugin through a pipe, and into the system's keyring where one"
            " answers; where none does, it is kept for this session only.",
            ink="faint",
        )
        self.warning = self.add_sentence("", ink="warn")
        self.wrong = self.add_sentence("", ink="bad")
        self.stop = self.add_side_button("Use Whisper", self._use_whisper, name="use-whisper")
        self.stop.setVisible(context.settings["listen_model"] == PLUGIN)
        self.finished.connect(lambda _result: context.link.forget(self._trial))
        self.add_button("Cancel", self.reject)
        self.use = self.add_button("Use it", self._use, tone="primary", name="use-plugin")
        self.use.setDefault(True)
        for field in (self.python, self.plugin, self.options, self.key):
            field.textChanged.connect(self._look)
        self.body.addStretch(1)
        self._look()
        room = 2 * self.fontMetrics().height()  # for a sentence about what is wrong
        self.resize(560, self.heightForWidth(560) + room)
        self._ask_key()
        self.python.setFocus()

    def _plugin(self) -> tuple[SpeechPlugin, str]:
        options, wrong = read_options(self.options.text())
        plugin = SpeechPlugin(
            interpreter=self.python.text().strip(),
            plugin=self.plugin.text().strip(),
            options=options,
        )
        return plugin, wrong_with(plugin) or wrong

    def _look(self) -> None:
        if self._trial:
            self._end_trial()  # it was of something else
            return
        plugin, wrong = self._plugin()
        self.warning.show_text(where_it_goes(plugin.plugin))
        self.wrong.show_text(wrong)
        # What is only still to be written is no mistake yet.
        self.wrong.set_ink("bad" if plugin.interpreter else "dim")
        self.use.setEnabled(not wrong)
        self.use.setText(f"Send speech to {called(plugin.plugin)}")
        if plugin.plugin != self._told:
            self._told = plugin.plugin
            self._ask_key()

    def _ask_key(self) -> None:
        asked = self.plugin.text().strip()

        def known(answer: PluginKeyKnown) -> None:
            if asked == self.plugin.text().strip():
                self.key.setPlaceholderText(KEPT if answer.known else NO_KEY)

        self._context.link.ask(AskPluginKey(new_id(), asked), known)

    def _use(self) -> None:
        plugin, wrong = self._plugin()
        if wrong:
            return
        if self._context.session.state.phase is not Phase.LIVE:
            self._context.controller.say(NOT_TRIED, "warn")
            self._take(plugin)
            return

        def tried(answer: PluginTried) -> None:
            self._end_trial()
            if answer.sentence:
                self.wrong.show_text(f"{answer.sentence} {answer.advice}".strip())
            else:
                self._take(plugin)

        question = TryPlugin(new_id(), plugin, self.key.text().strip())
        self._trial = self._context.link.ask(question, tried)
        self.use.setEnabled(False)
        self.use.setText(TRYING)
        self.wrong.show_text("")

    def _end_trial(self) -> None:
        self._context.link.forget(self._trial)
        self._trial = ""
        self._look()

    def _take(self, plugin: SpeechPlugin) -> None:
        context, key = self._context, self.key.text().strip()

        def kept(answer: PluginKeyKept) -> None:
            if answer.sentence:
                context.controller.say(f"{answer.sentence} {answer.advice}".strip(), "warn")
            use(context.settings, plugin)

        if key:
            context.link.ask(KeepPluginKey(new_id(), plugin.plugin, key), kept)
        else:
            use(context.settings, plugin)
        self.accept()

    def _use_whisper(self) -> None:
        self._context.settings["listen_model"] = TINY
        self.accept()


def _field(name: str, text: str, placeholder: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setAccessibleName(name)
    field.setObjectName(name.lower().replace(" ", "-"))
    field.setPlaceholderText(placeholder)
    return field
