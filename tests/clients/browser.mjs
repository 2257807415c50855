// Runs browser_page.mjs, with Stream's client bundled into it, in a headless Chromium.
//
// The page comes from an address of its own, as an app's does, so the sandbox is another site for it.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { build } from 'esbuild';

import { report, sandbox } from './sandbox.mjs';

const LIMIT = 50_000;
const FLAGS = [
  '--headless=new',
  '--no-sandbox', // who runs as root can have none
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

async function bundle() {
  const { outputFiles } = await build({
    entryPoints: ['browser_page.mjs'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

/** Serves the page and what it needs; `told` is what the page found in the end. */
async function serve(script) {
  const files = {
    '/': ['text/html', '<!doctype html><script type="module" src="/page.js"></script>'],
    '/page.js': ['text/javascript', script],
    '/sandbox.json': ['application/json', JSON.stringify(sandbox)],
  };
  let tell;
  const told = new Promise((resolve) => (tell = resolve));
  const server = http.createServer(async (request, response) => {
    const body = [];
    for await (const piece of request) body.push(piece);
    if (request.url.startsWith('/control/')) {
      // The sandbox's control endpoint answers no page of another site.
      const answer = await fetch(`${sandbox.base_url}/sandbox${request.url.slice(8)}`, {
        method: 'POST',
        body: Buffer.concat(body),
        headers: { 'content-type': 'application/json' },
      });
      response.writeHead(answer.status).end(await answer.text());
    } else if (request.url === '/told') {
      response.end();
      tell(JSON.parse(Buffer.concat(body).toString()));
    } else if (request.url === '/hint') {
      response.writeHead(200, { 'x-amz-cf-pop': 'FRA56-P2' }).end();
    } else if (files[request.url]) {
      const [type, text] = files[request.url];
      response.writeHead(200, { 'content-type': type }).end(text);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { told, address: `http://127.0.0.1:${server.address().port}/` };
}

await report(async () => {
  const page = await serve(await bundle());
  const profile = await mkdtemp(path.join(tmpdir(), 'browser-'));
  const flags = [...FLAGS, `--user-data-dir=${profile}`, page.address];
  const browser = spawn(process.env.CHROMIUM, flags, { stdio: 'ignore' });
  const gone = new Promise((resolve) => browser.on('exit', resolve));
  try {
    const late = new Promise((_, refuse) =>
      setTimeout(() => refuse(new Error(`the page told nothing within ${LIMIT} ms`)), LIMIT),
    );
    const found = await Promise.race([page.told, late]);
    if (found.error) throw new Error(found.error);
    return found;
  } finally {
    browser.kill();
    await gone;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
