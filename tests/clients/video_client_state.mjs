// The state that the client keeps of a call from events alone, step by step.

import { StreamClient } from '@stream-io/node-sdk';

import { control, sandbox, until } from './sandbox.mjs';
import { reportTyped, videoClient } from './video_client.mjs';

const CID = 'default:talk';

await reportTyped(async () => {
  const server = new StreamClient(sandbox.api_key, sandbox.api_secret, {
    basePath: sandbox.base_url,
  });
  const talk = server.video.call('default', 'talk');
  const { client } = videoClient();
  await client.connectUser({ id: sandbox.user_id }, sandbox.token);
  const { calls } = await client.queryCalls({ filter_conditions: { cid: CID }, watch: true });
  const { state } = calls[0];
  const present = () => state.session?.participants.map((one) => one.user.id).sort() ?? [];
  const here = (...ids) => () => present().join() === ids.join();
  const seen = { at_first: present(), devices_at_first: state.session.participants_count_by_role };

  await control('/act', { kind: 'join', cid: CID, user_id: 'dora' });
  await until(here('ana', 'bo', 'cy', 'dora'), 'dora is in the state');
  seen.joined = { ...state.session.participants_count_by_role };
  await talk.kickUser({ user_id: 'dora' });
  await until(here('ana', 'bo', 'cy'), 'dora is out of the state');
  seen.left = { ...state.session.participants_count_by_role };

  await talk.blockUser({ user_id: 'cy' });
  await until(() => state.blockedUserIds.includes('cy'), 'cy is blocked in the state');
  await talk.unblockUser({ user_id: 'cy' });
  await until(() => !state.blockedUserIds.includes('cy'), 'cy is free in the state');

  await talk.updateCallMembers({ update_members: [{ user_id: 'bo', role: 'host' }] });
  await until(() => state.members.some((one) => one.user_id === 'bo'), 'bo is a member');
  seen.member_role = state.members.find((one) => one.user_id === 'bo').role;
  await talk.updateCallMembers({ remove_members: ['bo'] });
  await until(() => state.members.length === 0, 'bo is no member');

  await talk.update({ custom: { name: 'Evening talk' } });
  await until(() => state.custom.name === 'Evening talk', 'the new name');
  seen.captioning = [state.captioning];
  await talk.stopClosedCaptions();
  await until(() => !state.captioning, 'captions stopped');
  await talk.startClosedCaptions();
  await until(() => state.captioning, 'captions started');

  await control('/say', { cid: CID, user_id: 'ana', text: 'First.' });
  await until(() => state.closedCaptions.length === 1, 'one caption');
  await control('/say', { cid: CID, user_id: 'bo', text: 'Second.' });
  await until(() => state.closedCaptions.length === 2, 'two captions');
  seen.captions = state.closedCaptions.map((one) => `${one.user.name}: ${one.text}`);

  await talk.end();
  await until(() => state.endedAt, 'the end');
  await until(() => !state.session || state.session.ended_at, 'the end of the session');
  seen.ended_ms = state.endedAt.getTime();

  const made = [];
  client.on('call.created', (event) => made.push(event.call_cid));
  await server.video.call('default', 'later').getOrCreate({
    data: { created_by_id: 'ana', members: [{ user_id: sandbox.user_id }] },
  });
  await until(() => made.length, 'the new call, as a member');
  await until(() => client.state.calls.some((one) => one.id === 'later'), 'the call is kept');
  seen.kept = client.state.calls.map((one) => one.cid).sort();
  return seen;
});
