// The rest of what the sandbox serves, once each, by the Node SDK with the app's secret.

import { reportTyped, serverClient } from './node_sdk.mjs';
import { sandbox, until } from './sandbox.mjs';

const BY = sandbox.user_id;
const ENTITY = 'stream:v1:utterance';

await reportTyped(async () => {
  const client = serverClient();
  const { moderation, video } = client;
  const task = (id) =>
    until(async () => {
      const found = await client.getTask({ id });
      return found.status === 'completed' && found;
    }, `task ${id}`);

  // Users.
  await client.updateUsersPartial({ users: [{ id: 'cy', set: { name: 'Cyd' }, unset: [] }] });
  await client.deactivateUser({ user_id: 'dora', created_by_id: BY });
  const dora = (await client.reactivateUser({ user_id: 'dora' })).user;
  const off = await task((await client.deactivateUsers({ user_ids: ['dora'] })).task_id);
  await task((await client.reactivateUsers({ user_ids: ['dora'] })).task_id);
  await client.blockUsers({ blocked_user_id: 'bo', user_id: 'cy' });
  const blocks = (await client.getBlockedUsers({ user_id: 'cy' })).blocks;
  await client.unblockUsers({ blocked_user_id: 'bo', user_id: 'cy' });
  const guest = await client.createGuest({ user: { id: 'visitor', name: 'Visitor' } });
  await client.upsertUsers([{ id: 'gone', name: 'Gone' }]);
  const deleted = await task((await client.deleteUsers({ user_ids: ['gone'] })).task_id);

  // Call types.
  const court = await video.createCallType({
    name: 'court',
    settings: { screensharing: { enabled: false, access_request_enabled: false } },
    grants: { user: ['read-call', 'join-call'] },
  });
  await video.updateCallType({ name: 'court', grants: { user: ['read-call'] } });
  const grants = (await video.getCallType({ name: 'court' })).grants.user;
  const types = Object.keys((await video.listCallTypes()).call_types).sort();
  await video.deleteCallType({ name: 'court' });

  // A call's life.
  const talk = video.call('default', 'talk');
  const running = {};
  for (const [name, start, stop, read] of [
    [
      'recording',
      () => talk.startRecording({ recording_type: 'composite' }),
      () => talk.stopRecording({ recording_type: 'composite' }),
      (call) => call.recording,
    ],
    [
      'transcription',
      () => talk.startTranscription({ language: 'en' }),
      () => talk.stopTranscription(),
      (call) => call.transcribing,
    ],
    [
      'frames',
      () => talk.startFrameRecording(),
      () => talk.stopFrameRecording(),
      (call) => call.egress.frame_recording?.status === 'running',
    ],
    [
      'broadcast',
      () => talk.startHLSBroadcasting(),
      () => talk.stopHLSBroadcasting(),
      (call) => call.egress.broadcasting,
    ],
  ]) {
    await start();
    const on = read((await talk.get()).call);
    await stop();
    running[name] = [on, read((await talk.get()).call)];
  }
  const recordings = (await talk.listRecordings()).recordings.length;
  const transcriptions = (await talk.listTranscriptions()).transcriptions.length;
  await talk.updateCallMembers({ update_members: [{ user_id: 'bo' }] });
  const rung = await video.ringCall({ type: 'default', id: 'talk', members_ids: ['bo'] });
  const { session } = (await talk.get()).call;
  const ana = session.participants.find((one) => one.user.id === 'ana');
  await talk.videoPin({ user_id: 'ana', session_id: ana.user_session_id });
  await talk.videoUnpin({ user_id: 'ana', session_id: ana.user_session_id });
  await talk.collectUserFeedback({ rating: 5, sdk: 'node', sdk_version: '0', reason: 'fine' });
  await video.reportClientCallEvent({ events: [] });
  await video.call('default', 'brief').getOrCreate({ data: { created_by_id: 'ana' } });
  const wiped = await task((await video.call('default', 'brief').delete({ hard: true })).task_id);

  // Moderation.
  const flagged = await moderation.flag({
    entity_type: ENTITY,
    entity_id: '1',
    entity_creator_id: 'bo',
    reason: 'rude',
    user_id: 'cy',
  });
  const custom = await moderation.customCheck({
    entity_type: ENTITY,
    entity_id: '2',
    entity_creator_id: 'bo',
    flags: [{ type: 'custom_check_text', labels: ['SPAM'], reason: 'model' }],
  });
  const count = (await moderation.getFlagCount({ entity_creator_id: 'bo' })).count;
  const flags = (await moderation.queryModerationFlags({ filter: { entity_id: '1' } })).flags;
  const inbox = await moderation.queryReviewQueue({
    filter: { reviewed: false },
    sort: [{ field: 'created_at', direction: 1 }],
    user_id: BY,
  });
  const item = (await moderation.getReviewQueueItem({ id: custom.item.id })).item;
  await moderation.submitAction({
    action_type: 'mark_reviewed',
    item_id: custom.item.id,
    user_id: BY,
  });
  const logs = (await moderation.queryModerationLogs({ filter: {} })).logs;
  const mutes = (await moderation.mute({ target_ids: ['bo'], user_id: 'cy', timeout: 5 })).mutes;
  await moderation.unmute({ target_ids: ['bo'], user_id: 'cy' });

  const action = (
    await moderation.upsertActionConfig({
      action: 'ban',
      entity_type: ENTITY,
      order: 1,
      user_id: BY,
    })
  ).action_config;
  const bulk = await moderation.bulkUpsertActionConfig({
    action_configs: [{ action: 'custom', entity_type: ENTITY, order: 2 }],
    user_id: BY,
  });
  const offered = (await moderation.getActionConfig({ entity_type: ENTITY, user_id: BY }))
    .action_config[ENTITY];
  await moderation.deleteActionConfig({ id: action.id, user_id: BY });
  const rest = offered.filter((one) => one.id && one.id !== action.id).map((one) => one.id);
  await moderation.bulkDeleteActionConfig({ ids: rest, user_id: BY });

  const queue = (
    await moderation.createQueue({
      name: 'Ones',
      type: 'personal_view',
      filters: { entity_id: '1' },
      user_id: BY,
    })
  ).queue;
  await moderation.updateQueue({ id: queue.id, name: 'First', user_id: BY });
  const renamed = (await moderation.getQueue({ id: queue.id, user_id: BY })).queue.name;
  const queues = (await moderation.listQueues({ user_id: BY })).queues.map((one) => one.name);
  await moderation.deleteQueue({ id: queue.id, user_id: BY });

  const rule = (
    await moderation.upsertModerationRule({
      name: 'Three strikes',
      rule_type: 'call',
      enabled: true,
      config_keys: ['custom:captions'],
      cooldown_period: '5m',
      conditions: [
        {
          type: 'closed_caption_rule',
          closed_caption_rule_params: { threshold: 1, harm_labels: ['INSULT'] },
        },
      ],
      action_sequences: [{ violation_number: 1, actions: ['warning'], call_options: {} }],
      user_id: BY,
    })
  ).rule;
  const read = (await moderation.getModerationRule({ id: rule.id })).rule.name;
  const rules = (await moderation.queryModerationRules({ filter: {} })).rules.length;
  await moderation.deleteModerationRule({ id: rule.id, user_id: BY });

  await client.createBlockList({ name: 'one-word', words: ['nitwit'] });
  const words = (await client.getBlockList({ name: 'one-word' })).blocklist.words;
  await client.deleteBlockList({ name: 'one-word' });

  return {
    dora: dora.id,
    off: off.result.dora,
    blocks: blocks.map((one) => [one.user_id, one.blocked_user_id]),
    guest: [guest.user.role, guest.access_token.split('.').length],
    deleted: deleted.result.gone,
    court: court.settings.screensharing.enabled,
    grants,
    types,
    running,
    recordings,
    transcriptions,
    rung: rung.members_ids,
    wiped: wiped.result['default:brief'],
    flagged: Boolean(flagged.item_id),
    labels: custom.item.flags[0].labels,
    count,
    flags: flags.length,
    inbox: inbox.items.map((one) => one.entity_id),
    item: item.entity_id,
    logs: logs.map((one) => one.type),
    mutes: mutes.map((one) => one.target.id),
    bulk: bulk.action_configs.map((one) => one.action),
    offered: offered.map((one) => one.action),
    renamed,
    queues,
    read,
    rules,
    words,
  };
});
