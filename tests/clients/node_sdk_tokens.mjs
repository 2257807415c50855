// Tokens that the Node SDK makes, used against the sandbox over plain HTTP.

import { StreamClient } from '@stream-io/node-sdk';

import { report, sandbox } from './sandbox.mjs';

async function ask(token, path, body) {
  const response = await fetch(`${sandbox.base_url}${path}?api_key=${sandbox.api_key}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: token, 'stream-auth-type': 'jwt' },
  });
  const answer = await response.json();
  return { status: response.status, code: answer.code ?? 0, answer };
}

await report(async () => {
  const client = new StreamClient(sandbox.api_key, sandbox.api_secret);
  const now = Math.floor(Date.now() / 1000);
  const user = client.generateUserToken({ user_id: 'cy' });
  const expired = client.generateUserToken({ user_id: 'cy', exp: now - 10, iat: now - 20 });
  const early = client.generateUserToken({ user_id: 'cy', iat: now + 600 });
  const host = client.generateCallToken({
    user_id: 'dora',
    role: 'host',
    call_cids: ['audio_room:lounge'],
  });
  const calls = '/video/calls';
  const mute = '/video/call/audio_room/lounge/mute_users';
  const check = '/api/v2/moderation/check';
  const kept = ({ status, code }) => [status, code];
  return {
    user: kept(await ask(user, calls, {})),
    expired: kept(await ask(expired, calls, {})),
    early: kept(await ask(early, calls, {})),
    server_only: kept(await ask(user, check, { entity_type: 'x', entity_id: '1' })),
    plain_user_mutes: kept(await ask(user, mute, { user_ids: ['ana'], audio: true })),
    call_token_mutes: kept(await ask(host, mute, { user_ids: ['ana'], audio: true })),
  };
});
