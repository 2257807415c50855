// Stream's chat client for JavaScript: messages that a policy or a frozen channel refuses.

import { StreamChat } from 'stream-chat';

import { refusal, report, sandbox, until } from './sandbox.mjs';

function chat(userId) {
  const client = new StreamChat(sandbox.api_key, { baseURL: sandbox.base_url });
  return client.connectUser({ id: userId }, sandbox.tokens[userId]).then(() => client);
}

await report(async () => {
  const server = new StreamChat(sandbox.api_key, sandbox.api_secret, {
    baseURL: sandbox.base_url,
  });
  await server.post(`${sandbox.base_url}/api/v2/blocklists`, {
    name: 'insults',
    words: ['blockhead'],
  });
  const policy = (key, action) =>
    server.moderation.upsertConfig({
      key,
      block_list_config: { enabled: true, rules: [{ name: 'insults', action }] },
    });
  const [ana, moderator] = [await chat('ana'), await chat('moderator')];
  const watched = moderator.channel('videocall', 'lounge');
  await watched.watch();
  const hers = ana.channel('videocall', 'lounge');
  await hers.watch();

  await policy('chat', 'remove');
  const blocked = (await hers.sendMessage({ text: 'You blockhead.' })).message;
  await policy('chat:videocall', 'bounce');
  const bounced = (await hers.sendMessage({ text: 'You blockhead.' })).message;
  await hers.sendMessage({ text: 'Good evening.' });
  await until(() => watched.state.messages.length > 0, 'the message that was let through');
  const heard = watched.state.messages.map(({ text }) => text);
  const queue = await server.moderation.queryReviewQueue({}, [], {});

  await watched.updatePartial({ set: { frozen: true } });
  await until(() => hers.data.frozen, 'the frozen channel');
  const frozen = (await hers.sendMessage({ text: 'hello?' })).message;
  const long = await refusal(hers.sendMessage({ text: 'x'.repeat(65_536) }));
  const may = [hers, watched].map(({ data }) => [
    data.own_capabilities.includes('send-message'),
    data.own_capabilities.includes('ban-channel-members'),
  ]);
  await Promise.all([ana.disconnectUser(), moderator.disconnectUser()]);
  return {
    blocked: [blocked.type, blocked.moderation.action],
    bounced: [bounced.type, bounced.moderation.action, bounced.text],
    heard,
    queue: queue.items.map(({ entity_type: type, message }) => [type, message.text]),
    frozen: frozen.type,
    long: [long.code, long.status],
    may,
  };
});
