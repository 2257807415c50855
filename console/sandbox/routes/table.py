"""Every operation the sandbox serves: its name, where it is served, who may call it."""

from functools import partial

from console.sandbox.fidelity import active_calls
from console.sandbox.fidelity import egress_routes as egress
from console.sandbox.fidelity import label_routes as labels
from console.sandbox.fidelity import stats_routes as stats
from console.sandbox.fidelity.egress import BROADCAST, FRAMES, RECORDING, TRANSCRIPTION
from console.sandbox.operation import Operation
from console.sandbox.routes import (
    accounts,
    app_info,
    appeals,
    bans,
    blocklists,
    call_acts,
    call_life,
    call_members,
    call_queries,
    call_types,
    calls,
    captions,
    channels,
    chat,
    checks,
    client_reports,
    configs,
    devices,
    feedback,
    inbox,
    long_poll,
    moderation_rules,
    mutes,
    policy_tests,
    review_actions,
    review_queue,
    roles,
    user_groups,
    users,
)

_video = Operation
_video_server = partial(Operation, side="server")
_call = partial(Operation, root="/call/{type}/{id}")
_start_broadcast = partial(_call, capability="start-broadcast-call")
_stop_broadcast = partial(_call, capability="stop-broadcast-call")
_stop_record = partial(_call, capability="stop-record-call")
_stop_transcription = partial(_call, capability="stop-transcription-call")
_start_record = partial(_call, capability="start-record-call")
_start_transcription = partial(_call, capability="start-transcription-call")
_stats = partial(Operation, root="/call_stats/{type}/{id}/{session}")
_v2 = partial(Operation, family="v2")
_server = partial(Operation, family="v2", side="server")
_moderation = partial(Operation, root="/moderation", family="v2")
_by_server = partial(_moderation, side="server")
_submit = partial(_moderation, staff="SubmitModerationAction")
_write_actions = partial(_moderation, staff="WriteActionConfig")
_write_queues = partial(_moderation, staff="WriteModerationQueues")
_group = partial(_v2, staff="WriteUserGroups")
_chat = partial(Operation, family="chat")

