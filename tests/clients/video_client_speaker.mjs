// Dora asks to speak in an audio room, is granted it, speaks, and is muted and put back.

import { control, refusal, sandbox } from './sandbox.mjs';
import { event, reportTyped, videoClient } from './video_client.mjs';

const CID = 'audio_room:lounge';
const SPEAK = ['send-audio'];

async function permissions() {
  const { people } = await control(`/people/${CID}?user_id=dora`);
  return { permissions: people[0].permissions, live: people[0].live };
}

await reportTyped(async () => {
  const host = videoClient();
  const guest = videoClient();
  await host.client.connectUser({ id: sandbox.user_id }, sandbox.token);
  await guest.client.connectUser({ id: 'dora' }, async () => sandbox.tokens.dora);
  const hosted = host.client.call('audio_room', 'lounge');
  const visited = guest.client.call('audio_room', 'lounge');
  await hosted.get();
  await visited.get();
  const before = { own: [...visited.state.ownCapabilities], ...(await permissions()) };
  const refused = await refusal(visited.muteUser('ana', 'audio'));

  await visited.requestPermissions({ permissions: SPEAK });
  const asked = await event(host.heard, 'call.permission_request');
  await hosted.grantPermissions(asked.user.id, asked.permissions);
  const granted = await event(guest.heard, 'call.permissions_updated');
  await visited.get();
  const between = { own: [...visited.state.ownCapabilities] };
  await control('/act', { kind: 'publish', cid: CID, user_id: 'dora', track: 'audio' });
  Object.assign(between, await permissions());

  await hosted.muteUser('dora', 'audio');
  const muted = await event(guest.heard, 'call.user_muted');
  const silenced = await permissions();
  const since = guest.heard.length;
  await hosted.revokePermissions('dora', SPEAK);
  const revoked = await event(guest.heard, 'call.permissions_updated', { since });
  const after = await permissions();

  await hosted.blockUser('dora');
  const blocked = await event(guest.heard, 'call.blocked_user');
  return { before, refused, asked, granted, between, muted, silenced, revoked, after, blocked };
});
