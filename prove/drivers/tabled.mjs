// Tables of DynamoDB in memory, and copies of emitted programs in TypeScript that use them.
import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** Return the response to a command on a table, whose items are a map by key. */
export async function tabled(items, { constructor, input }) {
  const id = (input.Key ?? input.Item).pk;
  const item = items.get(id);
  if (constructor.name === 'GetCommand') {
    return { Item: item && { ...item } };
  }
  const condition = input.ConditionExpression?.replace(/#\w+/g, (name) => input.ExpressionAttributeNames[name]);
  if (!holds(condition, item ?? {}, input.ExpressionAttributeValues ?? {})) {
    throw new ConditionalCheckFailedException({ $metadata: {}, message: 'The conditional request failed' });
  }
  items.set(id, constructor.name === 'PutCommand' ? { ...input.Item } : updated(item ?? { pk: id }, input));
  return { Attributes: { ...(input.ReturnValues === 'ALL_OLD' ? item : items.get(id)) } };
}

/** Return whether a condition holds: functions of existence, comparisons, AND and OR, as DynamoDB reads them. */
function holds(condition, item, values) {
  if (condition === undefined) {
    return true;
  }
  const script = condition
    .replace(/attribute_(not_)?exists\((\w+)\)/g, (_, not, name) => `(${not ? '!' : ''}('${name}' in item))`)
    .replace(/\bAND\b/g, '&&')
    .replace(/\bOR\b/g, '||')
    .replace(/(\w+) (=|<>|<=?|>=?) (:\w+)/g, (_, name, sign, value) => {
      const operator = { '=': '===', '<>': '!==' }[sign] ?? sign;
      return `(item['${name}'] ${operator} values['${value}'])`;
    });
  return new Function('item', 'values', `return Boolean(${script});`)(item, values);
}

function updated(item, { UpdateExpression, ExpressionAttributeValues }) {
  const changed = { ...item };
  for (const [, name, value] of UpdateExpression.matchAll(/(\w+) = (:\w+)/g)) {
    changed[name] = ExpressionAttributeValues[value];
  }
  for (const name of (/REMOVE ([\w, ]+?)(?= SET|$)/.exec(UpdateExpression)?.[1] ?? '').split(', ')) {
    delete changed[name];
  }
  return changed;
}

/** Return what loads the modules of a copy of a folder; every variable that a program asks for holds its own name. */
export function program(folder, known = {}) {
  const copy = mkdtempSync(join(process.cwd(), 'decided-'));
  cpSync(folder, copy, { recursive: true });
  const text = readdirSync(copy).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(copy, name), 'utf8')).join('\n');
  for (const [, name] of text.matchAll(/variable\('(\w+)'\)/g)) {
    process.env[name] = name;
  }
  Object.assign(process.env, { AWS_REGION: 'us-east-1', POWERTOOLS_LOG_LEVEL: 'SILENT', ...known });
  return { copy, load: (module) => import(pathToFileURL(join(copy, `${module}.ts`)).href) };
}
