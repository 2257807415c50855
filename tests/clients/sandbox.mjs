// What every driver script stands on: the sandbox's address, its control endpoint, its result.
//
// A script gets the address as JSON in SANDBOX, does its work, and prints one JSON object.

export const sandbox = JSON.parse(process.env.SANDBOX);

const LIMIT = 15_000;

/** Ask the control endpoint: POST when there is a body, else GET. */
export async function control(path, body) {
  const response = await fetch(`${sandbox.base_url}/sandbox${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`control ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Wait until `condition` gives something true, asked every few milliseconds. */
export async function until(condition, what, limit = LIMIT) {
  const end = Date.now() + limit;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${limit} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What a call that must fail was refused with. */
export async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return {
      message: error.message,
      code: error.code ?? null,
      status: error.status ?? error.metadata?.responseCode ?? null,
    };
  }
  throw new Error('expected to be refused, and was not');
}

/** Run a script's work, print its result, and end whatever timers the client left behind. */
export async function report(work) {
  try {
    const result = await work();
    process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
  } catch (error) {
    process.stderr.write(`${error?.stack ?? error}\n`, () => process.exit(1));
  }
}
