// The checker itself: it must notice what the other scripts rely on it to notice.

import { report } from './sandbox.mjs';
import { Declarations } from './typed.mjs';

const DECLARED = './node_modules/@stream-io/video-client/dist/src/gen/coordinator/index.d.ts';
const MUTED = {
  type: 'call.user_muted',
  call_cid: 'default:talk',
  created_at: '2026-01-02T03:04:05.678Z',
  from_user_id: 'ana',
  muted_user_ids: ['bo'],
  reason: 'moderation',
};

await report(async () => {
  const noticed = {};
  for (const [name, change] of Object.entries({
    right: {},
    absent: { reason: undefined },
    null: { reason: null },
    nanoseconds: { created_at: 1767323045678000000 },
    no_date: { created_at: 'yesterday' },
    element: { muted_user_ids: ['bo', 7] },
    no_array: { muted_user_ids: 'bo' },
    unknown: { type: 'call.user_shouted' },
  })) {
    const declarations = new Declarations(DECLARED);
    declarations.event({ ...MUTED, ...change });
    noticed[name] = declarations.problems.size;
  }
  const declarations = new Declarations(DECLARED);
  declarations.value(['send-audio', 'fly'], 'Array<OwnCapability>', 'own_capabilities');
  return { ...noticed, capability: declarations.problems.size };
});
