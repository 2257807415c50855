// A moderator connects, watches by a query, and hears what happens in the call.

import { control, refusal, sandbox } from './sandbox.mjs';
import { event, reportTyped, sockets, videoClient } from './video_client.mjs';

const CID = 'default:talk';

await reportTyped(async () => {
  const { client, heard } = videoClient({ clientEventsReportingEnabled: true });
  const connected = await client.connectUser(
    { id: sandbox.user_id, name: 'Moderator' },
    sandbox.token,
  );
  const { calls } = await client.queryCalls({
    filter_conditions: { ongoing: true, type: { $in: ['default', 'development'] } },
    sort: [{ field: 'created_at', direction: -1 }],
    limit: 25,
    watch: true,
  });
  const call = calls.find((one) => one.cid === CID);
  const participants = await call.queryParticipants({
    filter_conditions: { published_tracks: { $in: ['audio'] } },
  });
  const members = await call.queryMembers({ limit: 10 });

  const said = await control('/say', { cid: CID, user_id: 'ana', text: 'Good evening.' });
  const caption = await event(heard, 'call.closed_caption');
  await control('/act', { kind: 'join', cid: CID, user_id: 'dora' });
  const joined = await event(heard, 'call.session_participant_joined');

  await call.muteUser('bo', 'audio');
  const muted = await event(heard, 'call.user_muted');
  await call.revokePermissions('cy', ['send-audio']);
  const revoked = await event(heard, 'call.permissions_updated');
  await call.kickUser({ user_id: 'dora' });
  const kicked = await event(heard, 'call.kicked_user');
  const left = await event(heard, 'call.session_participant_left');
  await call.blockUser('cy');
  const blocked = await event(heard, 'call.blocked_user');
  const blockedInState = [...call.state.blockedUserIds];
  await call.unblockUser('cy');
  await event(heard, 'call.unblocked_user');
  await call.update({ settings_override: { screensharing: { enabled: false } } });
  const updated = await event(heard, 'call.updated');
  await call.sendCustomEvent({ kind: 'note', text: 'seen' });
  const custom = await event(heard, 'custom');
  const unknown = await refusal(client.call('default', 'nowhere').get());
  await call.endCall();
  const ended = await event(heard, 'call.ended');
  await client.disconnectUser();

  return {
    me: { id: connected.me.id, role: connected.me.role, connection: connected.connection_id },
    socket_path: new URL(sockets[0].url).pathname,
    calls: calls.map((one) => one.cid),
    watching: call.watching,
    capabilities: call.state.ownCapabilities,
    call_created_ms: call.state.createdAt.getTime(),
    talking: participants.participants.map((one) => one.user.id).sort(),
    members: members.members.map((one) => one.user_id),
    said,
    caption,
    joined,
    muted,
    revoked,
    kicked,
    left,
    blocked,
    blockedInState,
    updated: {
      enabled: updated.call.settings.screensharing.enabled,
      roles: Object.keys(updated.capabilities_by_role).sort(),
    },
    custom: { custom: custom.custom, user: custom.user.id },
    unknown,
    ended: { by: ended.user.id, at: ended.call.ended_at },
  };
});
