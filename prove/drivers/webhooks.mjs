// Webhooks that are genuine or forged, sent to emitted programs in TypeScript, as `webhooks.py` sends them to those in
// Python. Reads jobs [folder] from standard input, prints a line of JSON for each: the names of the accepted webhooks.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

import { standIn } from './stand_in.mjs';

const BODY = '{"name": "n"}';
const [KEY, BEFORE, OTHER] = ['the key of the sender, 24 b', 'the key that was replaced, b', 'the key of somebody else, b'];
const CONTEXT = { functionName: 'f', memoryLimitInMB: '128', awsRequestId: 'r1', invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f' };
const CALL = { method: 'POST', path: '/items', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 't' };
console.log = console.info = console.error = console.warn = console.debug = () => undefined;

function signed({ key = KEY, body = BODY, id = 'msg_1', seconds = 0, version = 'v1' } = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000) + seconds);
  const digest = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `${version},${digest}` };
}

/** Return headers by which full stops in the ID would hide what was signed as another ID, timestamp and body. */
function moved() {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = signed({ body: `${timestamp}.${BODY}` });
  return { ...headers, 'webhook-id': `msg_1.${headers['webhook-timestamp']}`, 'webhook-timestamp': timestamp };
}

/** Return webhooks by what distinguishes them: headers, body, and whether the body is in Base64. */
function webhooks() {
  const [good, old] = [signed(), signed({ seconds: -600 })];
  const several = `v1a,b3RoZXI= ${signed({ key: OTHER })['webhook-signature']} ${good['webhook-signature']}`;
  return {
    genuine: [good],
    'genuine in Base64': [good, BODY, true],
    'genuine with one of several signatures': [{ ...good, 'webhook-signature': several }],
    'genuine by the previous secret': [signed({ key: BEFORE })],
    'without headers': [{}],
    'without a signature': [{ ...good, 'webhook-signature': '' }],
    'with the version of a signature only': [{ ...good, 'webhook-signature': 'v1,' }],
    'signed by another key': [signed({ key: OTHER })],
    'signed by an empty key': [signed({ key: '' })],
    'of an unknown version': [signed({ version: 'v0' })],
    'with an altered body': [good, '{"name": "m"}'],
    'with an altered body in Base64': [good, '{"name": "m"}', true],
    'with added white space': [good, `${BODY} `],
    'with an old timestamp': [old],
    'with a future timestamp': [signed({ seconds: 600 })],
    'with an altered timestamp': [{ ...old, 'webhook-timestamp': good['webhook-timestamp'] }],
    'with a timestamp that is no number': [{ ...good, 'webhook-timestamp': 'nan' }],
    'with an altered ID': [{ ...good, 'webhook-id': 'msg_2' }],
    'without an ID': [signed({ id: '' })],
    'with another division into ID and body': [moved()],
  };
}

/** Yield a webhook as an HTTP API or function URL, a REST API and a load balancer hand it over. */
function* events(headers, text, isBase64Encoded) {
  const sent = { headers: { host: 'api.example.com', ...headers }, body: isBase64Encoded ? Buffer.from(text).toString('base64') : text, isBase64Encoded };
  const context = { requestId: 'r1', stage: '$default', http: CALL, routeKey: 'POST /items' };
  yield { version: '2.0', routeKey: 'POST /items', rawPath: '/items', rawQueryString: '', requestContext: context, ...sent };
  const old = { httpMethod: 'POST', path: '/items', resource: '/items', multiValueHeaders: {}, queryStringParameters: null, multiValueQueryStringParameters: null, pathParameters: null, stageVariables: null };
  const place = { requestId: 'r1', stage: 'dev', path: '/items', resourcePath: '/items', httpMethod: 'POST', identity: { sourceIp: '192.0.2.1' } };
  yield { ...old, ...sent, requestContext: place };
  yield { ...old, ...sent, queryStringParameters: {}, requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing' } } };
}

/** Return the webhooks that a program accepts; its secret was replaced some hours ago. */
async function accepted(folder, tried, hours) {
  const changed = new Date(Date.now() - hours * 3_600_000);
  SecretsManagerClient.prototype.send = async ({ input }) => {
    const key = input.VersionStage === 'AWSPREVIOUS' ? BEFORE : KEY;
    return { SecretString: `whsec_${Buffer.from(key).toString('base64')}`, CreatedDate: changed };
  };
  const { copy, load } = standIn(folder, 'webhooks-');
  const found = [];
  try {
    const serves = existsSync(join(copy, 'main.ts'));
    const server = serves ? (await load('main')).serve(0) : undefined;
    if (server) {
      await once(server, 'listening');
    }
    const handler = serves ? undefined : (await load('app')).handler;
    for (const [name, [headers, body = BODY, encoded = false]] of Object.entries(tried)) {
      globalThis.seen = [];
      if (server && !encoded) {
        await (await fetch(`http://127.0.0.1:${server.address().port}/items`, { method: 'POST', body, headers })).text();
      }
      for (const event of server ? [] : events(headers, body, encoded)) {
        await handler(event, CONTEXT).catch(() => undefined);
      }
      // Nothing encodes the body of a request to a web server, so there is no such forgery.
      if (globalThis.seen.length > 0 || (server && encoded && name.startsWith('genuine'))) {
        found.push(name);
      }
    }
    server?.closeAllConnections();
    server?.close();
  } finally {
    rmSync(copy, { recursive: true });
  }
  return found;
}

for (const [folder] of JSON.parse(readFileSync(0, 'utf8'))) {
  const late = { 'signed by the previous secret, two days later': [signed({ key: BEFORE })] };
  const names = [...(await accepted(folder, webhooks(), 1)), ...(await accepted(folder, late, 48))];
  process.stdout.write(`${JSON.stringify(names)}\n`);
}
process.exit(0);
