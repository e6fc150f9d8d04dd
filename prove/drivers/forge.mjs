// Forgeries tried on emitted programs in TypeScript, as `forge.py` tries them on those in Python: headers, tokens, and
// events inside a message. Reads jobs [what, folder, more] from standard input, prints a line of JSON for each.
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { LambdaClient } from '@aws-sdk/client-lambda';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';

import { standIn } from './stand_in.mjs';

const MALLORY = 'mallory';
const ISSUER = 'https://issuer.example.com/pool';
const THIS_API = 'arn:aws:execute-api:us-east-1:123456789012:api/dev/GET/items';
const OTHER_API = 'arn:aws:execute-api:us-east-1:123456789012:other/dev/GET/items';
const ROUTES = [['GET', '/items'], ['POST', '/items'], ['GET', '/items/1'], ['PUT', '/items/1'], ['DELETE', '/items/1']];
// Headers that a program hands to its service and that name no caller: the key of a request that is sent again, and the version of an item.
const NO_CALLERS = ['idempotency-key', 'if-match'];
const COMMON = ['x-amzn-oidc-identity', 'x-amzn-oidc-data', 'authorization', 'x-caller-id', 'x-user-id', 'x-forwarded-user'];
const CONTEXT = { functionName: 'f', memoryLimitInMB: '128', awsRequestId: 'r1', invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f' };
const IN_A_MINUTE = () => Math.floor(Date.now() / 1000) + 60;
const network = globalThis.fetch;
// The load balancer in front of a program, and the key by which those of its Region sign.
const BALANCER = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188';
const KEY_ID = '12345678-1234-1234-1234-123456789012';
const KEY = await generateKeyPair('ES256', { extractable: true });
console.log = console.info = console.error = console.warn = console.debug = () => undefined;

/** Return whether a pattern of a policy covers an ARN: `*` stands for any text, slashes too. */
function matchesGlob(arn, pattern) {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(arn);
}

async function unsigned() {
  const claims = { sub: MALLORY, iss: ISSUER, aud: 'client-1', client_id: 'client-1', exp: IN_A_MINUTE() };
  const { privateKey } = await generateKeyPair('ES256');
  return [new UnsecuredJWT(claims).encode(), await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)];
}

/** Return claims as a load balancer signs them, with padding; undefined removes a field of the header. */
async function claimsOf(changed = {}, key = KEY.privateKey) {
  const header = { alg: 'ES256', kid: KEY_ID, signer: BALANCER, exp: IN_A_MINUTE(), ...changed };
  const padded = (bytes) => Buffer.from(bytes).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
  const parts = [header, { sub: MALLORY }].map((part) => padded(Buffer.from(JSON.stringify(part))));
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(parts.join('.')));
  return [...parts, padded(signature)].join('.');
}

/** Answer as the host with the public keys of load balancers. */
async function keysOfBalancers(url, ...rest) {
  if (String(url).startsWith('http://127.0.0.1:')) {
    return network(url, ...rest);
  }
  return String(url).endsWith(`/${KEY_ID}`) ? new Response(await exportSPKI(KEY.publicKey)) : new Response('', { status: 403 });
}

/** Return the signed claims that a program believes, of those that its load balancer signed and many that it did not. */
async function claims({ copy, load }) {
  if (existsSync(join(copy, 'bearer.ts'))) {
    return bearers({ load });
  }
  const other = await generateKeyPair('ES256');
  const said = { alg: 'HS256', kid: KEY_ID, signer: BALANCER };
  const unsecured = new UnsecuredJWT({ sub: MALLORY }).encode().split('.');
  const tried = {
    genuine: await claimsOf(),
    'signed by another key': await claimsOf({}, other.privateKey),
    'not signed': [Buffer.from(JSON.stringify({ ...said, alg: 'none' })).toString('base64url'), unsecured[1], ''].join('.'),
    'signed by a shared secret': await new SignJWT({ sub: MALLORY }).setProtectedHeader(said).sign(new TextEncoder().encode('k'.repeat(32))),
    'signed by another load balancer': await claimsOf({ signer: `${BALANCER}0` }),
    'signed by nobody known': await claimsOf({ signer: undefined }),
    expired: await claimsOf({ exp: IN_A_MINUTE() - 120 }),
    'without an expiry': await claimsOf({ exp: undefined }),
    'no claims': MALLORY,
  };
  globalThis.fetch = keysOfBalancers;
  const { user } = await load('identity');
  const believed = [];
  for (const [name, value] of Object.entries(tried)) {
    if ((await user(value).catch(() => undefined)) === MALLORY) {
      believed.push(name);
    }
  }
  globalThis.fetch = network;
  return believed;
}

async function headers({ text, load }, signed) {
  globalThis.fetch = keysOfBalancers;
  const server = (await load('main')).serve(0);
  await once(server, 'listening');
  const named = [...text.matchAll(/headers\['([\w-]+)'\]/g)].map(([, name]) => name);
  const values = [MALLORY, ...(await unsigned()).flatMap((token) => [token, `Bearer ${token}`])];
  values.push(...(signed ? [await claimsOf()] : []));
  const believed = [];
  for (const header of new Set([...named, ...COMMON].filter((name) => !NO_CALLERS.includes(name)))) {
    for (const value of values) {
      globalThis.seen = [];
      for (const [method, path] of ROUTES) {
        const body = ['POST', 'PUT'].includes(method) ? '{"name": "n"}' : undefined;
        const url = `http://127.0.0.1:${server.address().port}${path}`;
        await (await network(url, { method, body, headers: { [header]: value } })).text();
      }
      if (globalThis.seen.includes(MALLORY)) {
        believed.push(header);
        break;
      }
    }
  }
  server.closeAllConnections();
  server.close();
  globalThis.fetch = network;
  return believed;
}

