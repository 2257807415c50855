"""Who is banned or blocked, under which name: for whoever comes with the same one. Pure."""

from typing import NamedTuple

from console.domain.sanction import IN_CHAT, Form
from console.domain.sanctions_in_force import SanctionChanges

_FORMS = frozenset((Form.BANNED, Form.BLOCKED, *IN_CHAT))


class ShutOut(NamedTuple):
    """One person. ``cid``: the call that they are shut out of; empty for the whole app."""

    cid: str
    user_id: str
    name: str


def note_shut_out(known: dict[str, ShutOut], changes: SanctionChanges) -> None:
    """Keep ``known`` (by the id of the sanction) true to ``changes``."""
    for key in changes.gone:
        known.pop(key, None)
    for sanction in changes.changed:
        if sanction.form in _FORMS and sanction.name:
            known[sanction.sanction_id] = ShutOut(sanction.cid, sanction.user_id, sanction.name)
