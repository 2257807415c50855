// Stream's chat client for JavaScript: what a member and a moderator do in the chat of a call.

import { StreamChat } from 'stream-chat';

import { refusal, report, sandbox, until } from './sandbox.mjs';

function chat(userId) {
  const client = new StreamChat(sandbox.api_key, { baseURL: sandbox.base_url });
  return client.connectUser({ id: userId }, sandbox.tokens[userId]).then(() => client);
}

await report(async () => {
  const [ana, moderator] = [await chat('ana'), await chat('moderator')];
  const heard = [];
  const lounge = moderator.channel('videocall', 'lounge');
  const state = await lounge.watch();
  lounge.on((event) => heard.push(event.type));
  const hers = ana.channel('videocall', 'lounge');
  await hers.watch();
  const came = (type) => until(() => heard.includes(type), `heard ${type}`);

  const { message } = await hers.sendMessage({ text: 'hello' });
  await came('message.new');
  const seen = lounge.state.messages.map(({ text, user }) => [text, user.id]);
  await ana.updateMessage({ id: message.id, text: 'good-bye' });
  await came('message.updated');
  const changed = lounge.state.messages.map(({ text }) => text);
  await moderator.deleteMessage(message.id);
  await came('message.deleted');
  const deleted = lounge.state.messages.map(({ type }) => type);
  const other = await hers.sendMessage({ text: 'for good' });
  await until(() => lounge.state.messages.length === 2, 'the second message');
  await moderator.deleteMessage(other.message.id, true);
  await until(() => lounge.state.messages.length === 1, 'the second message is gone');

  await lounge.enableSlowMode(30);
  await came('channel.updated');
  const cooldown = lounge.data.cooldown;
  const tooSoon = await refusal(hers.sendMessage({ text: 'again' }));
  await lounge.disableSlowMode();
  await lounge.banUser('ana', { reason: 'spam', timeout: 10 });
  await came('user.banned');
  const banned = await refusal(hers.sendMessage({ text: 'still here' }));
  const bans = await moderator.queryBannedUsers({ channel_cid: lounge.cid });
  await lounge.unbanUser('ana');
  await came('user.unbanned');
  await lounge.shadowBan('ana');
  const shadowed = (await hers.sendMessage({ text: 'who hears me' })).message.shadowed;
  await moderator.muteUser('ana');
  await until(() => moderator.mutedUsers.length === 1, 'the list of muted users');
  const muted = moderator.mutedUsers.map(({ target }) => target.id);
  await moderator.unmuteUser('ana');
  await Promise.all([ana.disconnectUser(), moderator.disconnectUser()]);
  return {
    cid: state.channel.cid,
    seen,
    changed,
    deleted,
    cooldown,
    tooSoon: tooSoon.code,
    banned: banned.code,
    bans: bans.bans.map(({ user, reason }) => [user.id, reason]),
    shadowed,
    muted,
  };
});
