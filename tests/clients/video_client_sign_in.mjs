// Ways to sign in: a provider whose first token has expired, bad tokens, a guest, nobody.

import { refusal, sandbox } from './sandbox.mjs';
import { reportTyped, videoClient } from './video_client.mjs';

async function connecting(user, token) {
  const { client } = videoClient({ logger: () => {} });
  const { message } = await refusal(client.connectUser(user, token));
  const { code, StatusCode } = JSON.parse(message);
  return [code, StatusCode];
}

await reportTyped(async () => {
  const asked = [];
  const renewed = videoClient();
  const { me } = await renewed.client.connectUser({ id: 'ana' }, async () => {
    asked.push(asked.length);
    return asked.length === 1 ? sandbox.expired_token : sandbox.tokens.ana;
  });
  const afterRenewal = await renewed.client.queryCalls({ limit: 1 });

  const visitor = videoClient();
  const guest = await visitor.client.connectUser({ id: 'visitor', name: 'Visitor', type: 'guest' });
  const visited = visitor.client.call('default', 'talk');
  await visited.get();

  const nobody = videoClient();
  await nobody.client.connectUser({ type: 'anonymous' });
  const looked = nobody.client.call('default', 'talk');
  await looked.get();

  return {
    renewed: { id: me.id, asked: asked.length, calls: afterRenewal.calls.length },
    expired: await connecting({ id: 'ana' }, sandbox.expired_token),
    forged: await connecting({ id: 'ana' }, sandbox.forged_token),
    guest: { id: guest.me.id, name: guest.me.name, role: guest.me.role },
    guest_may: [...visited.state.ownCapabilities].sort(),
    nobody_may: [...looked.state.ownCapabilities].sort(),
  };
});
