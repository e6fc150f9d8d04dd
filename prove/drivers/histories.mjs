// Events worked on by emitted functions in TypeScript whose stores are in memory: what stays of each, and what callers see.
// Reads jobs [folder of the function, its events, name of the store, folders of the functions that show it, entity] from
// standard input, prints a line of JSON for each: the rows before all events and after each of them, as pairs of key and
// text, and the item of the entity as each function shows it.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const CONTEXT = { functionName: 'f', memoryLimitInMB: '128', awsRequestId: 'r1', invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f' };
console.log = console.info = console.error = console.warn = console.debug = () => undefined;

// What each store holds, by its name, which the functions of a project share. The one in question is empty at first, and
// all others have the item of the entity.
let held = {};
let first = () => [];
const items = (name) => (held[name] ??= new Map(first(name)));

// What the client of a store does, by the names of its functions. No other has an effect here.
globalThis.clients = {
  put: (name, item) => void items(name).set(item.id, item),
  putOnce: (name, item) => !items(name).has(item.id) && Boolean(items(name).set(item.id, item)),
  get: (name, id) => items(name).get(id),
  ownedBy: (name, owner) => ({ items: [...items(name).values()].filter((item) => item.owner === owner) }),
  setResult: (name, id, result) => items(name).has(id) && Boolean(items(name).set(id, { ...items(name).get(id), ...result })),
};

/** Return a copy of a function with stores in memory, and what loads one of its modules. */
function program(folder) {
  const copy = mkdtempSync(join(process.cwd(), 'histories-'));
  cpSync(folder, copy, { recursive: true });
  const names = readdirSync(copy).filter((name) => name.endsWith('.ts'));
  const text = names.map((name) => readFileSync(join(copy, name), 'utf8')).join('\n');
  for (const [, name] of text.matchAll(/variable\('(\w+)'\)/g)) {
    process.env[name] = name;
  }
  for (const file of names.filter((name) => name.startsWith('store-'))) {
    const name = file.replace(/\.ts$/, '');
    const module = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    const used = new Set([...text.matchAll(new RegExp(`\\b${module}\\.(\\w+)`, 'g'))].map(([, one]) => one));
    const lines = [...used].map((one) =>
      /^[A-Z]/.test(one)
        ? `export class ${one} extends Error {}`
        : `export async function ${one}(...given: any[]) { return (globalThis as any).clients.${one}?.('${name}', ...given); }`,
    );
    writeFileSync(join(copy, file), `${lines.join('\n')}\nexport {};\n`);
  }
  return { copy, load: (module) => import(pathToFileURL(join(copy, `${module}.ts`)).href) };
}

const rows = (store) => [...items(store)].map(([id, item]) => [id, JSON.stringify(item)]);

/** Work on events one after another, and return what the store holds before all of them and after each. */
async function worked({ load }, events, store) {
  const { handler } = await load('app');
  const found = [rows(store)];
  for (const event of events) {
    await handler(event, CONTEXT);
    found.push(rows(store));
  }
  return found;
}

for (const [folder, events, store, showing, entity] of JSON.parse(readFileSync(0, 'utf8'))) {
  held = {};
  first = (name) => (name === store ? [] : [[entity, { id: entity, owner: 'alice', name: 'desk' }]]);
  const programs = [folder, ...showing].map(program);
  Object.assign(process.env, { AWS_REGION: 'us-east-1', POWERTOOLS_DEV: 'true', POWERTOOLS_METRICS_DISABLED: 'true' });
  try {
    const [worker, ...readers] = programs;
    const found = await worked(worker, events, store);
    const shown = [];
    for (const { load } of readers) {
      shown.push(await (await load('service')).read('alice', entity).catch(() => null));
    }
    process.stdout.write(`${JSON.stringify([found, shown])}\n`);
  } finally {
    programs.forEach(({ copy }) => rmSync(copy, { recursive: true }));
  }
}
