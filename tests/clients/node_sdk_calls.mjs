// Stream's Node SDK with the app's secret: users and calls.

import { reportTyped, serverClient } from './node_sdk.mjs';
import { control, refusal, sandbox } from './sandbox.mjs';

const BY = sandbox.user_id;

await reportTyped(async () => {
  const client = serverClient();
  await client.upsertUsers([{ id: 'eve', name: 'Eve', role: 'user', custom: { team: 'blue' } }]);
  const { users } = await client.queryUsers({
    payload: { filter_conditions: { id: { $in: ['eve', 'ana'] } }, sort: [] },
  });

  const call = client.video.call('default', 'made-by-node');
  const made = await call.getOrCreate({
    data: {
      created_by_id: 'eve',
      custom: { name: 'From Node' },
      members: [{ user_id: 'ana', role: 'host' }],
      settings_override: { screensharing: { enabled: false, access_request_enabled: false } },
    },
  });
  const again = await call.getOrCreate({ data: { created_by_id: 'eve' } });
  const got = await call.get();
  const updated = await call.update({ custom: { name: 'Renamed' } });
  await call.updateCallMembers({ update_members: [{ user_id: 'bo' }], remove_members: ['ana'] });
  const { members } = await call.queryMembers();
  const first = await client.video.queryCalls({ sort: [{ field: 'cid', direction: 1 }], limit: 2 });
  const second = await client.video.queryCalls({
    sort: [{ field: 'cid', direction: 1 }],
    limit: 2,
    next: first.next,
  });
  const ended = await (async () => {
    await call.end();
    return call.get();
  })();

  const talk = client.video.call('default', 'talk');
  const participants = await talk.queryCallParticipants({ filter_conditions: {}, limit: 2 });
  await talk.muteUsers({ user_ids: ['bo'], audio: true, muted_by_id: BY });
  await talk.updateUserPermissions({ user_id: 'cy', revoke_permissions: ['send-audio'] });
  await talk.blockUser({ user_id: 'cy' });
  const blocked = (await talk.get()).call.blocked_user_ids;
  await talk.unblockUser({ user_id: 'cy' });
  await control('/act', { kind: 'join', cid: 'default:talk', user_id: 'dora' });
  await talk.kickUser({ user_id: 'dora', kicked_by_id: BY });
  await talk.sendCallEvent({ user_id: BY, custom: { kind: 'note' } });
  await talk.stopClosedCaptions();
  const stopped = (await talk.get()).call.captioning;
  await talk.startClosedCaptions({ language: 'en' });
  const started = (await talk.get()).call.captioning;
  await talk.sendClosedCaption({ speaker_id: 'ana', text: 'Typed by hand.', user_id: 'ana' });

  const lounge = client.video.call('audio_room', 'lounge');
  const live = (await lounge.goLive()).call.backstage;
  const backstage = (await lounge.stopLive()).call.backstage;

  const app = await client.getApp();
  const limits = await client.getRateLimits({ server_side: true });
  const edges = await client.video.getEdges();
  const stranger = serverClient({ secret: 'not-the-secret-of-this-app-at-all' });
  const nameless = serverClient({ key: 'nobody' });

  return {
    users: users.map((one) => [one.id, one.name, one.custom.team ?? null]).sort(),
    made: {
      created: made.created,
      cid: made.call.cid,
      by: made.call.created_by.id,
      screensharing: made.call.settings.screensharing.enabled,
      members: made.members.map((one) => [one.user_id, one.role]),
      ms: made.call.created_at.getTime(),
      status: made.metadata.responseCode,
      limit: made.metadata.rateLimit.rateLimit,
      remaining: made.metadata.rateLimit.rateLimitRemaining,
      reset_ms: made.metadata.rateLimit.rateLimitReset.getTime(),
    },
    again: again.created,
    got: { name: got.call.custom.name, status: got.metadata.responseCode },
    updated: updated.call.custom.name,
    members: members.map((one) => one.user_id),
    pages: [first.calls, second.calls].map((page) => page.map((one) => one.call.cid)),
    last: second.next ?? null,
    ended_ms: ended.call.ended_at.getTime(),
    participants: {
      total: participants.total_participants,
      shown: participants.participants.length,
      joined_ms: participants.participants[0].joined_at.getTime(),
    },
    blocked,
    captioning: [stopped, started],
    backstage: [live, backstage],
    app: app.app.name,
    limits: limits.server_side.QueryCalls ?? null,
    edges: edges.edges.length,
    refused: {
      unknown_call: await refusal(client.video.call('default', 'nowhere').get()),
      bad_body: await refusal(talk.muteUsers({ user_ids: ['bo'] })),
      wrong_secret: await refusal(stranger.video.queryCalls()),
      wrong_key: await refusal(nameless.video.queryCalls()),
    },
  };
});
