"""Calls through the SDK."""

import pytest
from getstream.exceptions import StreamApiException
from getstream.models import CallRequest, MemberRequest, SortParamRequest, UserRequest

CID = "default:talk"


async def test_a_call_is_read_as_the_sdk_types_it(sandbox):
    answer = (await sandbox.server().video.call("default", "talk").get()).data
    call = answer.call
    assert (call.cid, call.custom, call.backstage) == (CID, {"name": "Talk"}, False)
    assert call.created_at.timestamp() == pytest.approx(
        sandbox.world.state.calls[CID].created_at, abs=1e-5
    )
    assert [one.user.id for one in call.session.participants] == ["ana", "bo"]
    assert call.session.participants_count_by_role == {"user": 2}
    assert call.current_session_id == call.session.id
    assert call.settings.transcription.closed_caption_mode == "available"
    assert "mute-users" in answer.own_capabilities


async def test_an_unknown_call(sandbox):
    with pytest.raises(StreamApiException) as refused:
        await sandbox.server().video.call("default", "nope").get()
    assert (refused.value.status_code, refused.value.code) == (404, 16)
    assert "Can't find call with id nope" in str(refused.value)


async def test_get_or_create(sandbox):
    call = sandbox.server().video.call("livestream", "show")
    data = CallRequest(
        created_by_id="ana",
        custom={"name": "Show"},
        members=[MemberRequest(user_id="bo", role="host")],
    )
    answer = (await call.get_or_create(data=data)).data
    assert answer.created
    assert answer.call.backstage
    assert [(one.user_id, one.role) for one in answer.members] == [("bo", "host")]
    assert not (await call.get_or_create(data=data)).data.created


async def test_creating_needs_a_creator(sandbox):
    with pytest.raises(StreamApiException, match="created_by"):
        await sandbox.server().video.call("default", "new").get_or_create()


async def test_a_banned_user_cannot_create(sandbox):
    sandbox.world.sanctions.ban("cy")
    with pytest.raises(StreamApiException) as refused:
        await sandbox.user("cy").video.call("default", "new").get_or_create()
    assert (refused.value.status_code, refused.value.code) == (403, 17)


async def test_query_with_filter_sort_and_pages(sandbox):
    for number in range(7):
        sandbox.world.control.create(
            "default", f"extra{number}", created_by="bo", custom={"floor": number % 2}
        )
    video = sandbox.server().video
    sort = [SortParamRequest(field="cid", direction=1)]
    seen, token = [], None
    for _ in range(10):
        page = (
            await video.query_calls(
                filter_conditions={"custom.floor": 1}, sort=sort, limit=2, next=token
            )
        ).data
        seen += [one.call.cid for one in page.calls]
        token = page.next
        if not token:
            break
    assert seen == ["default:extra1", "default:extra3", "default:extra5"]
    ongoing = (await video.query_calls(filter_conditions={"ongoing": True})).data
    assert [one.call.cid for one in ongoing.calls] == [CID]
    either = {"$or": [{"cid": CID}, {"cid": {"$in": ["default:extra0"]}}]}
    found = (await video.query_calls(filter_conditions=either, sort=sort)).data
    assert [one.call.cid for one in found.calls] == ["default:extra0", CID]


@pytest.mark.parametrize(
    "wanted",
    [
        {"filter_conditions": {"smell": 1}},
        {"limit": 101},
        {"sort": [SortParamRequest(field="name", direction=1)]},
        {"next": "nonsense"},
    ],
)
async def test_queries_that_are_refused(sandbox, wanted):
    with pytest.raises(StreamApiException) as refused:
        await sandbox.server().video.query_calls(**wanted)
    assert (refused.value.status_code, refused.value.code) == (400, 4)


async def test_participants_by_track(sandbox, presence_of):
    world = sandbox.world
    world.attendance.publish(CID, presence_of(world, "bo").user_session_id, "video")
    call = sandbox.user().video.call("default", "talk")

    async def with_track(condition):
        answer = (
            await call.query_call_participants(filter_conditions={"published_tracks": condition})
        ).data
        return [one.user.id for one in answer.participants], answer.total_participants

    assert await with_track("audio") == (["ana", "bo"], 2)
    assert await with_track({"$in": ["video", "screenshare"]}) == (["bo"], 1)
    limited = (await call.query_call_participants(limit=1)).data
    assert (len(limited.participants), limited.total_participants) == (1, 2)


async def test_members(sandbox):
    server = sandbox.server()
    call = server.video.call("default", "talk")
    await call.update_call_members(
        update_members=[
            MemberRequest(user_id="bo", role="host"),
            MemberRequest(user_id="cy", custom={"seat": 4}),
        ]
    )
    found = (
        await server.video.query_call_members(
            id="talk", type="default", filter_conditions={"role": "host"}
        )
    ).data
    assert [one.user_id for one in found.members] == ["bo"]
    await call.update_call_members(remove_members=["bo"])
    assert list(sandbox.world.state.calls[CID].members) == ["cy"]


