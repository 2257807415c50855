// A socket that drops comes back by itself with its watches; one closed with 1000 stays closed.

import { control, sandbox } from './sandbox.mjs';
import { event, reportTyped, sockets, videoClient } from './video_client.mjs';

const CID = 'default:talk';

await reportTyped(async () => {
  const { client, heard } = videoClient();
  const { connection_id: first } = await client.connectUser(
    { id: sandbox.user_id },
    sandbox.token,
  );
  await client.queryCalls({ filter_conditions: { cid: CID }, watch: true });
  await control('/say', { cid: CID, user_id: 'ana', text: 'Before.' });
  await event(heard, 'call.closed_caption');

  const since = heard.length;
  await control('/drop', { code: 1011, user_id: sandbox.user_id });
  const second = await event(heard, 'connection.ok', { since });
  // The watch is asked for anew once the client knows that it is online again.
  const watches = async () => (await control('/status')).watches;
  while ((await watches()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await control('/say', { cid: CID, user_id: 'bo', text: 'After.' });
  const after = await event(heard, 'call.closed_caption', { since });

  await control('/drop', { code: 1000, user_id: sandbox.user_id });
  const closed = sockets[1];
  while (closed.readyState !== closed.CLOSED) await new Promise((r) => setTimeout(r, 10));
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // the first retry is due within 0.75 s

  return {
    first,
    second: second.connection_id,
    after: after.closed_caption.text,
    captions: heard.filter((one) => one.type === 'call.closed_caption').length,
    sockets: sockets.length,
  };
});