OPERATIONS: tuple[Operation, ...] = (
    _call("MuteUsers", "POST /mute_users", call_acts.mute_users, "mute-users"),
    _call("BlockUser", "POST /block", call_acts.block, "block-users"),
    _call("UnblockUser", "POST /unblock", call_acts.unblock, "block-users"),
    _call("KickUser", "POST /kick", call_acts.kick, "kick-user"),
    _call(
        "UpdateUserPermissions",
        "POST /user_permissions",
        call_acts.user_permissions,
        "update-call-permissions",
    ),
    _call(
        "RequestPermission", "POST /request_permission", call_acts.request_permission, side="client"
    ),
    _call("DeleteCall", "POST /delete", call_life.delete, "end-call"),
    _call("RingCall", "POST /ring", call_life.ring, "update-call"),
    _call("AcceptCall", "POST /accept", call_life.accept, "join-call", side="client"),
    _call("RejectCall", "POST /reject", call_life.reject, "read-call", side="client"),
    _call("SendVideoReaction", "POST /reaction", call_life.react, "create-reaction", side="client"),
    _call("VideoPin", "POST /pin", call_life.pin, "pin-for-everyone"),
    _call("VideoUnpin", "POST /unpin", call_life.unpin, "pin-for-everyone"),
    _call("CollectUserFeedback", "POST /feedback", call_life.feedback),
    _call("UpdateCallMembers", "POST /members", call_members.update_members),
    _call(
        "QueryCallParticipants", "POST /participants", call_queries.query_participants, "read-call"
    ),
    _call("GetCall", "GET", calls.get_call, "read-call"),
    _call("GetOrCreateCall", "POST", calls.get_or_create),
    _call("JoinCall", "POST /join", calls.join, side="client"),
    _call("UpdateCall", "PATCH", calls.update, "update-call"),
    _call("EndCall", "POST /mark_ended", calls.mark_ended, "end-call"),
    _call("GoLive", "POST /go_live", calls.go_live, "update-call"),
    _call("StopLive", "POST /stop_live", calls.stop_live, "update-call"),
    _call("SendEvent", "POST /event", calls.send_event, "read-call"),
    _call(
        "StartClosedCaptions",
        "POST /start_closed_captions",
        captions.start,
        "start-closed-captions-call",
    ),
    _call(
        "StopClosedCaptions",
        "POST /stop_closed_captions",
        captions.stop,
        "stop-closed-captions-call",
    ),
    _call("SendClosedCaption", "POST /closed_captions", captions.send, side="server"),
    _start_transcription(
        "StartTranscription", "POST /start_transcription", egress.starts(TRANSCRIPTION)
    ),
    _stop_transcription(
        "StopTranscription", "POST /stop_transcription", egress.stops(TRANSCRIPTION)
    ),
    _call(
        "StartFrameRecording",
        "POST /start_frame_recording",
        egress.starts(FRAMES),
        "start-frame-record-call",
    ),
    _call(
        "StopFrameRecording",
        "POST /stop_frame_recording",
        egress.stops(FRAMES),
        "stop-frame-record-call",
    ),
    _start_broadcast("StartHLSBroadcasting", "POST /start_broadcasting", egress.starts(BROADCAST)),
    _stop_broadcast("StopHLSBroadcasting", "POST /stop_broadcasting", egress.stops(BROADCAST)),
    _start_record(
        "StartRecording", "POST /recordings/{recording_type}/start", egress.starts(RECORDING)
    ),
    _stop_record(
        "StopRecording", "POST /recordings/{recording_type}/stop", egress.stops(RECORDING)
    ),
    _start_broadcast("StartRTMPBroadcasts", "POST /rtmp_broadcasts", egress.start_rtmp),
    _stop_broadcast("StopAllRTMPBroadcasts", "POST /rtmp_broadcasts/stop", egress.stop_rtmp),
    _stop_broadcast("StopRTMPBroadcast", "POST /rtmp_broadcasts/{name}/stop", egress.stop_rtmp),
    _call("ListRecordings", "GET /recordings", egress.lists("recording"), "read-call"),
    _call("ListTranscriptions", "GET /transcriptions", egress.lists("transcription"), "read-call"),
    _stop_record(
        "DeleteRecording", "DELETE /{session}/recordings/{filename}", egress.deletes("recording")
    ),
    _stop_transcription(
        "DeleteTranscription",
        "DELETE /{session}/transcriptions/{filename}",
        egress.deletes("transcription"),
    ),
    _call("GetCallReport", "GET /report", stats.report, "read-call"),
    _call(
        "QueryCallParticipantSessions",
        "GET /session/{session}/participant_sessions",
        stats.participant_sessions,
        "read-call",
    ),
    _call(
        "GetCallParticipantSessionMetrics",
        "GET /session/{session}/participant/{user}/{user_session}/details/track",
        stats.session_metrics,
        "read-call",
    ),
    _stats("GetCallStatsMap", "GET /map", stats.stats_map),
    _stats("QueryCallSessionParticipantStats", "GET /participants", stats.participant_stats),
    _stats(
        "GetCallSessionParticipantStatsDetails",
        "GET /participant/{user}/{user_session}/details",
        stats.participant_details,
    ),
    _stats(
        "GetCallSessionParticipantStatsTimeline",
        "GET /participants/{user}/{user_session}/timeline",
        stats.participant_timeline,
    ),
    _video("CreateGuest", "POST /guest", accounts.guest, family="both", side="public"),
    _video("LongPoll", "GET /longpoll", long_poll.poll, family="both", side="client"),
    _chat("LongPoll", "GET /longpoll", long_poll.poll, side="client"),
    _video("GetEdges", "GET /edges", app_info.get_edges),
    _video("QueryCallMembers", "POST /call/members", call_members.query_members),
    _video("QueryCalls", "POST /calls", call_queries.query_calls),
    _video_server("ListCallTypes", "GET /calltypes", call_types.listed),
    _video_server("CreateCallType", "POST /calltypes", call_types.create),
    _video_server("GetCallType", "GET /calltypes/{name}", call_types.get),
    _video_server("UpdateCallType", "PUT /calltypes/{name}", call_types.update),
    _video_server("DeleteCallType", "DELETE /calltypes/{name}", call_types.delete),
    _video("ReportClientEvent", "POST /call_client_event", client_reports.report, side="public"),
    _video("QueryCallStats", "POST /call/stats", stats.query_call_stats),
    _video("QueryCallSessionStats", "POST /call_stats", stats.query_session_stats),
    _video_server("QueryUserFeedback", "POST /call/feedback", stats.query_feedback),
    _video_server("GetActiveCallsStatus", "GET /active_calls_status", active_calls.status),
    _video_server("QueryAggregateCallStats", "POST /stats", stats.aggregate),
    _v2("UpdateUsersPartial", "PATCH /users", accounts.update_partial),
    _server("DeactivateUser", "POST /users/{user_id}/deactivate", accounts.deactivate),
    _server("ReactivateUser", "POST /users/{user_id}/reactivate", accounts.reactivate),
    _server("DeactivateUsers", "POST /users/deactivate", accounts.deactivate_several),
    _server("ReactivateUsers", "POST /users/reactivate", accounts.reactivate_several),
    _server("DeleteUsers", "POST /users/delete", accounts.delete_several),
    _server("GetTask", "GET /tasks/{id}", accounts.get_task),
    _server("RestoreUsers", "POST /users/restore", accounts.restore),
    _server("ExportUser", "GET /users/{user_id}/export", accounts.export),
    _server("ExportUsers", "POST /export/users", accounts.export_several),
    _v2("CreateDevice", "POST /devices", devices.create),
    _v2("ListDevices", "GET /devices", devices.listed),
    _v2("DeleteDevice", "DELETE /devices", devices.delete),
    _server("ListRoles", "GET /roles", roles.listed),
    _server("SearchRoles", "GET /roles/search", roles.search),
    _server("CreateRole", "POST /roles", roles.create),
    _server("DeleteRole", "DELETE /roles/{name}", roles.delete),
    _server("ListPermissions", "GET /permissions", roles.list_permissions),
    _server("GetPermission", "GET /permissions/{id}", roles.get_permission),
    _v2("ListUserGroups", "GET /usergroups", user_groups.listed),
    _v2("SearchUserGroups", "GET /usergroups/search", user_groups.search),
    _v2("GetUserGroup", "GET /usergroups/{id}", user_groups.get),
    _group("CreateUserGroup", "POST /usergroups", user_groups.create),
    _group("UpdateUserGroup", "PUT /usergroups/{id}", user_groups.update),
    _group("DeleteUserGroup", "DELETE /usergroups/{id}", user_groups.delete),
    _group("AddUserGroupMembers", "POST /usergroups/{id}/members", user_groups.add_members),
    _group(
        "RemoveUserGroupMembers",
        "POST /usergroups/{id}/members/delete",
        user_groups.remove_members,
    ),
    _v2("BlockUsers", "POST /users/block", accounts.block),
    _v2("UnblockUsers", "POST /users/unblock", accounts.unblock),
    _v2("GetBlockedUsers", "GET /users/block", accounts.blocked),
    _v2("GetApp", "GET /app", app_info.get_app),
    _server("UpdateApp", "PATCH /app", app_info.update_app),
    _server("GetRateLimits", "GET /rate_limits", app_info.get_rate_limits),
    _chat("QueryBannedUsers", "GET /query_banned_users", bans.query_banned),
    _v2("ListBlockLists", "GET /blocklists", blocklists.listed),
    _v2("CreateBlockList", "POST /blocklists", blocklists.create),
    _server("GetBlockList", "GET /blocklists/{name}", blocklists.get),
    _v2("UpdateBlockList", "PUT /blocklists/{name}", blocklists.update),
    _v2("DeleteBlockList", "DELETE /blocklists/{name}", blocklists.delete),
    _v2("ImportBlockList", "POST /blocklists/{id}/import", blocklists.import_items),
    _v2("QueryUsers", "GET /users", users.query_users),
    _v2("UpdateUsers", "POST /users", users.upsert_users),
    _moderation("Appeal", "POST /appeal", appeals.appeal),
    _moderation("GetAppeal", "GET /appeal/{id}", appeals.get_appeal),
    _moderation("QueryAppeals", "POST /appeals", appeals.query_appeals),
    _submit("BulkActionAppeals", "POST /appeals/bulk_action", appeals.decide_many),
    _moderation("Ban", "POST /ban", bans.ban, staff="BanUser"),
    _moderation("UpsertConfig", "POST /config", configs.upsert, staff="UpsertModerationConfig"),
    _moderation("GetConfig", "GET /config/{key}", configs.get),
    _moderation(
        "DeleteConfig", "DELETE /config/{key}", configs.delete, staff="DeleteModerationConfig"
    ),
    _moderation("QueryModerationConfigs", "POST /configs", configs.query),
    _moderation("ListQueues", "GET /queues", inbox.list_queues, staff="ReadModerationQueues"),
    _write_queues("CreateQueue", "POST /queues", inbox.create_queue),
    _moderation("GetQueue", "GET /queues/{id}", inbox.get_queue, staff="ReadModerationQueues"),
    _write_queues("UpdateQueue", "PATCH /queues/{id}", inbox.update_queue),
    _write_queues("DeleteQueue", "POST /queues/{id}/delete", inbox.delete_queue),
    _moderation("GetActionConfig", "GET /action_config", inbox.get_actions),
    _write_actions("UpsertActionConfig", "POST /action_config", inbox.put_action),
    _write_actions("BulkUpsertActionConfig", "POST /action_config/bulk", inbox.put_actions),
    _write_actions(
        "BulkDeleteActionConfig", "POST /action_config/bulk_delete", inbox.delete_actions
    ),
    _write_actions("DeleteActionConfig", "DELETE /action_config/{id}", inbox.delete_action),
    _moderation("Mute", "POST /mute", mutes.mute),
    _moderation("Unmute", "POST /unmute", mutes.unmute),
    _submit("SubmitAction", "POST /submit_action", review_actions.submit_action),
    _moderation("Flag", "POST /flag", review_actions.flag),
    _moderation(
        "QueryReviewQueue", "POST /review_queue", review_queue.query, staff="QueryReviewQueue"
    ),
    _by_server("Unban", "POST /unban", bans.unban),
    _moderation("Unban", "DELETE /ban", bans.unban, staff="UnbanUser"),
    _chat("Ban", "POST /moderation/ban", bans.ban, staff="BanUser"),
    _chat("Unban", "DELETE /moderation/ban", bans.unban, staff="UnbanUser"),
    _by_server("SubmitModerationFeedback", "POST /submit_moderation_feedback", feedback.submit),
    _by_server("BulkImageModeration", "POST /bulk_image_moderation", feedback.bulk_images),
    _by_server("Check", "POST /check", checks.check),
    _by_server("UpsertModerationRule", "POST /moderation_rule", moderation_rules.upsert),
    _by_server("GetModerationRule", "GET /moderation_rule/{id}", moderation_rules.get),
    _by_server("DeleteModerationRule", "DELETE /moderation_rule/{id}", moderation_rules.delete),
    _by_server("QueryModerationRules", "POST /moderation_rules", moderation_rules.query),
    _by_server("CustomCheck", "POST /custom_check", mutes.custom_check),
    _by_server("CreatePolicyTestSet", "POST /policy_tests/sets", policy_tests.create_set),
    _by_server("ListPolicyTestSets", "GET /policy_tests/sets", policy_tests.list_sets),
    _by_server("GetPolicyTestSet", "GET /policy_tests/sets/{id}", policy_tests.get_set),
    _by_server("DeletePolicyTestSet", "DELETE /policy_tests/sets/{id}", policy_tests.delete_set),
    _by_server("StartPolicyTestRun", "POST /policy_tests/sets/{id}/runs", policy_tests.start_run),
    _by_server("GetPolicyTestRun", "GET /policy_tests/runs/{id}", policy_tests.get_run),
    _by_server("QueryModerationLogs", "POST /logs", review_actions.logs),
    _by_server("QueryModerationFlags", "POST /flags", review_actions.flags),
    _by_server("GetFlagCount", "POST /flag_count", review_actions.flag_count),
    _by_server("InsertActionLog", "POST /action_logs", review_actions.insert_log),
    _by_server("Bypass", "POST /bypass", review_actions.bypass),
    _by_server("GetReviewQueueItem", "GET /review_queue/{id}", review_queue.get_item),
    _by_server("Analyze", "POST /analyze", labels.analyze),
    _by_server("Labels", "POST /labels", labels.labels),
    _by_server("QueryLabelResults", "POST /labels/results", labels.query_results),
    _chat("QueryChannels", "POST /channels", chat.query_channels),
    _chat("GetOrCreateChannel", "POST /channels/{type}/{id}/query", channels.get_or_create),
    _chat("UpdateChannel", "POST /channels/{type}/{id}", channels.update),
    _chat("UpdateChannelPartial", "PATCH /channels/{type}/{id}", channels.update_partial),
    _chat("SendChannelEvent", "POST /channels/{type}/{id}/event", channels.send_event),
    _chat("SendMessage", "POST /channels/{type}/{id}/message", chat.send_message),
    _chat("GetMessage", "GET /messages/{message_id}", chat.get_message),
    _chat("UpdateMessage", "POST /messages/{message_id}", chat.update_message),
    _chat("DeleteMessage", "DELETE /messages/{message_id}", chat.delete_message),
    _chat(
        "UndeleteMessage",
        "POST /messages/{message_id}/undelete",
        chat.undelete_message,
        side="server",
    ),
    _chat("Mute", "POST /moderation/mute", mutes.mute),
    _chat("Unmute", "POST /moderation/unmute", mutes.unmute),
)
