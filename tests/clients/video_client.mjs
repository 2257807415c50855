// Stream's browser client in Node: `ws` stands in for the browser's WebSocket.

import { StreamVideoClient } from '@stream-io/video-client';
import WebSocket from 'ws';

import { sandbox, until } from './sandbox.mjs';

/** Every `ws` socket that a client of this process opened, in order. */
export const sockets = [];

class CountedWebSocket extends WebSocket {
  constructor(...args) {
    super(...args);
    sockets.push(this);
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
