// Decisions tried on an emitted approvals endpoint in TypeScript, as `decide.py` tries them on one in Python. Reads jobs
// [folder of the endpoint, folder of a program that asks or "", payload of a state machine] from standard input, prints a
// line of JSON for each: what went wrong.
import { readFileSync, rmSync } from 'node:fs';

import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import { CONTEXT, runs, take, TOKEN } from './awaiting.mjs';
import { program, tabled } from './tabled.mjs';

const ADA = 'arn:aws:sts::123456789012:assumed-role/approvers/ada';
const MALLORY = 'arn:aws:sts::123456789012:assumed-role/others/mallory';
const KNOWN = { APPROVALS_URL: 'https://approvals.example.com' };
console.log = console.info = console.error = console.warn = console.debug = () => undefined;

let scene;
SNSClient.prototype.send = async ({ input }) => {
  scene.mails.push(`${JSON.stringify(input)} ${input.Message ?? ''}`);
  return {};
};
LambdaClient.prototype.send = SFNClient.prototype.send = (command) => take(scene, command);
DynamoDBDocumentClient.prototype.send = (command) => tabled(scene.items, command);

async function ask(within_s = 600) {
  const question = { workflow: 'work', run: 'run-1', asked: { id: 'i1' }, token: TOKEN, within_s };
  await (scene.payload === null
    ? (await scene.asker.load('approval')).ask(question)
    : (await scene.endpoint.load('app')).handler({ ...scene.payload, token: TOKEN, within_s }, CONTEXT));
  return /https?:\/\/[^\s/]+\/([\w.~-]+)/.exec(scene.mails.at(-1) ?? '')?.[1] ?? '';
}

async function call(request, fields = {}, method = 'POST', caller = ADA) {
  const event = {
    version: '2.0',
    routeKey: `${method} /{request}`,
    rawPath: `/${request}`,
    headers: { 'x-caller-id': MALLORY },
    pathParameters: { request },
    queryStringParameters: fields,
    body: new URLSearchParams(fields).toString(),
    isBase64Encoded: false,
    requestContext: { http: { method, path: `/${request}` }, authorizer: caller === '' ? {} : { iam: { userArn: caller } } },
  };
  try {
    const { statusCode, body } = await (await scene.endpoint.load('app')).handler(event, CONTEXT);
    return { status: statusCode, body: String(body) };
  } catch {
    return { status: 500, body: '' };
  }
}

/** Return whether an answer refuses a decision with a sentence. */
const refused = ({ status, body }) =>
  status >= 400 && status < 500 && String(JSON.parse(body).message ?? '').split(' ').length > 2;
const SCENES = [
  async function* mailed() {
    const request = await ask();
    if (scene.mails.some((mail) => mail.includes(TOKEN))) yield 'token-by-mail';
    await call(request, { decision: 'approve' });
    if (scene.ended.length !== 1 || !scene.ended[0][0].includes('Success')) yield 'approval-does-not-arrive';
  },
  async function* opened() {
    const request = await ask();
    const answers = [await call(request, { decision: 'approve' }, 'GET'), await call(request, { decision: 'reject' }, 'GET')];
    if (scene.ended.length > 0) yield 'decided-by-get';
    if (answers.some(({ body }) => body.includes(TOKEN))) yield 'token-is-shown';
    // What the step before the approval has returned, where the approver is to see it.
    const shown = scene.payload?.result ?? '';
    if (!answers.every(({ body }) => body.includes(shown))) yield 'result-not-shown';
  },
  async function* forged() {
    const request = await ask();
    const names = Object.fromEntries(['decided_by', 'caller', 'userArn', 'approver', 'user'].map((name) => [name, MALLORY]));
    await call(request, { decision: 'approve', ...names }, 'POST', '');
    if (scene.ended.length > 0) yield 'decided-unsigned';
    await call(request, { decision: 'reject', reason: 'too dear', ...names });
    const { body } = await call(request, {}, 'GET');
    const said = [JSON.stringify(scene.ended), body];
    if (said.some((words) => words.includes(MALLORY))) yield 'decided-by-another';
    if (!said.every((words) => words.includes(ADA) && words.includes('too dear'))) yield 'decision-not-recorded';
  },
  async function* repeated() {
    const request = await ask();
    await call(request, { decision: 'approve' });
    for (const [caller, decision] of [[ADA, 'approve'], [ADA, 'reject'], [MALLORY, 'approve']]) {
      const answer = await call(request, { decision, reason: 'too dear' }, 'POST', caller);
      if (scene.ended.length > 1) yield 'decided-twice';
      else if (!refused(answer)) yield 'refused-without-a-word';
    }
  },
  async function* late() {
    const request = await ask(-5);
    const answer = await call(request, { decision: 'approve' });
    if (scene.ended.length > 0) yield 'decided-late';
    else if (!refused(answer)) yield 'refused-without-a-word';
    if (answer.status !== 409) yield 'refused-with-another-status';
  },
  async function* over() {
    const request = await ask();
    scene.over = true;
    const statuses = [(await call(request, { decision: 'approve' })).status, (await call(request, { decision: 'approve' })).status];
    if (statuses.some((status) => status !== 409)) yield 'refused-with-another-status';
    if ((await call(request, {}, 'GET')).body.includes('approved')) yield 'recorded-untaken';
  },
  async function* lost() {
    const request = await ask();
    scene.fault = 'lost';
    await call(request, { decision: 'approve' });
    if ((await call(request, { decision: 'approve' })).status !== 200) yield 'lost-response-refused';
  },
  async function* throttled() {
    const request = await ask();
    scene.fault = 'throttled';
    await call(request, { decision: 'approve' });
    const { status } = await call(request, { decision: 'approve' }, 'POST', MALLORY);
    if (status !== 200 || scene.ended.length === 0) yield 'claim-kept';
  },
];

for (const [endpoint, asker, payload] of JSON.parse(readFileSync(0, 'utf8'))) {
  const programs = { endpoint: program(endpoint, KNOWN), asker: asker === '' ? undefined : program(asker, KNOWN) };
  const found = new Set();
  try {
    for (const play of SCENES) {
      scene = { ...programs, payload, items: new Map(), mails: [], ...runs() };
      for await (const rule of play()) {
        found.add(rule);
      }
    }
    process.stdout.write(`${JSON.stringify([...found].sort())}\n`);
  } finally {
    for (const { copy } of Object.values(programs).filter(Boolean)) {
      rmSync(copy, { recursive: true });
    }
  }
}
process.exit(0);
