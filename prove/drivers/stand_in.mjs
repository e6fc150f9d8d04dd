// A copy of an emitted program in TypeScript whose service only notes what it is given.
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Return the copy, the text of its modules and what loads one of them; what its service is given stands in `globalThis.seen`. */
export function standIn(folder, prefix, known = {}) {
  const copy = mkdtempSync(join(process.cwd(), prefix));
  cpSync(folder, copy, { recursive: true });
  const sources = readdirSync(copy).filter((name) => name.endsWith('.ts') && name !== 'service.ts');
  const text = sources.map((name) => readFileSync(join(copy, name), 'utf8')).join('\n');
  const names = new Set([...text.matchAll(/\bservice\.(\w+)/g)].map(([, name]) => name));
  const lines = [...names].map((name) =>
    /^[A-Z]/.test(name)
      ? `export class ${name} extends Error {}`
      : `export async function ${name}(...given: unknown[]) { (globalThis as any).seen.push(...given); return {}; }`,
  );
  writeFileSync(join(copy, 'service.ts'), `${lines.join('\n')}\nexport {};\n`);
  for (const [, name] of text.matchAll(/variable\('(\w+)'\)/g)) {
    process.env[name] = name;
  }
  Object.assign(process.env, { AWS_REGION: 'us-east-1', ...known });
  globalThis.seen = [];
  return { copy, text, load: (module, query = '') => import(`${pathToFileURL(join(copy, `${module}.ts`)).href}${query}`) };
}
