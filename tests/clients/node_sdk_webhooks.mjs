// What the sandbox sends to an app's own server and queues, verified and read by the Node SDK.

import { createServer } from 'node:http';

import { reportTyped, serverClient } from './node_sdk.mjs';
import { control, sandbox, until } from './sandbox.mjs';

async function receiver() {
  const got = [];
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(parts) });
      response.end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { got, url: `http://127.0.0.1:${server.address().port}/hook` };
}

await reportTyped(async () => {
  const client = serverClient();
  const { got, url } = await receiver();
  const talk = client.video.call('default', 'talk');
  const arrived = (count) => until(() => got.length >= count, `${count} webhooks`);
  const read = ({ body, headers }) => client.verifyAndParseWebhook(body, headers['x-signature']);

  const hooks = (compressed) =>
    client.updateApp({
      enable_hook_payload_compression: compressed,
      event_hooks: [
        { id: 'web', hook_type: 'webhook', enabled: true, webhook_url: url, product: 'all' },
        { id: 'queue', hook_type: 'sqs', enabled: true, sqs_queue_url: 'https://sqs.example/q' },
        { id: 'topic', hook_type: 'sns', enabled: true, sns_topic_arn: 'arn:aws:sns:eu:1:t' },
      ].map((hook) => ({ event_types: ['call.blocked_user', 'call.unblocked_user'], ...hook })),
    });
  await hooks(false);
  await talk.blockUser({ user_id: 'cy' });
  await arrived(1);
  await hooks(true);
  await talk.unblockUser({ user_id: 'cy' });
  await arrived(2);

  const events = got.map(read);
  const valid = client.verifyWebhook(got[0].body, got[0].headers['x-signature']);
  const tampered = client.verifyWebhook(`${got[0].body} `, got[0].headers['x-signature']);
  const queued = async (id) => (await control(`/messages/${id}`)).Messages;
  const [, fromQueue] = await queued('queue');
  const [, fromTopic] = await queued('topic');
  return {
    events: events.map((one) => [one.type, one.call_cid, one.user.id]),
    key: got[0].headers['x-api-key'],
    packed: got.map(({ body }) => body[0] === 0x1f),
    valid,
    tampered,
    queue: client.parseSqs(fromQueue.Body).type,
    topic: client.parseSns(fromTopic).type,
  };
});
