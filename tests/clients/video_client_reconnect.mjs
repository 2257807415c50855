// A socket that drops comes back by itself with its watches; one closed with 1000 stays closed.

import { control, sandbox, until } from './sandbox.mjs';
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
  await control('/faults', { kind: 'error', path: '/video/calls' }); // the first re-watch fails
  await control('/drop', { code: 1011, user_id: sandbox.user_id });
  const second = await event(heard, 'connection.ok', { since });
  // The watch is asked for anew once the client knows that it is online again.
  const watches = async () => (await control('/status')).watches;
  await until(async () => (await watches()) > 0, 'watching again');
  await control('/say', { cid: CID, user_id: 'bo', text: 'After.' });
  const after = await event(heard, 'call.closed_caption', { since });

  await control('/drop', { code: 1000, user_id: sandbox.user_id });
  const closed = sockets[1];
  await until(() => closed.readyState === closed.CLOSED, 'the socket closed for good');
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // the first retry is due within 0.75 s

  const { happened } = await control('/faults', { kind: 'clear' });
  return {
    first,
    failures: happened,
    second: second.connection_id,
    after: after.closed_caption.text,
    captions: heard.filter((one) => one.type === 'call.closed_caption').length,
    sockets: sockets.length,
  };
});
