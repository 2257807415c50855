"""The messages of the media server, against those of Stream's own client (read here only)."""

import importlib

import pytest

from tests.media_extra import need_media

need_media("google.protobuf")

from console.sandbox.sfu import messages  # noqa: E402  (after the skip)

_PB = "getstream.video.rtc.pb.stream.video.sfu"
_WHERE = ("event.events_pb2", "signal_rpc.signal_pb2", "models.models_pb2")
_NAMES = {"ErrorEvent": "Error", "Failed": "SendAnswerResponse", "Nothing": "HealthCheckRequest"}
_ENUMS = ("Cause", "EndReason", "TrackType", "ErrorCode")
_SAME = {13: 13, 14: 5, 11: 11}
"""An enum travels as an int32."""


def theirs(name: str):
    """The descriptor of Stream's message; the event of that name where there are several."""
    if name == "Timestamp":
        from google.protobuf import timestamp_pb2

        return timestamp_pb2.Timestamp.DESCRIPTOR
    modules = [importlib.import_module(f"{_PB}.{where}") for where in _WHERE]
    order = modules if name != "Error" else modules[::-1]
    for module in order:
        found = module.DESCRIPTOR.message_types_by_name.get(_NAMES.get(name, name))
        if found is not None and (name != "ICETrickle" or "session_id" in found.fields_by_name):
            return found
    raise AssertionError(f"Stream has no message {name}")


@pytest.mark.parametrize("name", messages.NAMES)
def test_each_field_is_where_streams_client_has_it(name):
    known = theirs(name)
    ours = messages.message(name).DESCRIPTOR
    for field in ours.fields:
        other = known.fields_by_name[field.name]
        assert field.number == other.number, field.name
        assert field.is_repeated == other.is_repeated, field.name
        if field.enum_type is not None:  # those that a client sends by name, too
            assert _values(field.enum_type) == _values(other.enum_type), field.name
        else:
            assert field.type == _SAME.get(other.type, other.type), field.name


def _values(enum):
    return {each.name: each.number for each in enum.values}


def test_enums_are_streams():
    models = importlib.import_module(f"{_PB}.models.models_pb2").DESCRIPTOR.enum_types_by_name
    prefixes = {
        messages.TrackType: ("TrackType", "TRACK_TYPE_"),
        messages.Cause: ("TrackUnpublishReason", "TRACK_UNPUBLISH_REASON_"),
        messages.EndReason: ("CallEndedReason", "CALL_ENDED_REASON_"),
        messages.ErrorCode: ("ErrorCode", "ERROR_CODE_"),
    }
    for ours, (name, prefix) in prefixes.items():
        for each in ours:
            assert models[name].values_by_name[prefix + each.name].number == each.value


def test_streams_client_reads_what_the_server_writes():
    events = importlib.import_module(f"{_PB}.event.events_pb2")
    person = messages.message("Participant")(
        user_id="ana", session_id="s", published_tracks=[1, 2], joined_at=messages.stamp(1.5)
    )
    sent = messages.event(
        "track_unpublished",
        user_id="ana",
        session_id="s",
        type=messages.TrackType.AUDIO,
        cause=messages.Cause.MODERATION,
        participant=person,
    )

    read = events.SfuEvent.FromString(sent)

    assert read.WhichOneof("event_payload") == "track_unpublished"
    assert read.track_unpublished.cause == 3
    assert list(read.track_unpublished.participant.published_tracks) == [1, 2]
    assert read.track_unpublished.participant.joined_at.ToNanoseconds() == 1_500_000_000


def test_the_server_reads_what_streams_client_writes():
    events = importlib.import_module(f"{_PB}.event.events_pb2")
    request = events.SfuRequest(
        join_request=events.JoinRequest(
            token="t", session_id="s", subscriber_sdp="v=0", fast_reconnect=True
        )
    )

    read = messages.message("SfuRequest").FromString(request.SerializeToString())

    assert read.WhichOneof("payload") == "join_request"
    assert (read.join_request.token, read.join_request.session_id) == ("t", "s")


def test_one_layer_is_asked_for_and_more_that_are_announced_are_read_past():
    """aiortc knows no simulcast: whoever announces layers is heard and seen by one of them."""
    need_media("aiortc")
    options = importlib.import_module("console.sandbox.sfu.signal_socket")._publish_options()
    assert {option.max_spatial_layers for option in options if option.video_dimension.width} == {1}
    rpc = importlib.import_module(f"{_PB}.signal_rpc.signal_pb2")
    models = importlib.import_module(f"{_PB}.models.models_pb2")
    layers = [models.VideoLayer(rid=rid) for rid in ("q", "h", "f")]
    info = models.TrackInfo(mid="0", track_type=2, layers=layers)
    sent = rpc.SetPublisherRequest(sdp="v=0", session_id="s", tracks=[info]).SerializeToString()
    (read,) = messages.message("SetPublisherRequest").FromString(sent).tracks
    assert (read.mid, read.track_type) == ("0", messages.TrackType.VIDEO)
