"""The speech plugin of the settings: read, written, and what is wrong with one. No network."""

from pathlib import Path

from console.domain.plugin_options import read_options, written_options
from console.domain.speech import PLUGIN, SpeechPlugin
from console.ui.state.settings import Settings

DEEPGRAM = "deepgram"


def plugin_of(settings: Settings) -> SpeechPlugin:
    """The one that is set up; without an interpreter where none is."""
    return SpeechPlugin(
        interpreter=settings["listen_plugin_python"],
        plugin=settings["listen_plugin"],
        options=read_options(settings["listen_plugin_options"])[0],
    )


def use(settings: Settings, plugin: SpeechPlugin) -> None:
    """Let this one write speech down from now on."""
    settings["listen_plugin_options"] = written_options(plugin.options)
    settings["listen_plugin"] = plugin.plugin
    settings["listen_plugin_python"] = plugin.interpreter
    settings["listen_model"] = PLUGIN


def wrong_with(plugin: SpeechPlugin) -> str:
    """One sentence on why this plugin cannot be used; "" where it can be tried."""
    if not plugin.interpreter:
        return "Say which Python the plugin is installed in, such as deepgram/bin/python."
    if not Path(plugin.interpreter).is_absolute():
        return "Write the whole path of that Python."
    if not Path(plugin.interpreter).is_file():
        return "There is no such file as this Python."
    if not plugin.plugin:
        return "Say which plugin it is, such as deepgram."
    return ""


def called(plugin: str) -> str:
    """What a plugin is called before it has told its name itself."""
    name = plugin.rpartition(":")[2] if ":" in plugin else plugin
    return name.replace("_", " ").title() or "the plugin"


def where_it_goes(plugin: str) -> str:
    """What becomes of the sound that people make, in sentences."""
    if plugin == DEEPGRAM:
        return (
            "While somebody talks in a call that you listen to, their sound goes to Deepgram's"
            " servers: it leaves this machine. Deepgram charges for it by the minute, with up to"
            " six seconds of silence after each sentence. It gets no names and no ids. Nobody in"
            " the call is told by this program: it is for you to know whether you may do that."
        )
    return (
        "While somebody talks in a call that you listen to, their sound goes to this plugin. Where"
        " it sends that, and what it costs, only the plugin knows. It gets no names and no ids."
        " Nobody in the call is told by this program: it is for you to know whether you may do"
        " that."
    )
