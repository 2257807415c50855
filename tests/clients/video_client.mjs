// Stream's browser client in Node: `ws` stands in for the browser's WebSocket.

import { StreamVideoClient } from '@stream-io/video-client';
import WebSocket from 'ws';

import { report, sandbox, until } from './sandbox.mjs';
import { Declarations } from './typed.mjs';

const declarations = new Declarations(
  './node_modules/@stream-io/video-client/dist/src/gen/coordinator/index.d.ts',
);
const CALL = '/call/[^/]+/[^/]+';
const ANSWERS = [
  ['post', '/calls', 'QueryCallsResponse'],
  ['get', CALL, 'GetCallResponse'],
  ['post', CALL, 'GetOrCreateCallResponse'],
  ['patch', CALL, 'UpdateCallResponse'],
  ['post', '/call/members', 'QueryCallMembersResponse'],
  ['post', `${CALL}/participants`, 'QueryCallParticipantsResponse'],
  ['post', `${CALL}/go_live`, 'GoLiveResponse'],
  ['post', `${CALL}/stop_live`, 'StopLiveResponse'],
  ['post', `${CALL}/reaction`, 'SendVideoReactionResponse'],
  ['post', '/guest', 'CreateGuestResponse'],
].map(([method, path, type]) => ({ method, path: new RegExp(`^${path}$`), type }));

// Every socket of an app gets these; this client's declarations do not name them.
const OF_USERS = new Set(
  ['banned', 'unbanned', 'deactivated', 'reactivated', 'deleted'].map((what) => `user.${what}`),
);

function checkFrame(data) {
  const event = JSON.parse(data);
  if (!OF_USERS.has(event.type)) declarations.event(event);
}

function checkAnswer({ config, data }) {
  const known = ANSWERS.find(
    ({ method, path }) => method === config.method && path.test(config.url),
  );
  if (known) declarations.value(data, known.type, `${config.method} ${config.url}`);
}

/** Like `report`, with what was not as the client's declarations say in `untyped`. */
export function reportTyped(work) {
  return report(async () => {
    const result = await work();
    return { ...result, untyped: [...declarations.problems], checked: declarations.checked };
  });
}

/** Every `ws` socket that a client of this process opened, in order. */
export const sockets = [];

class CountedWebSocket extends WebSocket {
  constructor(...args) {
    super(...args);
    sockets.push(this);
    this.on('message', checkFrame);
  }
}

/** A client of the sandbox with all its events in `heard`; `options` are the client's own. */
export function videoClient(options = {}) {
  const client = new StreamVideoClient({
    apiKey: sandbox.api_key,
    options: {
      baseURL: `${sandbox.base_url}/video`,
      WebSocketImpl: CountedWebSocket,
      clientEventsReportingEnabled: false,
      locationHintUrl: `${sandbox.base_url}/hint`,
      maxConnectUserRetries: 1,
      logLevel: 'error',
      logger: (level, message) => process.stderr.write(`${level}: ${message}\n`),
      ...options,
    },
  });
  client.streamClient.axiosInstance.interceptors.response.use((response) => {
    checkAnswer(response);
    return response;
  });
  const heard = [];
  client.on('all', (event) => heard.push(event));
  return { client, heard };
}

/** The first event of `type` (and fulfilling `fits`) from `since` on. */
export function event(heard, type, { since = 0, fits = () => true } = {}) {
  return until(
    () => heard.slice(since).find((one) => one.type === type && fits(one)),
    `${type} among ${heard.map((one) => one.type).join(' ')}`,
  );
}
