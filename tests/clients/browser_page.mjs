// In the browser: Dora joins, hears and sees Ana, sends, and feels what a moderator does.

import { StreamVideoClient } from '@stream-io/video-client';

const LIMIT = 20_000;
const LOUD = 10; // of 128
const [AUDIO, VIDEO] = [1, 2];

const problems = [];
const sandbox = await (await fetch('/sandbox.json')).json();

async function control(path, body) {
  const answer = await fetch(`/control${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`control ${path}: ${await answer.text()}`);
}

async function moderate(act, body) {
  const query = `api_key=${sandbox.api_key}`;
  const answer = await fetch(`${sandbox.base_url}/video/call/default/talk/${act}?${query}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      authorization: sandbox.token,
      'stream-auth-type': 'jwt',
      'content-type': 'application/json',
    },
  });
  if (!answer.ok) throw new Error(`${act}: ${await answer.text()}`);
}

async function until(condition, what) {
  const end = Date.now() + LIMIT;
  for (;;) {
    const found = condition();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${LIMIT} ms: ${what}; ${problems.join('; ')}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** How loud a stream is right now, as a function. */
function meter(stream) {
  const element = new Audio(); // a remote stream is decoded only where something plays it
  element.srcObject = stream;
  element.muted = true;
  element.play();
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  return () => {
    analyser.getByteTimeDomainData(samples);
    return Math.max(...samples.map((each) => Math.abs(each - 128)));
  };
}

async function work() {
  const client = new StreamVideoClient({
    apiKey: sandbox.api_key,
    user: { id: 'dora' },
    token: sandbox.tokens.dora,
    options: {
      baseURL: `${sandbox.base_url}/video`,
      locationHintUrl: `${location.origin}/hint`,
      clientEventsReportingEnabled: false,
      logLevel: 'warn',
      logger: (level, message) => problems.push(`${level}: ${message}`),
    },
  });
  const call = client.call('default', 'talk');
  const state = call.state;
  const other = (userId) => state.remoteParticipants.find((one) => one.userId === userId);
  const mine = () => state.localParticipant?.publishedTracks ?? [];
  const seen = {};

  await call.join();
  await control('/say', { cid: 'default:talk', user_id: 'ana', text: 'Good evening to you all.' });
  const loudness = meter(await until(() => other('ana')?.audioStream, "Ana's sound comes"));
  await until(() => loudness() > LOUD, 'Ana is heard');
  await control('/act', { cid: 'default:talk', user_id: 'ana', kind: 'publish', track: 'video' });
  await until(() => other('ana').publishedTracks.includes(VIDEO), 'Ana shows herself');
  const video = document.createElement('video');
  video.style = 'width: 320px; height: 180px';
  document.body.append(video);
  call.bindVideoElement(video, other('ana').sessionId, 'videoTrack'); // asks for what is visible
  seen.picture = await until(
    () => video.videoWidth && [video.videoWidth, video.videoHeight],
    'Ana is seen',
  );

  await call.microphone.enable();
  await call.camera.enable();
  await until(() => mine().includes(AUDIO) && mine().includes(VIDEO), 'Dora sends');
  await moderate('mute_users', { user_ids: ['dora'], audio: true });
  await until(() => !mine().includes(AUDIO), 'Dora is muted');
  seen.microphone = await until(
    () => call.microphone.state.status !== 'enabled' && call.microphone.state.status,
    'her microphone is off',
  );
  await moderate('user_permissions', { user_id: 'dora', revoke_permissions: ['send-video'] });
  await until(() => !mine().includes(VIDEO), "Dora's camera is off");
  seen.mayShow = call.permissionsContext.hasPermission('send-video');
  await moderate('kick', { user_id: 'dora' });
  seen.left = await until(() => state.callingState === 'left' && state.callingState, 'Dora is out');
  return seen;
}

function told(what) {
  return fetch('/told', { method: 'POST', body: JSON.stringify(what) });
}

work().then(told, (error) => told({ error: `${error?.stack ?? error}` }));
