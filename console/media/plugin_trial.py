"""Begins a speech plugin to see whether it can be begun, and ends it again."""

from console.base.errors import WorldError
from console.media.plugin_process import AGAIN, PluginProcess, command
from console.protocol.media import BeginPlugin, PluginBegun
from console.protocol.speech_plugin import Hello


async def begin_once(order: BeginPlugin) -> PluginBegun:
    """Waits as long as a plugin has to become ready, and no longer."""
    plugin = order.plugin
    process = PluginProcess(
        command(plugin),
        Hello(plugin=plugin.plugin, key=order.plugin_key, options=plugin.options),
        heard=lambda _told: None,
        went_up=lambda: None,
        went_down=lambda _why: None,
    )
    try:
        await process.start()
    except WorldError as error:
        advice = "" if error.advice == AGAIN else error.advice
        return PluginBegun(order.request_id, sentence=error.sentence, advice=advice)
    finally:
        await process.close()
    return PluginBegun(order.request_id)
