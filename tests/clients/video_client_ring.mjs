// A call that rings: Ana calls, Bo accepts and reacts, Cy says that he is busy.

import { sandbox, until } from './sandbox.mjs';
import { event, reportTyped, videoClient } from './video_client.mjs';

async function connected(id) {
  const side = videoClient();
  await side.client.connectUser({ id }, sandbox.tokens[id]);
  return side;
}

const ringing = (side) =>
  until(() => side.client.state.calls.find((one) => one.ringing), 'a ringing call');

await reportTyped(async () => {
  const [ana, bo, cy] = await Promise.all(['ana', 'bo', 'cy'].map(connected));
  const dialled = ana.client.call('default', 'dialled');
  const made = await dialled.getOrCreate({
    ring: true,
    data: { members: ['ana', 'bo', 'cy'].map((user_id) => ({ user_id })) },
  });
  const rung = await event(bo.heard, 'call.ring');
  const incoming = await ringing(bo);
  await ringing(cy);
  await incoming.accept();
  const accepted = await event(ana.heard, 'call.accepted');
  await (await ringing(cy)).reject('busy');
  const rejected = await event(ana.heard, 'call.rejected');
  await incoming.sendReaction({ type: 'wave', emoji_code: ':wave:' });
  const reaction = await event(ana.heard, 'call.reaction_new');
  await dialled.notify();
  const notified = await event(cy.heard, 'call.notification');
  await dialled.endCall();
  await event(bo.heard, 'call.ended');

  const stage = ana.client.call('livestream', 'show');
  await stage.getOrCreate({
    data: { members: [{ user_id: 'ana', role: 'host' }, { user_id: 'bo' }] },
  });
  const watched = bo.client.call('livestream', 'show');
  await watched.get();
  const backstage = [watched.state.backstage];
  await stage.goLive();
  await until(() => !watched.state.backstage, 'live');
  backstage.push(watched.state.backstage);
  await stage.stopLive();
  await until(() => watched.state.backstage, 'backstage again');
  backstage.push(watched.state.backstage);

  return {
    created: made.created,
    creator: made.call.created_by.id,
    rung: { from: rung.user.id, to: rung.members.map((one) => one.user_id).sort() },
    incoming: incoming.cid,
    accepted: accepted.user.id,
    rejected: [rejected.user.id, rejected.reason],
    reaction: [reaction.reaction.user.id, reaction.reaction.type, reaction.reaction.emoji_code],
    notified: notified.user.id,
    caller_heard: ana.heard.map((one) => one.type).filter((one) => /ring|notification/.test(one)),
    backstage,
  };
});
