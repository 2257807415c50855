"""Whether two commands of a window claim the same key."""

from collections.abc import Mapping

from console.ui.command_table.commands import Table
from console.ui.command_table.keymap import portable


def conflicts(table: Table, keys: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Keys that several commands of ``table`` claim, ``more_keys`` included: key to command ids.

    ``keys`` are the first keys by command id.
    """
    claims: dict[str, list[str]] = {}
    for command_id, key in keys.items():
        names = ([key] if key else []) + list(table[command_id].more_keys)
        for name in dict.fromkeys(portable(name) for name in names):
            claims.setdefault(name, []).append(command_id)
    return {key: tuple(ids) for key, ids in claims.items() if len(ids) > 1}
