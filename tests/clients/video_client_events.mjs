// Every kind of event that the sandbox can tell, each held against the client's declarations.

import { StreamClient } from '@stream-io/node-sdk';

import { control, sandbox, until } from './sandbox.mjs';
import { event, reportTyped, videoClient } from './video_client.mjs';

const CID = 'default:talk';
const BY = sandbox.user_id;

await reportTyped(async () => {
  const server = new StreamClient(sandbox.api_key, sandbox.api_secret, {
    basePath: sandbox.base_url,
  });
  const { moderation } = server;
  const talk = server.video.call('default', 'talk');
  const { client, heard } = videoClient();
  await client.connectUser({ id: BY }, sandbox.token);
  await client.queryCalls({ filter_conditions: { cid: CID }, watch: true });

  // Users.
  await server.updateUsersPartial({ users: [{ id: 'cy', set: { name: 'Cyd' }, unset: [] }] });
  await moderation.ban({ target_user_id: 'cy', timeout: 5, reason: 'rude', banned_by_id: BY });
  await moderation.unban({ target_user_id: 'cy', unbanned_by_id: BY });
  await server.deactivateUser({ user_id: 'dora', created_by_id: BY });
  await server.reactivateUser({ user_id: 'dora', created_by_id: BY });
  await server.upsertUsers([{ id: 'gone', name: 'Gone' }]);
  await server.deleteUsers({ user_ids: ['gone'] });

  // The call and its people.
  await talk.updateCallMembers({ update_members: [{ user_id: BY }, { user_id: 'bo' }] });
  await talk.updateCallMembers({ update_members: [{ user_id: 'bo', role: 'host' }] });
  await talk.updateCallMembers({ remove_members: ['bo'] });
  await control('/act', { kind: 'ask', cid: CID, user_id: 'dora' });
  await talk.startRecording({ recording_type: 'composite' });
  await talk.stopRecording({ recording_type: 'composite' });
  await talk.startTranscription();
  await talk.stopTranscription();
  await talk.startFrameRecording();
  await talk.stopFrameRecording();
  await talk.startHLSBroadcasting();
  const { egress } = (await talk.get()).call;
  await talk.stopHLSBroadcasting();
  const { participants } = (await talk.get()).call.session;
  await talk.collectUserFeedback({
    rating: 3,
    sdk: 'node',
    sdk_version: '0',
    user_session_id: participants[0].user_session_id,
  });

  // A rule that acts on what is said.
  await server.createBlockList({ name: 'insults', words: ['nitwit'] });
  await moderation.upsertConfig({
    key: 'custom:rules',
    block_list_config: { enabled: true, rules: [{ name: 'insults', action: 'flag' }] },
  });
  const actions = ['call_warning', 'call_blur', 'mute_audio'];
  await moderation.upsertModerationRule({
    name: 'insults',
    rule_type: 'call',
    enabled: true,
    config_keys: ['custom:rules'],
    conditions: [
      {
        type: 'closed_caption_rule',
        closed_caption_rule_params: { harm_labels: ['insults'], threshold: 1 },
      },
    ],
    action_sequences: [
      { violation_number: 1, actions, call_options: { warning_text: 'Please be kind.' } },
    ],
    user_id: BY,
  });
  await control('/say', { cid: CID, user_id: 'bo', text: 'You nitwit.' });
  const warned = await event(heard, 'call.moderation_warning');

  // The end.
  await server.video.call('livestream', 'show').getOrCreate({
    data: { created_by_id: BY, members: [{ user_id: BY }] },
  });
  const show = client.call('livestream', 'show');
  await show.get();
  await show.goLive();
  await control('/act', { kind: 'join', cid: 'livestream:show', user_id: 'ana' });
  await control('/act', { kind: 'leave', cid: 'livestream:show', user_id: 'ana' });
  await server.video.call('livestream', 'show').delete();
  await event(heard, 'call.deleted');

  const seen = () => [...new Set(heard.map((one) => one.type))].sort();
  await until(() => seen().includes('call.session_ended'), 'the end of the session');
  return { seen: seen(), hls: egress.hls.status, warned: [warned.user_id, warned.message] };
});
