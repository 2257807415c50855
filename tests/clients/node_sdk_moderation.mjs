// Stream's Node SDK with the app's secret: policies, checks, the review queue, bans.

import { reportTyped, serverClient } from './node_sdk.mjs';
import { control, refusal, sandbox } from './sandbox.mjs';

const KEY = 'custom:captions';
const CID = 'default:talk';

await reportTyped(async () => {
  const client = serverClient();
  const { moderation } = client;
  const check = (text, more = {}) =>
    moderation.check({
      entity_type: 'stream:v1:utterance',
      entity_id: text,
      entity_creator_id: 'bo',
      config_key: KEY,
      moderation_payload: { texts: [text], custom: { cid: CID } },
      ...more,
    });

  await client.createBlockList({ name: 'insults', words: ['nitwit'] });
  const lists = (await client.listBlockLists()).blocklists.map((one) => one.name);
  const upserted = await moderation.upsertConfig({
    key: KEY,
    block_list_config: { enabled: true, rules: [{ name: 'insults', action: 'remove' }] },
  });
  const config = (await moderation.getConfig({ key: KEY })).config;
  const configs = await moderation.queryModerationConfigs({ filter: { key: KEY } });
  const kept = await check('Good evening to you.');
  const removed = await check('You nitwit.');
  await client.updateBlockList({ name: 'insults', words: ['nitwit', 'clot'] });
  const later = await check('What a clot.');
  const tried = await check('A dunce.', {
    test_mode: true,
    config: { block_list_config: { enabled: true, rules: [{ name: 'insults', action: 'flag' }] } },
  });

  await moderation.submitAction({
    action_type: 'mark_reviewed',
    item_id: removed.item.id,
    user_id: sandbox.user_id,
  });
  await moderation.ban({
    target_user_id: 'bo',
    timeout: 60,
    reason: 'insults',
    banned_by_id: sandbox.user_id,
  });
  const banned = await client.queryBannedUsers({ payload: { filter_conditions: {} } });
  await control('/act', { kind: 'leave', cid: CID, user_id: 'bo' });
  const shut = await control('/act', { kind: 'join', cid: CID, user_id: 'bo' });
  await moderation.unban({ target_user_id: 'bo', unbanned_by_id: sandbox.user_id });
  const open = await control('/act', { kind: 'join', cid: CID, user_id: 'bo' });
  await moderation.deleteConfig({ key: KEY });

  return {
    lists,
    upserted: upserted.config.key,
    config: config.block_list_config.rules,
    configs: configs.configs.map((one) => one.key),
    kept: [kept.recommended_action, kept.status, kept.item ?? null],
    removed: {
      action: removed.recommended_action,
      creator: removed.item.entity_creator.id,
      labels: removed.item.flags[0].labels,
      created_ms: removed.item.created_at.getTime(),
    },
    later: later.recommended_action,
    tried: tried.item ?? null,
    banned: banned.bans.map((one) => ({
      user: one.user.id,
      by: one.banned_by.id,
      reason: one.reason,
      minutes: (one.expires.getTime() - one.created_at.getTime()) / 60_000,
    })),
    joins: [shut, open].map((one) => [one.done, one.reason ?? '']),
    gone: await refusal(moderation.getConfig({ key: KEY })),
    unknown_list: await refusal(
      moderation.upsertConfig({
        key: 'x',
        block_list_config: { enabled: true, rules: [{ name: 'nope', action: 'flag' }] },
      }),
    ),
  };
});
