"""Whether the speech plugin of the settings can be loaded where it is installed. No network."""

import os
import subprocess
from pathlib import Path
from typing import Any

from console.base import documents
from console.base.errors import WorldError
from console.base.paths import Paths
from console.domain.plugin_options import read_options
from console.domain.speech import SpeechPlugin
from console.media.plugin_process import READY_LIMIT_S, command, environment
from console.protocol import codec
from console.protocol.codec import LineReader, LineRefusedError, plugin_reader
from console.protocol.speech_plugin import FromPlugin, Hello, PluginReady, PluginRefused

NONE = "None is set up; the menu View, “Speech plugin…”, does that."
SILENT = "It ended and did not say whether it can be used (code {})."


def plugin_in_settings(home: Path | None) -> SpeechPlugin:
    """The plugin that is set up; without an interpreter where none is.

    Raises:
        WorldError: the settings cannot be read.
    """
    paths = Paths.under(home) if home else Paths.of_platform()
    read = documents.load(paths.config / "settings.json", dict[str, Any]) or {}
    return SpeechPlugin(
        interpreter=str(read.get("listen_plugin_python", "")),
        plugin=str(read.get("listen_plugin", "")),
        options=read_options(str(read.get("listen_plugin_options", "")))[0],
    )


def load_plugin(plugin: SpeechPlugin) -> str:
    """What the plugin calls itself; it is loaded in its environment, and connects to nothing.

    Raises:
        WorldError: none is set up, or it cannot be loaded.
    """
    if not plugin.interpreter:
        raise WorldError(NONE)
    try:
        ended = subprocess.run(
            command(plugin),
            input=codec.encode(Hello(plugin=plugin.plugin)),
            capture_output=True,
            timeout=READY_LIMIT_S,
            env=environment(os.environ),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise WorldError(f"It was not ready within {READY_LIMIT_S:.0f} s.") from None
    except OSError as error:
        raise WorldError(f"Its Python could not be started: {error.strerror}.") from error
    reader: LineReader[FromPlugin] = plugin_reader()
    for told in reader.feed(ended.stdout):
        match told:
            case PluginReady(name=name):
                return name
            case PluginRefused(sentence=sentence, advice=advice):
                raise WorldError(sentence, advice)
            case LineRefusedError():
                break
    raise WorldError(SILENT.format(ended.returncode))
