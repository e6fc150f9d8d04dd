// Answers to a callback, sent to emitted programs in TypeScript, as `call_back.py` sends them to those in Python. Reads jobs
// [folder of the program that asks, folder of the endpoint, payload of a state machine] from standard input, prints a line of
// JSON for each: what went wrong.
import { createHmac } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import { CONTEXT, runs, take, TOKEN } from './awaiting.mjs';
import { program, tabled } from './tabled.mjs';

const [KEY, OTHER] = ['the key of the sender, 24 b', 'the key of somebody else, b'];
const OUTPUT = { score: 7 };
const CALL = { method: 'POST', path: '/items', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 't' };
console.log = console.info = console.error = console.warn = console.debug = () => undefined;

let scene;
DynamoDBDocumentClient.prototype.send = (command) => tabled(scene.items, command);
SecretsManagerClient.prototype.send = async () => ({ SecretString: `whsec_${Buffer.from(KEY).toString('base64')}`, CreatedDate: new Date() });
SFNClient.prototype.send = (command) => take(scene, command);

/** Ask the outside system as the state machine does, and return the id that it gets. */
async function ask(within_s = 600, token = TOKEN, execution = 'run-1') {
  const step = Object.fromEntries(Object.entries(scene.payload).map(([name, value]) => [name.replace(/\.\$$/, ''), value]));
  globalThis.handed = [];
  await (await scene.asker.load('app')).handler({ ...step, execution, input: { id: 'i1' }, token, within_s }, CONTEXT);
  scene.handed.push(JSON.stringify(globalThis.handed));
  return String(globalThis.handed[0]?.[0] ?? '');
}

/** Send an answer as an HTTP API hands it over, signed with a key. */
async function answer(callback, fields = {}, { id = 'msg_1', key = KEY } = {}) {
  const body = JSON.stringify({ callback, status: 'succeeded', output: OUTPUT, ...fields });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const event = {
    version: '2.0',
    routeKey: 'POST /items',
    rawPath: '/items',
    rawQueryString: '',
    headers: { host: 'api.example.com', 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${digest}` },
    requestContext: { requestId: 'r1', stage: '$default', http: CALL, routeKey: 'POST /items' },
    body,
    isBase64Encoded: false,
  };
  try {
    const response = await (await scene.endpoint.load('app')).handler(event, CONTEXT);
    return { status: response.statusCode, body: String(response.body) };
  } catch {
    return { status: 500, body: '' };
  }
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const SCENES = [
  async function* asked() {
    const [first, again, other] = [await ask(), await ask(600, `${TOKEN}2`), await ask(600, `${TOKEN}3`, 'run-2')];
    if (scene.handed.some((given) => given.includes(TOKEN))) yield 'token-handed-out';
    if (first === other || first.length < 32) yield 'callback-shared';
    if (first !== again) yield 'id-changes';
    await answer(first);
    if (!same(scene.ended.map(([, { taskToken }]) => taskToken), [`${TOKEN}2`])) yield 'dead-token-kept';
  },
  async function* answered() {
    const { body } = await answer(await ask());
    const done = scene.ended.map(([name, { output }]) => [name, JSON.parse(output ?? 'null')]);
    if (!same(done, [['SendTaskSuccessCommand', OUTPUT]])) yield 'answer-does-not-arrive';
    if (body.includes(TOKEN)) yield 'token-in-answer';
    scene.ended = [];
    await answer(await ask(600, `${TOKEN}2`), { status: 'failed', reason: 'too old' }, { id: 'msg_2' });
    const failed = scene.ended.map(([name, { cause }]) => [name, cause]);
    if (!same(failed, [['SendTaskFailureCommand', 'too old']])) yield 'answer-does-not-arrive';
  },
  async function* forged() {
    const { status } = await answer(await ask(), {}, { key: OTHER });
    if (scene.ended.length > 0 || status !== 401) yield 'answered-unsigned';
  },
  async function* repeated() {
    const callback = await ask();
    const first = await answer(callback);
    const again = await answer(callback);
    if (again.status !== first.status) yield 'retry-refused';
    const { status } = await answer(callback, { status: 'failed' }, { id: 'msg_2' });
    if (scene.ended.length > 1 || status !== 409) yield 'answered-twice';
  },
  async function* late() {
    const { status } = await answer(await ask(-5));
    if (scene.ended.length > 0 || status !== 409) yield 'answered-late';
    if (status === 410) yield 'endpoint-called-gone';
  },
  async function* unknown() {
    await ask();
    const { status } = await answer('d'.repeat(43));
    if (scene.ended.length > 0 || status !== 404) yield 'unknown-answered';
  },
  async function* malformed() {
    const callback = await ask();
    const statuses = [];
    for (const fields of [{ status: 'perhaps' }, { status: null }, { reason: 1 }, { output: 'x'.repeat(300_000) }]) {
      statuses.push((await answer(callback, fields)).status);
    }
    if (scene.ended.length > 0 || statuses.some((status) => status !== 400)) yield 'malformed-answered';
  },
  async function* over() {
    const callback = await ask();
    scene.over = true;
    const statuses = [(await answer(callback)).status, (await answer(callback)).status];
    if (statuses.some((status) => status !== 409)) yield 'over-answered';
    if (statuses.includes(410)) yield 'endpoint-called-gone';
  },
  async function* lost() {
    const callback = await ask();
    scene.fault = 'lost';
    await answer(callback);
    const statuses = [(await answer(callback)).status, (await answer(callback)).status];
    if (statuses.some((status) => status !== 200)) yield 'lost-response-refused';
  },
  async function* throttled() {
    const callback = await ask();
    scene.fault = 'throttled';
    await answer(callback);
    const { status } = await answer(callback, {}, { id: 'msg_2' });
    if (status !== 200 || scene.ended.length === 0) yield 'claim-kept';
  },
];

for (const [asker, endpoint, payload] of JSON.parse(readFileSync(0, 'utf8'))) {
  const programs = { asker: program(asker), endpoint: program(endpoint) };
  // What the outside system gets is noted instead.
  const outside = 'export async function ask(...given: unknown[]) { (globalThis as any).handed.push(given); }\n';
  writeFileSync(join(programs.asker.copy, 'outside.ts'), outside);
  const found = new Set();
  try {
    for (const play of SCENES) {
      scene = { ...programs, payload, items: new Map(), handed: [], ...runs() };
      for await (const rule of play()) {
        found.add(rule);
      }
    }
    process.stdout.write(`${JSON.stringify([...found].sort())}\n`);
  } finally {
    for (const { copy } of Object.values(programs)) {
      rmSync(copy, { recursive: true });
    }
  }
}
process.exit(0);