async def test_settings_change_what_people_may_do(sandbox, presence_of):
    presence = presence_of(sandbox.world, "bo")
    sandbox.world.attendance.publish(CID, presence.user_session_id, "screenshare")
    call = sandbox.user().video.call("default", "talk")
    answer = (await call.update(settings_override={"screensharing": {"enabled": False}})).data
    assert not answer.call.settings.screensharing.enabled
    assert answer.call.settings.screensharing.access_request_enabled
    assert presence.live == {"audio"}


async def test_ending(sandbox):
    call = sandbox.server().video.call("default", "talk")
    await call.end()
    answer = (await call.get()).data
    assert answer.call.ended_at is not None
    assert answer.call.current_session_id == ""
    assert sandbox.world.attendance.join(CID, "cy").reason == "ended"


async def test_live_and_backstage(sandbox):
    call = sandbox.server().video.call("default", "talk")
    await call.stop_live()
    assert sandbox.world.attendance.join(CID, "cy").reason == "backstage"
    assert not (await call.go_live()).data.call.backstage
    assert sandbox.world.attendance.join(CID, "cy").user_id == "cy"


async def test_users(sandbox):
    sandbox.world.sanctions.ban("cy", minutes=5)
    found = (
        await sandbox.server().query_users(
            {"filter_conditions": {"id": {"$in": ["bo", "cy"]}}, "sort": [{"field": "id"}]}
        )
    ).data.users
    assert [(one.id, one.banned) for one in found] == [("bo", False), ("cy", True)]
    assert found[1].ban_expires is not None


async def test_app_and_edges(sandbox):
    server = sandbox.server()
    assert (await server.get_app()).data.app.name == "Moderator Console sandbox"
    assert (await server.video.get_edges()).data.edges[0].id == "sandbox"
    limits = (await server.get_rate_limits(server_side=True)).data
    assert limits.server_side["Ban"].limit == 300


async def test_a_call_brings_its_people_with_it(sandbox):
    video = sandbox.server().video
    data = CallRequest(created_by_id="zoe", members=[MemberRequest(user_id="yan", role="host")])
    answer = (await video.call("default", "new").get_or_create(data=data)).data
    assert (answer.call.created_by.id, answer.call.created_by.role) == ("zoe", "user")
    assert [(one.user.id, one.role) for one in answer.members] == [("yan", "host")]
    xu = UserRequest(id="xu", name="Xu", role="admin", custom={"seat": 1})
    named = CallRequest(created_by=xu)
    answer = (await video.call("default", "newer").get_or_create(data=named)).data
    made = answer.call.created_by
    assert (made.name, made.role, made.custom) == ("Xu", "admin", {"seat": 1})
    again = CallRequest(created_by=UserRequest(id="ana", name="Not Ana"))
    answer = (await video.call("default", "newest").get_or_create(data=again)).data
    assert answer.call.created_by.name == "Ana"


async def test_a_refused_call_brings_nobody(sandbox):
    data = CallRequest(created_by_id="zoe", members=[MemberRequest(user_id="yan")])
    with pytest.raises(StreamApiException) as refused:
        await sandbox.server().video.call("no-such-type", "new").get_or_create(data=data)
    assert refused.value.code == 16
    assert not {"zoe", "yan"} & set(sandbox.world.state.users)


async def test_a_user_token_brings_nobody(sandbox):
    data = CallRequest(members=[MemberRequest(user_id="yan"), MemberRequest(user_id="bo")])
    with pytest.raises(StreamApiException, match=r"don't exist: \[yan\]") as refused:
        await sandbox.user("ana").video.call("default", "new").get_or_create(data=data)
    assert (refused.value.status_code, refused.value.code) == (400, 4)
    assert "yan" not in sandbox.world.state.users


async def test_where_a_call_takes_streams_names_the_call(sandbox):
    call = sandbox.server().video.call("default", "talk")
    ingress = (await call.get()).data.call.ingress
    for address in (ingress.rtmp.address, ingress.srt.address, ingress.whip.address):
        assert "default.talk" in address
    credentials = call.create_srt_credentials("ana")
    assert "{" not in credentials.address


async def test_limits_are_told_of_the_endpoints_asked_for(sandbox):
    server = sandbox.server()
    await server.video.query_calls()
    asked = (await server.get_rate_limits(server_side=True, endpoints="QueryCalls,Ban")).data
    assert sorted(asked.server_side) == ["Ban", "QueryCalls"]
    assert asked.server_side["QueryCalls"].remaining < asked.server_side["QueryCalls"].limit
    assert not asked.web
    assert len((await server.get_rate_limits()).data.web) > 100
