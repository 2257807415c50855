// Stream's Node SDK with the app's secret; every answer is held against the SDK's declarations.

import { readFileSync } from 'node:fs';

import { StreamClient } from '@stream-io/node-sdk';

import { report, sandbox } from './sandbox.mjs';
import { Declarations } from './typed.mjs';

const GENERATED = './node_modules/@stream-io/node-sdk/dist/src/gen';
const declarations = new Declarations(`${GENERATED}/models/index.d.ts`);

/** Method -> the type it promises, for one class of the SDK. */
function promised(file) {
  const text = readFileSync(new URL(`${GENERATED}/${file}`, import.meta.url), 'utf8');
  const methods = text.matchAll(/^ {4}(\w+)\([^]*?\): Promise<StreamResponse<(\w+)>>;/gm);
  return new Map([...methods].map(([, method, type]) => [method, type]));
}

const COMMON = promised('common/CommonApi.d.ts');
const VIDEO = promised('video/VideoApi.d.ts');
const CALL = promised('video/CallApi.d.ts');
const MODERATION = promised('moderation/ModerationApi.d.ts');

function checked(target, types) {
  return new Proxy(target, {
    get(_, name) {
      if (name === 'video') return checked(target.video, VIDEO);
      if (name === 'moderation') return checked(target.moderation, MODERATION);
      if (name === 'call') return (...which) => checked(target.call(...which), CALL);
      const value = target[name];
      const type = types.get(name);
      if (!type || typeof value !== 'function') return value;
      return async (...given) => {
        const answer = await value.apply(target, given);
        declarations.value(answer, type, name);
        return answer;
      };
    },
  });
}

/** The SDK, signed in; `key` and `secret` only where wrong ones are meant. */
export function serverClient({ key = sandbox.api_key, secret = sandbox.api_secret } = {}) {
  return checked(new StreamClient(key, secret, { basePath: sandbox.base_url }), COMMON);
}

/** Like `report`, with what was not as the SDK's declarations say in `untyped`. */
export function reportTyped(work) {
  return report(async () => {
    const result = await work();
    return { ...result, untyped: [...declarations.problems], checked: declarations.checked };
  });
}
