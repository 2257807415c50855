"""Stats and reports: consistent, minimal, without anything that only media could tell."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from console.sandbox import wire
from console.sandbox.api_errors import not_found
from console.sandbox.fidelity.history import Feedback, Past, Visit
from console.sandbox.filters import Field
from console.sandbox.operation import Asked
from console.sandbox.query import Page, VideoQuery, find, page
from console.sandbox.timestamps import Stamp, stamp

T = TypeVar("T")

_SESSION_FIELDS: dict[str, Field[Past]] = {
    "call_cid": Field(lambda past: past.cid),
    "call_type": Field(lambda past: past.cid.partition(":")[0]),
    "call_id": Field(lambda past: past.cid.partition(":")[2]),
    "call_session_id": Field(lambda past: past.id),
    "created_at": Field(lambda past: past.started_at, "date"),
    "call_started_at": Field(lambda past: past.started_at, "date"),
    "call_ended_at": Field(lambda past: past.ended_at, "date"),
}
_FEEDBACK_FIELDS: dict[str, Field[Feedback]] = {
    "call_cid": Field(lambda one: one.cid),
    "cid": Field(lambda one: one.cid),
    "user_id": Field(lambda one: one.user_id),
    "session_id": Field(lambda one: one.payload["session_id"]),
    "rating": Field(lambda one: one.payload["rating"], "int"),
    "created_at": Field(lambda one: one.at, "date"),
}


async def report(asked: Asked) -> dict[str, Any]:
    call, now = asked.call, asked.world.state.now()
    past = asked.world.history.session(call.cid, asked.query.get("session_id", ""))
    visits = list(past.visits.values())
    publishers = [visit for visit in visits if visit.tracks]
    own = call.session is not None and call.session.id == past.id
    return {
        "session_id": past.id,
        "session": wire.session(call.session) if own and call.session else None,
        "report": {
            "call": {
                "score": 0.0,
                "started_at": Stamp(past.started_at),
                "ended_at": stamp(past.ended_at),
            },
            "participants": {
                "sum": len(visits),
                "unique": len({visit.user.id for visit in visits}),
                "max_concurrent": past.peak,
                "publishers": {
                    "total": len(publishers),
                    "unique": len({visit.user.id for visit in publishers}),
                },
                "subscribers": {
                    "total": len(visits),
                    "unique": len({visit.user.id for visit in visits}),
                    "total_subscribed_duration_seconds": sum(v.seconds(now) for v in visits),
                },
            },
            "user_ratings": {
                "average": past.counts(now)["avg_user_rating"] or 0.0,
                "count": len(past.ratings),
            },
        },
        "video_reactions": [],
    }


async def query_call_stats(asked: Asked) -> dict[str, Any]:
    now = asked.world.state.now()
    return _sessions(
        asked,
        "reports",
        lambda past: {
            "call_cid": past.cid,
            "call_session_id": past.id,
            "call_status": "in-progress" if past.ended_at is None else "ended",
            "call_duration_seconds": past.seconds(now),
            "first_stats_time": Stamp(past.started_at),
            "created_at": Stamp(past.started_at),
            "min_user_rating": min(past.ratings) if past.ratings else None,
            "quality_score": None,
        },
    )


async def query_session_stats(asked: Asked) -> dict[str, Any]:
    now = asked.world.state.now()
    return _sessions(
        asked,
        "call_stats",
        lambda past: {**_head(past, now), "generated_at": Stamp(now)},
    )


async def stats_map(asked: Asked) -> dict[str, Any]:
    """The sandbox knows no locations: only counts."""
    past, now = _past(asked), asked.world.state.now()
    return {
        **_head(past, now),
        "generated_at": Stamp(now),
        "start_time": Stamp(past.started_at),
        "end_time": Stamp(past.ended_at or now),
        "data_source": "sandbox",
    }


async def participant_stats(asked: Asked) -> dict[str, Any]:
    past, now = _past(asked), asked.world.state.now()
    by_user: dict[str, list[Visit]] = {}
    for visit in past.visits.values():
        by_user.setdefault(visit.user.id, []).append(visit)
    found = _page(asked, sorted(by_user.items()), lambda row: row[0])
    participants = [
        {
            "user_id": user_id,
            "name": visits[0].user.name,
            "roles": sorted({visit.role for visit in visits}),
            "latest_activity_at": Stamp(max(visit.left_at or now for visit in visits)),
            "sessions": [_device(visit) for visit in visits],
        }
        for user_id, visits in found.rows
    ]
    return {**_head(past, now), "participants": participants, **found.tokens()}


async def participant_details(asked: Asked) -> dict[str, Any]:
    past = _past(asked)
    visit = _visit(asked, past)
    return {
        **_ids(past),
        "user_id": visit.user.id,
        "user_session_id": visit.user_session_id,
        "timeframe": {
            "since": Stamp(visit.joined_at),
            "until": Stamp(visit.left_at or asked.world.state.now()),
            "max_points": 0,
            "step_seconds": 0,
        },
    }


async def participant_timeline(asked: Asked) -> dict[str, Any]:
    past = _past(asked)
    visit = _visit(asked, past)
    moments = [("joined", visit.joined_at), ("left", visit.left_at)]
    return {
        **_ids(past),
        "user_id": visit.user.id,
        "user_session_id": visit.user_session_id,
        "events": [
            {"type": kind, "severity": "info", "timestamp": Stamp(at), "data": {}}
            for kind, at in moments
            if at is not None
        ],
    }


async def participant_sessions(asked: Asked) -> dict[str, Any]:
    past, now = _past(asked), asked.world.state.now()
    visits = sorted(past.visits.values(), key=lambda visit: visit.joined_at)
    found = _page(asked, visits, lambda visit: visit.user_session_id)
    return {
        **_ids(past),
        "duration": past.seconds(now),
        "total_participant_sessions": len(visits),
        "total_participant_duration": sum(visit.seconds(now) for visit in visits),
        "participants_sessions": [
            {
                "user_id": visit.user.id,
                "user_session_id": visit.user_session_id,
                "roles": [visit.role],
                "publisher_type": "webrtc" if visit.tracks else "",
                "joined_at": Stamp(visit.joined_at),
                "left_at": stamp(visit.left_at),
                "duration_in_seconds": visit.seconds(now),
            }
            for visit in found.rows
        ],
        **found.tokens(),
    }


async def session_metrics(asked: Asked) -> dict[str, Any]:
    visit = _visit(asked, _past(asked))
    return {
        "user_id": visit.user.id,
        "user_session_id": visit.user_session_id,
        "joined_at": Stamp(visit.joined_at),
        "is_publisher": bool(visit.tracks),
        "is_subscriber": True,
        "publisher_type": "webrtc" if visit.tracks else "",
        "published_tracks": [],
    }


async def query_feedback(asked: Asked) -> dict[str, Any]:
    found = find(
        asked.world.history.feedback,
        asked.body(VideoQuery),
        _FEEDBACK_FIELDS,
        lambda one: f"{one.number:09}",
        ("created_at", "rating"),
    )
    return found.answer("user_feedback", Feedback.wire)


async def aggregate(asked: Asked) -> dict[str, Any]:
    """Calls a day; reports of quality and of SDKs have no days, as nothing is known of them."""
    days = Counter(_day(past.started_at) for past in asked.world.history.sessions.values())
    nothing: dict[str, Any] = {"daily": []}
    return {
        "calls_per_day_report": {
            "daily": [{"date": day, "report": {"count": days[day]}} for day in sorted(days)]
        },
        "call_duration_report": nothing,
        "call_participant_count_report": nothing,
        "quality_score_report": nothing,
        "sdk_usage_report": nothing,
        "user_feedback_report": nothing,
    }


def _sessions(
    asked: Asked, name: str, rendered: Callable[[Past], dict[str, Any]]
) -> dict[str, Any]:
    sessions: Iterable[Past] = asked.world.history.sessions.values()
    if not asked.who.server:
        readable = {
            call.cid
            for call in asked.world.state.calls.values()
            if "read-call" in asked.own_capabilities(call)
        }
        sessions = [past for past in sessions if past.cid in readable]
    found = find(
        sessions,
        asked.body(VideoQuery),
        _SESSION_FIELDS,
        lambda past: past.id,
        ("created_at", "call_started_at"),
    )
    return found.answer(name, rendered)


def _past(asked: Asked) -> Past:
    asked.need("read-call")
    return asked.world.history.session(asked.cid, asked.path["session"])


def _visit(asked: Asked, past: Past) -> Visit:
    visit = past.visits.get(asked.path["user_session"])
    if visit is None or visit.user.id != asked.path["user"]:
        raise not_found("this participant was not in the session")
    return visit


def _ids(past: Past) -> dict[str, Any]:
    kind, _, call_id = past.cid.partition(":")
    return {"call_type": kind, "call_id": call_id, "call_session_id": past.id}


def _head(past: Past, now: float) -> dict[str, Any]:
    return {
        **_ids(past),
        "call_started_at": Stamp(past.started_at),
        "call_ended_at": stamp(past.ended_at),
        "counts": past.counts(now),
    }


def _page(asked: Asked, rows: Sequence[T], key: Callable[[T], str]) -> Page[T]:
    """The page that the query string asks for."""
    return page(
        rows,
        key,
        limit=asked.number("limit", 25, 100),
        following=asked.query.get("next"),
        before=asked.query.get("prev"),
    )


def _device(visit: Visit) -> dict[str, Any]:
    tracks = ("audio", "video", "screenshare", "screenshare_audio")
    return {
        "user_session_id": visit.user_session_id,
        "is_live": visit.left_at is None,
        "started_at": Stamp(visit.joined_at),
        "ended_at": stamp(visit.left_at),
        "published_tracks": {track: track in visit.tracks for track in tracks},
    }


def _day(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"
