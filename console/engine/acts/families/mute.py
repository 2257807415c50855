"""Mute: one request for several people or for everyone, proven by an event without a track."""

from typing import ClassVar

from console.domain.act import WHOLE_CALL
from console.domain.acts import mute
from console.domain.acts.table import spec_of
from console.domain.call import TRACKS
from console.engine.acts.families.family import (
    NOBODY,
    ActRequest,
    Family,
    Look,
    People,
    RepeatRule,
    fields,
)
from console.engine.acts.gateway import LOOK_LIMIT, ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.decode import read_participants
from console.engine.wire.events import Event, UserMuted
from console.engine.wire.paths import call_path


class Mute(Family):
    """Soft mutes (STREAM.md 5.1)."""

    acts = (*mute.ACTS, *mute.EVERYONE)
    proofs: ClassVar = {spec.kind: (UserMuted,) for spec in acts}
    repeat: ClassVar = RepeatRule(
        harm="Somebody who was allowed to turn it on again is cut off once more.",
        looked_at="Stream accepted it, and they do not send the track",
        not_done="they send the track, and no mute was heard without a break since",
        unseen="It was sent, but no answer came; whether they were muted by it, or stopped or began"
        " by themselves, cannot be seen.",
    )
    one_event_one_act = True

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        whom = {"mute_all_users": True} if WHOLE_CALL in left else {"user_ids": list(left)}
        tracks = dict.fromkeys(spec_of(entry.act.kind).tracks, True)
        body = {**tracks, **whom, **fields(muted_by_id=actor)}
        return [ActRequest(call_path(entry.act.cid, "mute_users"), left, body)]

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        # The event does not tell the track, so that of a colleague may be about another one.
        if not isinstance(event, UserMuted) or event.from_user_id not in ("", me):
            return NOBODY
        return entry.targets if WHOLE_CALL in entry.targets else frozenset(event.muted_user_ids)

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        wanted: dict[str, object] = {"published_tracks": {"$in": _looked_for(entry)}}
        everyone = WHOLE_CALL in left
        if not everyone:
            wanted["user_id"] = {"$in": sorted(left)}
        publishing = read_participants(await stream.participants(entry.act.cid, wanted))
        live = {presence.user.id for presence in publishing}
        if len(publishing) >= LOOK_LIMIT:
            return Look(absent=left if everyone else left & live)  # of the others it says nothing
        if everyone:
            # Whether "everyone" includes the caller is not documented (STREAM.md 5.1).
            if live - {stream.user_id}:
                return Look(absent=left)
            live = set()
        # People also stop by themselves: silence shows nothing of an act which nobody accepted.
        return Look(done=(left - live) & entry.accepted, absent=left & live)


def _looked_for(entry: Entry) -> list[str]:
    """The tracks to ask for; that of a screen's sound only where it is the only one.

    Whether Stream's query knows it is not documented (STREAM.md 4.3).
    """
    tracks = spec_of(entry.act.kind).tracks
    return [track for track in tracks if track in TRACKS] or list(tracks)
