"""Stats and reports: what they count is what happened."""

import pytest
from getstream.exceptions import StreamApiException

from tests.patience import patient

CID = "default:talk"


@pytest.fixture
async def evening(sandbox, presence_of):
    """Ana and bo talk in the running session; cy came with two devices and left with one."""
    world = sandbox.world
    first = world.attendance.join(CID, "cy")
    world.attendance.join(CID, "cy")
    world.attendance.leave(CID, first.user_session_id)
    await (
        sandbox.user("ana")
        .video.call("default", "talk")
        .collect_user_feedback(rating=4, reason="clear", sdk="x", sdk_version="1")
    )
    return sandbox


async def test_the_report_of_a_call(evening):
    call = evening.server().video.call("default", "talk")
    answer = (await call.get_call_report()).data
    assert answer.session_id == evening.world.state.calls[CID].session.id
    people = answer.report.participants
    assert (people.sum, people.unique, people.max_concurrent) == (4, 3, 4)
    assert (people.publishers.total, answer.report.user_ratings.average) == (2, 4.0)
    assert answer.report.call.ended_at is None
    evening.world.control.end(CID)
    ended = (await call.get_call_report(session_id=answer.session_id)).data
    assert ended.report.call.ended_at >= ended.report.call.started_at
    with pytest.raises(StreamApiException) as missing:
        await call.get_call_report(session_id="nope")
    assert missing.value.status_code == 404


async def test_sessions_are_listed_and_filtered(evening):
    world, video = evening.world, evening.server().video
    world.control.create("default", "other", created_by="bo")
    world.attendance.join("default:other", "bo")
    world.control.end("default:other")
    reports = (await video.query_call_stats()).data.reports
    assert [one.call_cid for one in reports] == ["default:other", CID]
    assert [one.call_status for one in reports] == ["ended", "in-progress"]
    page = (await video.query_call_stats(limit=1)).data
    rest = (await video.query_call_stats(limit=1, next=page.next)).data
    assert [one.call_cid for one in (*page.reports, *rest.reports)] == ["default:other", CID]
    found = await video.query_call_session_stats(filter_conditions={"call_cid": CID})
    (one,) = found.data.call_stats
    counts = one.counts
    assert (counts.participants, counts.sessions, counts.live_sessions) == (3, 4, 3)
    assert (counts.peak_concurrent_sessions, counts.peak_concurrent_users) == (4, 3)
    assert (counts.publishers, counts.avg_user_rating) == (2, 4.0)


async def test_the_people_of_a_session(evening):
    video = evening.server().video
    session = evening.world.state.calls[CID].session.id
    where = {"call_type": "default", "call_id": "talk", "session": session}
    people = (await video.query_call_session_participant_stats(**where)).data.participants
    assert [(one.user_id, len(one.sessions)) for one in people] == [
        ("ana", 1),
        ("bo", 1),
        ("cy", 2),
    ]
    assert people[0].sessions[0].published_tracks.audio is True
    gone, there = people[2].sessions
    assert (gone.is_live, there.is_live) == (False, True)
    one = {**where, "user": "cy", "user_session": gone.user_session_id}
    details = (await video.get_call_session_participant_stats_details(**one)).data
    assert (details.user_id, details.call_session_id) == ("cy", session)
    timeline = (await video.get_call_session_participant_stats_timeline(**one)).data
    assert [event.type for event in timeline.events] == ["joined", "left"]
    assert (await video.get_call_stats_map(**where)).data.counts.sessions == 4
    with pytest.raises(StreamApiException) as missing:
        await video.get_call_session_participant_stats_details(**{**one, "user": "bo"})
    assert missing.value.status_code == 404
    call = video.call("default", "talk")
    visits = (await call.query_call_participant_sessions(session=session)).data
    assert visits.total_participant_sessions == 4
    assert 0 <= visits.duration < patient(5)
    tracks = await call.get_call_participant_session_metrics(
        session=session, user="cy", user_session=gone.user_session_id
    )
    assert (tracks.data.user_id, tracks.data.is_publisher) == ("cy", False)


async def test_numbers_of_the_app(evening):
    video = evening.server().video
    status = (await video.get_active_calls_status()).data
    assert status.metrics.publishers.all.video.resolution.p10 == 0.0
    assert status.metrics.subscribers.all.audio.concealment_pct.p90 == 0.0
    summary = status.summary
    assert (summary.active_calls, summary.participants, summary.active_publishers) == (1, 3, 2)
    days = (await video.query_aggregate_call_stats()).data.calls_per_day_report.daily
    assert [day.report.count for day in days] == [1]
    (said,) = (await video.query_user_feedback(filter_conditions={"rating": 4})).data.user_feedback
    assert (said.user_id, said.cid, said.reason) == ("ana", CID, "clear")
    assert (
        await video.query_user_feedback(filter_conditions={"rating": 5})
    ).data.user_feedback == []


async def test_a_user_sees_stats_of_calls_they_may_read(evening):
    evening.world.add_user("guest-1", role="guest")
    evening.world.control.create("livestream", "secret", created_by="ana")
    seen = (await evening.user("guest-1").video.query_call_stats()).data.reports
    readable = (await evening.user("guest-1").video.query_calls()).data.calls
    assert {one.call_cid for one in seen} <= {one.call.cid for one in readable}
    with pytest.raises(StreamApiException) as refused:
        await evening.user("bo").video.get_active_calls_status()
    assert refused.value.status_code == 403