/** Return the tokens that a program behind a load balancer believes. */
async function bearers({ load }) {
  const tried = await faultyTokens();
  const { user } = await load('bearer');
  const believed = [];
  for (const [name, value] of Object.entries(tried)) {
    if ((await user(`Bearer ${value ?? ''}`).catch(() => undefined)) === MALLORY) {
      believed.push(name);
    }
  }
  globalThis.fetch = network;
  return believed;
}

/** Return tokens by their fault, and have their issuer publish its keys; undefined is no token. */
async function faultyTokens() {
  const [genuine, other] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  const key = { ...(await exportJWK(genuine.publicKey)), kid: 'k1', alg: 'RS256' };
  globalThis.fetch = async (url) =>
    Response.json(String(url).endsWith('configuration') ? { jwks_uri: `${ISSUER}/.well-known/jwks.json` } : { keys: [key] });
  const claims = (changed) => JSON.parse(JSON.stringify({ sub: MALLORY, iss: ISSUER, aud: 'client-1', exp: IN_A_MINUTE(), ...changed }));
  const token = (changed = {}, by = genuine.privateKey, alg = 'RS256') =>
    new SignJWT(claims(changed)).setProtectedHeader({ alg, kid: 'k1' }).sign(by);
  return {
    genuine: await token(),
    'signed by another key': await token({}, other.privateKey),
    'not signed': new UnsecuredJWT(claims({})).encode(),
    'signed by a shared secret': await token({}, new TextEncoder().encode('k'.repeat(32)), 'HS256'),
    expired: await token({ exp: IN_A_MINUTE() - 120 }),
    'without an expiry': await token({ exp: undefined }),
    'of another issuer': await token({ iss: 'https://other.example.com' }),
    'for another client': await token({ aud: 'client-2' }),
    'for no client': await token({ aud: undefined }),
    'of nobody': await token({ sub: undefined }),
    'no token': MALLORY,
    'of many lists': `${Buffer.from('['.repeat(4000)).toString('base64url')}.e30.e30`,
    absent: undefined,
  };
}

async function tokens({ load }) {
  const tried = await faultyTokens();
  const { handler } = await load('authorizer');
  const accepted = [];
  for (const [name, value] of Object.entries(tried)) {
    const event = {
      methodArn: THIS_API,
      authorizationToken: value === undefined ? '' : `Bearer ${value}`,
      queryStringParameters: value === undefined ? null : { token: value },
    };
    const answer = await handler(event, CONTEXT).catch(() => undefined);
    if (answer === undefined) {
      accepted.push(`fails: ${name}`);
    }
    const allowed = (answer?.policyDocument.Statement ?? []).filter(({ Effect }) => Effect === 'Allow');
    if (allowed.length > 0) {
      accepted.push(name);
    }
    if (name === 'genuine' && allowed.flatMap(({ Resource }) => Resource).some((one) => matchesGlob(OTHER_API, one))) {
      accepted.push('for another API');
    }
  }
  globalThis.fetch = async () => { throw new DOMException('too late', 'TimeoutError'); };
  // Query strings load a module afresh, without the keys that it keeps.
  const fresh = await load('authorizer', '?fresh');
  const genuinely = { methodArn: THIS_API, authorizationToken: `Bearer ${tried.genuine}`, queryStringParameters: { token: tried.genuine } };
  if (await fresh.handler(genuinely, CONTEXT).then(() => true, () => false)) {
    accepted.push('no failure');
  }
  globalThis.fetch = network;
  return accepted;
}

async function sent({ load }, [module, items]) {
  const found = [];
  LambdaClient.prototype.send = async ({ input }) => {
    found.push([input.FunctionName, JSON.parse(Buffer.from(input.Payload).toString())]);
    return { Payload: Buffer.from('{}') };
  };
  const { call } = await load(module);
  for (const item of items) {
    await call(item);
  }
  return found;
}

async function event({ load }, messages) {
  const { handler } = await load('app');
  for (const message of messages) {
    await handler(message, CONTEXT).catch(() => undefined);
  }
  return globalThis.seen.includes(MALLORY) ? [MALLORY] : [];
}

/** Return the routes on which a program serves a request that says nothing of its caller. */
async function nobody({ copy, load }, events) {
  const served = [];
  if (existsSync(join(copy, 'main.ts'))) {
    const server = (await load('main')).serve(0);
    await once(server, 'listening');
    for (const [method, path] of ROUTES) {
      globalThis.seen = [];
      const body = ['POST', 'PUT'].includes(method) ? '{"name": "n"}' : undefined;
      await (await network(`http://127.0.0.1:${server.address().port}${path}`, { method, body })).text();
      if (globalThis.seen.length > 0) {
        served.push(`${method} ${path}`);
      }
    }
    server.closeAllConnections();
    server.close();
    return served;
  }
  const { handler } = await load('app');
  for (const [name, message] of events) {
    globalThis.seen = [];
    await handler(message, CONTEXT).catch(() => undefined);
    if (globalThis.seen.length > 0) {
      served.push(name);
    }
  }
  return [...new Set(served)];
}

const KINDS = { headers, tokens, claims, sent, event, nobody };
for (const [what, folder, more] of JSON.parse(readFileSync(0, 'utf8'))) {
  const program = standIn(folder, 'forged-', { LOAD_BALANCER_ARN: BALANCER, TOKEN_ISSUER: ISSUER, TOKEN_AUDIENCE: 'client-1', TOKEN_KEYS_URL: `${ISSUER}/keys` });
  try {
    process.stdout.write(`${JSON.stringify(await KINDS[what](program, more))}\n`);
  } finally {
    rmSync(program.copy, { recursive: true });
  }
}
process.exit(0);
